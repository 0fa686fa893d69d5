import { OracleError } from '../../oracle-error.ts'

/**
 * Lets one session write at a time. A session takes the lock with its first change and keeps it until it commits or rolls back;
 * others wait in order.
 *
 * Readers never wait, and see the last commit: see `UndoLog`.
 */
export class WriteLock {
  #holder: object | undefined
  readonly #waiting: { readonly owner: object; readonly take: () => void }[] = []

  isHeldBy(owner: object): boolean {
    return this.#holder === owner
  }

  /** @throws OracleError ORA-01013 when the signal aborts first */
  async acquire(owner: object, signal: AbortSignal): Promise<void> {
    if (this.#holder === owner) return
    if (signal.aborted) throw cancelled()
    if (this.#holder === undefined) {
      this.#holder = owner
      return
    }
    await new Promise<void>((resolve, reject) => {
      const entry = { owner, take }
      const leave = (): void => {
        const index = this.#waiting.indexOf(entry)
        if (index === -1) return
        this.#waiting.splice(index, 1)
        reject(cancelled())
      }
      function take(): void {
        signal.removeEventListener('abort', leave)
        resolve()
      }
      signal.addEventListener('abort', leave, { once: true })
      this.#waiting.push(entry)
    })
  }

  release(owner: object): void {
    if (this.#holder !== owner) return
    const next = this.#waiting.shift()
    this.#holder = next?.owner
    next?.take()
  }
}

export function cancelled(): OracleError {
  return new OracleError(1013, 'user requested cancel of current operation')
}
