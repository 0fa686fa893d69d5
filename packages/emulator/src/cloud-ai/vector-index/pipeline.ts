import { OracleError } from '../../oracle-error.ts'
import { OracleDateTime } from '../../values/oracle-date-time.ts'
import { loadDocuments } from './load-documents.ts'
import type { RunAsOwner } from './run-as-owner.ts'
import { StatusTable } from './status-table.ts'
import { type VectorIndex, vectorTableOf } from './vector-index-store.ts'
import { clearVectorTable } from './vector-table.ts'

export type PipelineStatus = 'STARTED' | 'STOPPED'

/** One run of a pipeline that is over. */
export interface PipelineRun {
  readonly status: 'SUCCEEDED' | 'FAILED'
  readonly error: string | null
  /** In UTC. */
  readonly started: OracleDateTime
  /** In UTC. */
  readonly ended: OracleDateTime
}

/** What pipelines need from those around them. */
export interface PipelineServices {
  readonly runAsOwner: RunAsOwner
  /** The folder of documents, if there is one. */
  readonly directory: string | undefined
  /** How long a minute of `refresh_rate` lasts, in milliseconds. */
  readonly minuteMs: number
}

const LONGEST_TIMER_MS = 2 ** 31 - 1
const REMEMBERED_RUNS = 100

/** What keeps a vector index up to date: loads its documents when it is started, and again at each refresh. */
export class Pipeline {
  readonly id: number
  readonly owner: string
  readonly name: string
  readonly statusTable: StatusTable
  /** In UTC. */
  readonly created: OracleDateTime = OracleDateTime.fromUtc(new Date())
  readonly #index: () => VectorIndex
  readonly #services: PipelineServices
  readonly #runs: PipelineRun[] = []
  #status: PipelineStatus = 'STOPPED'
  #lastModified: OracleDateTime = this.created
  #lastExecution: OracleDateTime | null = null
  #timer: NodeJS.Timeout | undefined
  #controller = new AbortController()
  #running: Promise<void> | undefined

  /** @param index - the index as it is now */
  constructor(id: number, index: () => VectorIndex, services: PipelineServices) {
    const { owner, attributes, id: indexId } = index()
    this.id = id
    this.owner = owner
    this.name = String(attributes.pipeline_name)
    this.statusTable = new StatusTable(owner, `PIPELINE$${id}$${indexId}_STATUS`)
    this.#index = index
    this.#services = services
  }

  /** The index that it loads, as it is now. */
  get index(): VectorIndex {
    return this.#index()
  }

  get status(): PipelineStatus {
    return this.#status
  }

  /** What it loads, from where and how often, by the names that attributes of pipelines have. */
  get attributes(): Readonly<Record<string, string>> {
    const index = this.#index()
    const { location, object_storage_credential_name: credential, refresh_rate: minutes } = index.attributes
    return {
      location: String(location),
      ...(credential === undefined ? {} : { credential_name: String(credential) }),
      interval: String(minutes),
      table_name: vectorTableOf(index),
    }
  }

  /** In UTC. */
  get lastModified(): OracleDateTime {
    return this.#lastModified
  }

  /** When it ran last; in UTC. */
  get lastExecution(): OracleDateTime | null {
    return this.#lastExecution
  }

  /** Runs that are over, oldest first. */
  get runs(): readonly PipelineRun[] {
    return this.#runs
  }

  /** Runs now, and from then on at each refresh. Resolves when the first run is over. */
  start(): Promise<void> {
    this.#setStatus('STARTED')
    return this.#runThenWait()
  }

  /** Runs no more. What runs is let finish, or broken off with `force`. */
  async stop({ force }: { readonly force: boolean }): Promise<void> {
    this.#setStatus('STOPPED')
    if (force) this.#breakOff()
    await this.#running?.catch(() => {})
  }

  /** Runs once, now. @throws OracleError ORA-20044 when the pipeline is started, and what the run fails with. */
  async runOnce(): Promise<void> {
    if (this.#status === 'STARTED') {
      throw new OracleError(20044, 'Pipeline must be in stopped state to run in foreground.')
    }
    await this.#run()
  }

  /** Forgets what was loaded. @throws OracleError ORA-20044 when the pipeline is started. */
  async reset({ purgeData }: { readonly purgeData: boolean }): Promise<void> {
    if (this.#status === 'STARTED') throw new OracleError(20044, 'Pipeline must be in stopped state to be reset.')
    await this.#services.runAsOwner(this.owner, this.#controller.signal, async (query) => {
      await this.statusTable.clear(query)
      if (purgeData) await clearVectorTable(this.#index(), query)
    })
  }

  /** Counts the time to the next run anew, by the refresh rate as it is now. */
  reschedule(): void {
    if (this.#timer !== undefined) this.#wait()
  }

  /** Breaks off what runs, and runs no more. */
  close(): void {
    this.#setStatus('STOPPED')
    this.#breakOff()
  }

  #breakOff(): void {
    this.#controller.abort()
    this.#controller = new AbortController()
  }

  #setStatus(status: PipelineStatus): void {
    this.#status = status
    this.#lastModified = OracleDateTime.fromUtc(new Date())
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  async #runThenWait(): Promise<void> {
    try {
      await this.#run()
    } finally {
      if (this.#status === 'STARTED') this.#wait()
    }
  }

  #wait(): void {
    clearTimeout(this.#timer)
    const { refresh_rate: minutes } = this.#index().attributes
    const wait = Math.min(Number(minutes) * this.#services.minuteMs, LONGEST_TIMER_MS)
    // How a run ended is told by the history and the status table.
    this.#timer = setTimeout(() => void this.#runThenWait().catch(() => {}), wait)
    this.#timer.unref()
  }

  #run(): Promise<void> {
    this.#running ??= this.#load().finally(() => {
      this.#running = undefined
    })
    return this.#running
  }

  async #load(): Promise<void> {
    const started = OracleDateTime.fromUtc(new Date())
    this.#lastExecution = started
    const { runAsOwner, directory } = this.#services
    const { signal } = this.#controller
    try {
      await loadDocuments({ index: this.#index(), statusTable: this.statusTable, directory, runAsOwner, signal })
      this.#remember({ status: 'SUCCEEDED', error: null, started })
    } catch (error) {
      this.#remember({ status: 'FAILED', error: error instanceof Error ? error.message : String(error), started })
      throw error
    }
  }

  #remember(run: Omit<PipelineRun, 'ended'>): void {
    this.#runs.push({ ...run, ended: OracleDateTime.fromUtc(new Date()) })
    if (this.#runs.length > REMEMBERED_RUNS) this.#runs.shift()
  }
}
