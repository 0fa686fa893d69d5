/** Where a language model is, and how to ask it. */
export interface OpenAiModelOptions {
  /**
   * Base address of an OpenAI-compatible service, for example `http://127.0.0.1:11434/v1`; `/chat/completions` is added unless
   * it stands there. No user, password or fragment may be in it.
   */
  readonly endpoint: string
  /** The model's name at that service. A profile's attribute `model` does not change it. */
  readonly modelName: string
  /** Sent as a bearer token when given. It appears in no error, log or ledger. */
  readonly apiKey?: string
  /** Milliseconds for one request to the service; default 120,000. Later the call fails with ORA-29276. */
  readonly timeoutMs?: number
}

/** Options that have passed the check. */
export interface Endpoint {
  readonly url: string
  readonly modelName: string
  readonly apiKey: string | undefined
  readonly timeoutMs: number
}

const DEFAULT_TIMEOUT_MS = 120_000
const LONGEST_TIMEOUT_MS = 2_147_483_647
const PATH = '/chat/completions'

/** @throws TypeError or RangeError that names the option, and never shows the key. */
export function readOptions({ endpoint, modelName, apiKey, timeoutMs }: OpenAiModelOptions): Endpoint {
  if (typeof modelName !== 'string' || modelName.trim() === '')
    throw new TypeError('modelName must be the name of a model')
  // A key with a line break could add headers of its own, and one with other letters than these cannot be a header at all.
  if (apiKey !== undefined && !(typeof apiKey === 'string' && /^[\x21-\x7e]+$/.test(apiKey))) {
    throw new TypeError('apiKey must be a text of visible ASCII characters without blanks')
  }
  if (timeoutMs !== undefined && !(Number.isInteger(timeoutMs) && timeoutMs > 0 && timeoutMs <= LONGEST_TIMEOUT_MS)) {
    throw new RangeError('timeoutMs must be a whole number of milliseconds above 0')
  }
  return { url: urlOf(endpoint), modelName, apiKey, timeoutMs: timeoutMs ?? DEFAULT_TIMEOUT_MS }
}

function urlOf(endpoint: unknown): string {
  const url = typeof endpoint === 'string' && URL.canParse(endpoint) ? new URL(endpoint) : undefined
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    throw new TypeError('endpoint must be an http or https address, for example http://127.0.0.1:11434/v1')
  }
  if (url.username !== '' || url.password !== '' || url.hash !== '') {
    throw new TypeError('endpoint must have no user, password or fragment in it; give a key as apiKey')
  }
  const path = url.pathname.replace(/\/+$/, '')
  url.pathname = path.endsWith(PATH) ? path : `${path}${PATH}`
  return url.href
}
