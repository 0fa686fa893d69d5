import type { ResolvedA2AOptions } from '../a2a-options.ts'
import type { Consul, RegisteredWorker } from './consul.ts'

/** What `Registration` is made from. */
export interface RegistrationOptions {
  readonly consul: Consul
  readonly worker: Omit<RegisteredWorker, 'isWell'>
  readonly healthPath: string
  readonly onError: ResolvedA2AOptions['onError']
}

/** Consul forgets a worker that it could not reach for a minute, and may lose all that it knows. */
const lookAfterMs = 30_000

/** Keeps a worker known to Consul. */
export class Registration {
  readonly #options: RegistrationOptions
  #timer: NodeJS.Timeout | undefined
  #renewing: Promise<void> = Promise.resolve()

  constructor(options: RegistrationOptions) {
    this.#options = options
  }

  /** @throws ConsulError */
  async begin(): Promise<void> {
    await this.#register()
    this.#timer = setInterval(() => {
      this.#renewing = this.#renew().catch(this.#report)
    }, lookAfterMs)
    this.#timer.unref()
  }

  /** Whatever Consul says: it forgets a worker whose check fails. */
  async end(): Promise<void> {
    if (this.#timer === undefined) return
    clearInterval(this.#timer)
    this.#timer = undefined
    await this.#renewing
    await this.#options.consul.deregister(this.#options.worker.id).catch(this.#report)
  }

  #register(): Promise<void> {
    const { consul, worker, healthPath } = this.#options
    return consul.register(worker, healthPath)
  }

  async #renew(): Promise<void> {
    const isKnown = await this.#options.consul.isRegistered(this.#options.worker.id)
    if (!isKnown) await this.#register()
  }

  #report = (error: unknown): void => this.#options.onError(error, { requestId: '', code: 'CONSUL_FAILED' })
}
