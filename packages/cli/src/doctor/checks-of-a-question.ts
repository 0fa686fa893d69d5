import type { PoolOptions, SelectAIPool } from '@select-ai/core'
import type { ConnectionOptions } from '../connection/connection-options.ts'
import { loadDriver } from '../connection/load-driver.ts'
import type { Check } from './check.ts'
import { type Attempt, tryToConnect } from './check-connection.ts'
import { checkPrivilege, checkVersion } from './check-database.ts'
import { askOneWord, checkProfile, checkProfiles } from './check-profiles.ts'
import { describeSettings, readSettings, type SourceOf } from './check-settings.ts'

/** What is examined. */
export interface DoctorOptions extends ConnectionOptions {
  readonly profile?: string
  /** Whether to ask the profile something. */
  readonly ask?: boolean
}

/** The stages that a question goes through, each with what the ones before have brought. */
export class ChecksOfAQuestion implements AsyncDisposable {
  readonly #options: DoctorOptions
  readonly #sourceOf: SourceOf
  readonly #signal: AbortSignal
  #poolOptions: PoolOptions = {}
  #attempt: Attempt = {}

  constructor(options: DoctorOptions, sourceOf: SourceOf, signal: AbortSignal) {
    this.#options = options
    this.#sourceOf = sourceOf
    this.#signal = signal
  }

  /** The checks, in the order in which they must be run. */
  list(): readonly Check[] {
    const { profile, ask } = this.#options
    return [
      { name: 'settings', run: () => this.#readSettings() },
      { name: 'driver', run: () => this.#describeDriver() },
      { name: 'connection', run: () => this.#connect() },
      { name: 'login', run: () => this.#logOn() },
      { name: 'version', run: () => checkVersion(this.#pool, this.#signal) },
      { name: 'privilege', run: () => checkPrivilege(this.#pool, this.#poolOptions.packageSchema, this.#signal) },
      { name: 'profiles', run: () => checkProfiles(this.#pool, profile, this.#signal) },
      ...(profile ? [{ name: 'profile', run: () => checkProfile(this.#pool, profile, this.#signal) }] : []),
      ...(profile && ask ? [{ name: 'question', run: () => askOneWord(this.#pool, profile, this.#signal) }] : []),
    ]
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#attempt.pool?.close({ drainTimeoutMs: 0 })
  }

  async #readSettings(): Promise<string> {
    this.#poolOptions = await readSettings(this.#options)
    return describeSettings(this.#options, this.#sourceOf)
  }

  async #describeDriver(): Promise<string> {
    const { versionString, thin } = await loadDriver()
    return `oracledb ${versionString}, ${thin ? 'thin' : 'thick'} mode, on Node ${process.versions.node}`
  }

  async #connect(): Promise<string> {
    this.#attempt = await tryToConnect(this.#poolOptions, this.#signal)
    return `the database answers at ${this.#poolOptions.connectString}`
  }

  async #logOn(): Promise<string> {
    if (this.#attempt.refusal) throw this.#attempt.refusal
    return `logged on as ${this.#poolOptions.user}`
  }

  /** Once the check of the login has passed. */
  get #pool(): SelectAIPool {
    return this.#attempt.pool as SelectAIPool
  }
}
