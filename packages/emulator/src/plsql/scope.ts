import type { Eventual } from './eventual.ts'
import type { Frame } from './execution.ts'
import type { ExceptionIdentity } from './plsql-exception.ts'
import type { PlsqlType } from './plsql-type.ts'
import type { PlsqlValue } from './plsql-value.ts'
import type { CursorDeclaration } from './syntax.ts'

/** What a name of a block stands for. */
export type NamedThing =
  | VariableSymbol
  | { readonly kind: 'type'; readonly type: PlsqlType }
  | { readonly kind: 'exception'; readonly identity: ExceptionIdentity }
  | CursorSymbol
  | SubprogramSymbol
  | { readonly kind: 'label'; readonly scope: Scope }

export interface VariableSymbol {
  readonly kind: 'variable'
  readonly name: string
  readonly slot: number
  readonly level: number
  readonly type: PlsqlType
  /** Constants, loop variables and IN parameters. */
  readonly readOnly: boolean
}

export interface CursorSymbol {
  readonly kind: 'cursor'
  readonly name: string
  readonly slot: number
  readonly level: number
  readonly declaration: CursorDeclaration
  readonly parameters: readonly CompiledParameter[]
  /** Set when the cursor's query is compiled. */
  readonly open: { run?: (frame: Frame, values: readonly PlsqlValue[]) => Promise<void> }
}

export interface SubprogramSymbol {
  readonly kind: 'subprogram'
  readonly name: string
  readonly overloads: LocalSubprogram[]
}

export interface CompiledParameter {
  readonly name: string
  readonly mode: 'in' | 'out' | 'inOut'
  readonly type: PlsqlType
  readonly slot: number
  readonly initial: ((frame: Frame) => Eventual<PlsqlValue>) | undefined
}

/** A procedure or function declared in a block. `run` is set once its body is compiled. */
export interface LocalSubprogram {
  readonly name: string
  readonly level: number
  readonly parameters: readonly CompiledParameter[]
  readonly returns: PlsqlType | undefined
  run: ((frame: Frame) => Eventual<PlsqlValue | undefined>) | undefined
  /** For a stored unit: the owner whose rights its statements have, undefined with invoker's rights. */
  stored?: { readonly authority: string | undefined }
}

/** What statements of one activation share while they are compiled. */
export interface Unit {
  /** 0 for the outermost block; subprograms inside have their parent's level plus one. */
  readonly level: number
  slotCount: number
  readonly kind: 'block' | 'procedure' | 'function'
  readonly returns: PlsqlType | undefined
}

/** The names that a place in a block can see. */
export class Scope {
  readonly parent: Scope | undefined
  readonly unit: Unit
  readonly label: string | undefined
  /** Loops around the place within its unit: their labels, the innermost last; undefined for one without. */
  readonly loops: readonly (string | undefined)[]
  readonly inHandler: boolean
  readonly #names = new Map<string, NamedThing>()

  constructor(
    unit: Unit,
    parent?: Scope,
    options: { label?: string; loops?: readonly (string | undefined)[]; inHandler?: boolean } = {},
  ) {
    this.unit = unit
    this.parent = parent
    this.label = options.label
    this.loops = options.loops ?? parent?.loops ?? []
    this.inHandler = options.inHandler ?? parent?.inHandler ?? false
  }

  declare(name: string, thing: NamedThing): void {
    this.#names.set(name, thing)
  }

  /** What this scope itself declares. */
  own(name: string): NamedThing | undefined {
    return this.#names.get(name)
  }

  /** What a name stands for here, labels of enclosing blocks, loops and subprograms included. */
  find(name: string): NamedThing | undefined {
    for (let scope: Scope | undefined = this; scope !== undefined; scope = scope.parent) {
      const found = scope.#names.get(name)
      if (found !== undefined) return found
      if (scope.label === name) return { kind: 'label', scope }
    }
    return undefined
  }

  /** What a name is declared as, labels aside: inside function F the name F may mean a call as well. */
  findDeclared(name: string): NamedThing | undefined {
    for (let scope: Scope | undefined = this; scope !== undefined; scope = scope.parent) {
      const found = scope.#names.get(name)
      if (found !== undefined) return found
    }
    return undefined
  }

  newSlot(): number {
    const slot = this.unit.slotCount
    this.unit.slotCount += 1
    return slot
  }
}
