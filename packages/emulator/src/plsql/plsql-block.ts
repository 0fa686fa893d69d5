import type { Bind, BindOutcome } from '../execution/database-session.ts'
import { OracleError } from '../oracle-error.ts'
import type { OracleCursor, OracleValue } from '../values/oracle-value.ts'
import { compileBlock } from './compile-block.ts'
import type { BindUse, CompileContext, Completion } from './compile-context.ts'
import { convertTo } from './convert.ts'
import { describeAnchors } from './describe-anchors.ts'
import { type BindVariable, Execution, type Frame, type PlsqlSession } from './execution.ts'
import { takeImplicitResults } from './packages/dbms-sql.ts'
import { type ParsedBlock, withinStack } from './parse-block.ts'
import { bindType } from './place.ts'
import { ExecutionCancelled, toException } from './plsql-exception.ts'
import { CollectionValue, type PlsqlValue, scalarOf } from './plsql-value.ts'
import { Scope, type Unit } from './scope.ts'

/** An anonymous block or CALL, resolved and checked, that can run any number of times in its session. */
export class PlsqlBlock {
  /** Distinct names in order of first appearance. */
  readonly bindNames: readonly string[]
  readonly #run: (frame: Frame) => Promise<Completion>
  readonly #directions: readonly BindOutcome['direction'][]
  readonly #session: PlsqlSession

  private constructor(
    bindNames: readonly string[],
    directions: readonly BindOutcome['direction'][],
    run: (frame: Frame) => Promise<Completion>,
    session: PlsqlSession,
  ) {
    this.bindNames = bindNames
    this.#directions = directions
    this.#run = run
    this.#session = session
  }

  /**
   * Resolves every name of a block before anything of it runs.
   * @throws OracleError ORA-06550 with the PLS error and its place
   */
  static compile(parsed: ParsedBlock, session: PlsqlSession): PlsqlBlock {
    const { source, block, isCall, bindNames } = parsed
    const bindUse = new Map<string, BindUse>()
    const tables = describeAnchors(parsed.anchors, session)
    const context: CompileContext = { source, session, tables, bindUse, isCall }
    const unit: Unit = { level: 0, slotCount: 0, kind: 'block', returns: undefined }
    const run = withinStack(source, () => compileBlock(context, new Scope(unit), block))
    const directions = bindNames.map((name) => directionOf(bindUse.get(name)))
    return new PlsqlBlock(bindNames, directions, run, session)
  }

  /**
   * Runs the block with the client's binds, in the order of `bindNames`.
   * @throws OracleError the exception that no handler took; ORA-01013 when `signal` aborts
   */
  async run(binds: readonly Bind[], signal: AbortSignal): Promise<BindOutcome[]> {
    if (binds.length < this.bindNames.length) throw new OracleError(1008, 'not all variables bound')
    const variables = new Map(this.bindNames.map((name, index) => [name, bindVariable(binds[index] as Bind)]))
    const execution = new Execution(this.#session, variables, signal)
    // A block that failed may have left some.
    this.takeResults()
    try {
      await this.#run({ execution, slots: [], parent: undefined, authority: undefined })
      return this.bindNames.map((name, index) => this.#outcome(variables.get(name) as BindVariable, index))
    } catch (error) {
      await execution.undo().catch(() => {})
      throw clientError(error)
    }
  }

  /** What the last run handed to its client by DBMS_SQL.RETURN_RESULT. */
  takeResults(): readonly OracleCursor[] {
    return takeImplicitResults(this.#session.packageState)
  }

  /** Runs the block as part of another one, as EXECUTE IMMEDIATE does. */
  async runWithin({ execution: outer, authority }: Frame, binds: ReadonlyMap<string, BindVariable>): Promise<void> {
    const execution = new Execution(outer.session, binds, outer.signal, { outer })
    try {
      await this.#run({ execution, slots: [], parent: undefined, authority })
    } catch (error) {
      await execution.undo().catch(() => {})
      throw error
    }
  }

  #outcome(bind: BindVariable, index: number): BindOutcome {
    const direction = this.#directions[index] as BindOutcome['direction']
    if (bind.value instanceof CollectionValue) {
      const { value } = bind
      return { direction, value: null, elements: value.keys().map((key) => contentOf(value.elements.get(key))) }
    }
    const value = convertTo(bindType(bind.type), bind.value, this.#session.sql)
    return { direction, value: scalarOf(value).value }
  }
}

function contentOf(value: PlsqlValue | undefined): OracleValue {
  return value === undefined ? null : scalarOf(value).value
}

function bindVariable(bind: Bind): BindVariable {
  const element = bindType(bind.type)
  if (bind.elements === undefined) return { type: bind.type, value: { type: bind.type, value: bind.value } }
  const table = new CollectionValue(
    { kind: 'collection', name: '', element, indexedBy: 'integer', limit: undefined },
    false,
  )
  bind.elements.forEach((value, index) => {
    table.set(index + 1, { type: bind.type, value })
  })
  return { type: bind.type, value: table }
}

function directionOf(use: BindUse | undefined): BindOutcome['direction'] {
  if (use?.written !== true) return 'in'
  return use.read ? 'inOut' : 'out'
}

/** The error that a client or a statement gets for what no handler took. */
export function clientError(error: unknown): OracleError {
  const exception = toException(error)
  if (exception instanceof ExecutionCancelled)
    return new OracleError(1013, 'user requested cancel of current operation')
  return exception.toOracleError()
}
