import { OracleError } from '../../oracle-error.ts'
import type { ModelRequest } from '../model.ts'
import type { PromptMessage } from '../prompt-message.ts'
import type { Endpoint } from './open-ai-options.ts'

const LONGEST_ANSWER_BYTES = 8 * 1024 * 1024
const LONGEST_REASON = 200
/** The service says who may ask it; its sentence on a wrong key tends to show a part of the key. */
const KEY_TROUBLE = [401, 403]

type Settings = Pick<ModelRequest, 'attributes' | 'signal'>

/**
 * Asks the service for the next message.
 * @throws OracleError 20000 plus the HTTP status, as DBMS_CLOUD has it; ORA-29273 when nobody answers, ORA-29276 when the
 *   answer takes too long, ORA-20000 when it cannot be read or is empty.
 */
export async function completeChat(
  endpoint: Endpoint,
  messages: readonly PromptMessage[],
  { attributes, signal }: Settings,
): Promise<string> {
  const body = {
    model: endpoint.modelName,
    messages: messages.map(({ role, text }) => ({ role, content: text })),
    ...settingsOf(attributes),
  }
  const deadline = AbortSignal.timeout(endpoint.timeoutMs)
  const either = AbortSignal.any([signal, deadline])
  try {
    const first = await post(endpoint, body, either)
    if (!wantsOtherLimit(first, body)) return messageOf(first, endpoint)
    const { max_tokens: limit, ...rest } = body
    return messageOf(await post(endpoint, { ...rest, max_completion_tokens: limit }, either), endpoint)
  } catch (error) {
    if (error instanceof OracleError || signal.aborted) throw error
    if (deadline.aborted) {
      const text = `transfer timeout: no answer from ${endpoint.url} within ${endpoint.timeoutMs} milliseconds`
      throw new OracleError(29276, text)
    }
    throw new OracleError(29273, `HTTP request failed - ${endpoint.url}`, { cause: error })
  }
}

interface CompletionSettings {
  readonly temperature?: unknown
  readonly max_tokens?: unknown
  readonly stop?: unknown
  readonly seed?: unknown
}

/** What a profile says about the model, as the service names it. */
function settingsOf({ temperature, max_tokens, stop_tokens, seed }: ModelRequest['attributes']): CompletionSettings {
  return {
    ...(temperature === undefined ? {} : { temperature }),
    ...(max_tokens === undefined ? {} : { max_tokens }),
    ...(Array.isArray(stop_tokens) && stop_tokens.length > 0 ? { stop: stop_tokens } : {}),
    ...(seed === undefined ? {} : { seed: Number(seed) }),
  }
}

interface Reply {
  readonly status: number
  readonly text: string
}

async function post({ url, apiKey }: Endpoint, body: object, signal: AbortSignal): Promise<Reply> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      accept: 'application/json',
      'content-type': 'application/json',
      ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
    },
    body: JSON.stringify(body),
    // A redirect could carry prompts to somebody else; its status is an error like any other.
    redirect: 'manual',
    signal,
  })
  return { status: response.status, text: await readText(response, url) }
}

async function readText(response: Response, url: string): Promise<string> {
  const pieces: Uint8Array[] = []
  let bytes = 0
  for await (const piece of response.body ?? []) {
    bytes += piece.byteLength
    if (bytes > LONGEST_ANSWER_BYTES) {
      throw new OracleError(20000, `The answer of ${url} is longer than ${LONGEST_ANSWER_BYTES} bytes`)
    }
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString('utf8')
}

/** Some models know the limit by its newer name alone, and say so. */
function wantsOtherLimit({ status, text }: Reply, body: CompletionSettings): boolean {
  return status === 400 && body.max_tokens !== undefined && text.includes('max_completion_tokens')
}

function messageOf({ status, text }: Reply, endpoint: Endpoint): string {
  if (status !== 200) throw statusError(status, text, endpoint)
  const content = contentOf(parsed(text))
  if (content === undefined) throw new OracleError(20000, `The answer of ${endpoint.url} is no chat completion`)
  if (content.trim() === '') throw new OracleError(20000, `The model ${endpoint.modelName} gave an empty answer`)
  return content
}

function statusError(status: number, text: string, endpoint: Endpoint): OracleError {
  const what = KEY_TROUBLE.includes(status) ? 'Authorization failed' : `HTTP status ${status}`
  const reason = KEY_TROUBLE.includes(status) ? undefined : reasonOf(parsed(text))
  const told = reason === undefined ? '' : ` (${withoutKey(reason, endpoint.apiKey).slice(0, LONGEST_REASON)})`
  // A status below 300 has no number of its own among the errors.
  return new OracleError(20000 + Math.max(status, 300), `${what} for URI - ${endpoint.url}${told}`)
}

function withoutKey(text: string, apiKey: string | undefined): string {
  return apiKey === undefined ? text : text.replaceAll(apiKey, '***')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
}

function reasonOf(body: unknown): string | undefined {
  const error = field(body, 'error')
  const message = typeof error === 'string' ? error : field(error, 'message')
  return typeof message === 'string' && message !== '' ? message.replace(/\s+/g, ' ') : undefined
}

/** The text of the first choice, which may come in parts. */
function contentOf(body: unknown): string | undefined {
  const choices = field(body, 'choices')
  const message = Array.isArray(choices) ? field(choices[0], 'message') : undefined
  const content = field(message, 'content') ?? field(message, 'refusal')
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return undefined
  return content
    .map((part: unknown) => field(part, 'text'))
    .filter((text) => typeof text === 'string')
    .join('')
}
