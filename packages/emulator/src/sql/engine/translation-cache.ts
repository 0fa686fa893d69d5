import type { QueryPlan, Translation } from '../translate/translation.ts'

interface CachedQuery {
  readonly plan: QueryPlan
  readonly translation: Translation
}

const LIMIT = 500
/** Longer texts are rare and would fill the memory. */
const LONGEST_KEY = 20_000

/** Translations of queries by text, user, schema and bind types; the longest unused goes first. */
export class TranslationCache {
  readonly #entries = new Map<string, CachedQuery & { readonly version: number }>()

  find(key: string, version: number): CachedQuery | undefined {
    const entry = this.#entries.get(key)
    if (entry === undefined || entry.version !== version) return undefined
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    return entry
  }

  put(key: string, version: number, query: CachedQuery): void {
    if (key.length > LONGEST_KEY) return
    this.#entries.set(key, { ...query, version })
    if (this.#entries.size <= LIMIT) return
    const oldest = this.#entries.keys().next().value
    if (oldest !== undefined) this.#entries.delete(oldest)
  }
}
