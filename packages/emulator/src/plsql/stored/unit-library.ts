import type { StoredUnit } from '../../execution/stored-unit.ts'
import type { PlsqlSession } from '../execution.ts'
import { type CompiledUnit, compileUnit } from './compile-unit.ts'

/** The stored units that a session has compiled. */
export class UnitLibrary {
  readonly #sessionOf: (owner: string) => PlsqlSession
  readonly #version: () => number
  #compiledFor = 0
  readonly #compiled = new Map<StoredUnit, CompiledUnit>()

  /**
   * @param sessionOf - the session with an owner's names and rights
   * @param version - grows when names may mean something else than before
   */
  constructor(sessionOf: (owner: string) => PlsqlSession, version: () => number) {
    this.#sessionOf = sessionOf
    this.#version = version
  }

  compile(unit: StoredUnit): CompiledUnit {
    const version = this.#version()
    if (version !== this.#compiledFor) this.#compiled.clear()
    this.#compiledFor = version
    const known = this.#compiled.get(unit)
    if (known !== undefined) return known
    // A unit whose head refers to itself finds nothing that it could call.
    this.#compiled.set(unit, { unit, symbol: undefined })
    const note = (compiled: CompiledUnit) => this.#compiled.set(unit, compiled)
    const compiled = compileUnit(unit, this.#sessionOf(unit.owner), note)
    note(compiled)
    return compiled
  }
}
