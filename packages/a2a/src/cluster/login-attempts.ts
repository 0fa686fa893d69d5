import type { Login } from './login-form.ts'
import type { LoginRefusal } from './login-refusal.ts'
import { RecentMap } from './recent-map.ts'
import { sessionKey } from './session-key.ts'

interface Attempts {
  readonly count: number
  readonly latest: number
}

/** Fewer than the failed logins after which a database locks an account, ten by default. */
const mostRefused = 5
const pauseMs = 15 * 60_000
const usersKept = 10_000

/** Counts the refused logins of each user, so that no client has the database lock an account by repeating itself. */
export class LoginAttempts {
  readonly #attempts = new RecentMap<Attempts>(usersKept)

  /** @returns what `logOn` gives; after five refused logins in a row none is tried for a quarter of an hour */
  async within(
    { dsn, user }: Login,
    logOn: () => Promise<LoginRefusal | undefined>,
  ): Promise<LoginRefusal | 'too-many-logins' | undefined> {
    const key = sessionKey(dsn, user.toUpperCase())
    const former = this.#countOf(key)
    if (former >= mostRefused) return 'too-many-logins'
    // Counted before, so that several at a time are not more than are allowed.
    this.#attempts.set(key, { count: former + 1, latest: Date.now() })
    let isRefused = false
    try {
      const refusal = await logOn()
      isRefused = refusal === 'login-refused'
      if (refusal === undefined) this.#attempts.delete(key)
      return refusal
    } finally {
      if (!isRefused) this.#takeBack(key)
    }
  }

  #countOf(key: string): number {
    const { count, latest } = this.#attempts.get(key) ?? { count: 0, latest: 0 }
    return Date.now() - latest < pauseMs ? count : 0
  }

  #takeBack(key: string): void {
    const attempts = this.#attempts.get(key)
    if (attempts) this.#attempts.set(key, { ...attempts, count: attempts.count - 1 })
  }
}
