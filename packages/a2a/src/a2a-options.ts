import type { IncomingMessage } from 'node:http'
import { SelectAIArgumentError, type SelectAIPool } from '@select-ai/core'
import { anonymous } from './owner-of.ts'
import type { A2AState } from './state/a2a-state.ts'
import { databaseState } from './state/database-state.ts'

/** Where something failed, and what the client was told. */
export interface A2AErrorContext {
  /** The identifier that the client was given: for work on a task its id. */
  readonly requestId: string
  /** The code that the client was given, for example `PROVIDER_FAILED`. */
  readonly code: string
}

/** Options of `createA2AHandler`. */
export interface A2AOptions {
  /** Who runs the team. It is used and never closed. */
  readonly pool: SelectAIPool
  /** The agent team that clients talk to. */
  readonly team: string
  /** Where clients reach this server, with the path it is mounted at and without a slash at the end, for example `https://agents.example.com`. */
  readonly publicUrl: string
  /** What the team can do, for the agent card. Default: the description of the team in the database. */
  readonly description?: string | undefined
  /** Version of the agent, for the agent card. Default: `1.0.0`. */
  readonly version?: string | undefined
  /** Where tasks and contexts are kept. Default: in the database, `databaseState({ pool, team })`, so that a restart loses none. */
  readonly state?: A2AState | undefined
  /** Says whose a request is; a task is seen by its owner alone. Default, also where it gives undefined: `anonymous`. */
  readonly owner?: ((request: IncomingMessage) => string | undefined) | undefined
  /** Milliseconds for one task, its wait included. Default: 300000. */
  readonly timeoutMs?: number | undefined
  /** Most tasks that are worked on at a time. Default: one less than the pool's `poolMax`, which leaves a connection for their state; at least 1. */
  readonly maxRunning?: number | undefined
  /** Most tasks that wait; one more is rejected. Default: 50. */
  readonly maxWaiting?: number | undefined
  /** Largest body of a request, in bytes; a parser of the host that makes objects of bodies has a limit of its own. Default: 1048576. */
  readonly maxBodyBytes?: number | undefined
  /** Milliseconds of silence after which a stream sends a comment, to keep proxies patient. Default: 15000. */
  readonly heartbeatMs?: number | undefined
  /** Told of everything that failed, for the host's logger. Default: writes to standard error. */
  readonly onError?: ((error: unknown, context: A2AErrorContext) => void) | undefined
}

/** The options with their defaults. */
export interface ResolvedA2AOptions extends A2AOptions {
  readonly version: string
  readonly state: A2AState
  readonly owner: (request: IncomingMessage) => string
  readonly timeoutMs: number
  readonly maxRunning: number
  readonly maxWaiting: number
  readonly maxBodyBytes: number
  readonly heartbeatMs: number
  readonly onError: (error: unknown, context: A2AErrorContext) => void
}

const names: readonly string[] = Object.keys({
  pool: true,
  team: true,
  publicUrl: true,
  description: true,
  version: true,
  state: true,
  owner: true,
  timeoutMs: true,
  maxRunning: true,
  maxWaiting: true,
  maxBodyBytes: true,
  heartbeatMs: true,
  onError: true,
} satisfies Record<keyof A2AOptions, true>)

const longestTimerMs = 2 ** 31 - 1

/** @throws SelectAIArgumentError */
export function resolveOptions(options: A2AOptions): ResolvedA2AOptions {
  if (typeof options !== 'object' || options === null) throw mistake('options', 'must be an object.')
  checkNames(options, names)
  const { pool, team, publicUrl, description, version = '1.0.0' } = options
  if (typeof pool?.team !== 'function') throw mistake('pool', 'must be a pool, as createPool makes it.')
  checkFilledText('team', team)
  if (description !== undefined) checkFilledText('description', description)
  checkFilledText('version', version)
  return {
    pool,
    team,
    publicUrl: checkUrl('publicUrl', publicUrl),
    description,
    version,
    state: checkState(options.state ?? databaseState({ pool, team })),
    timeoutMs: checkCount('timeoutMs', options.timeoutMs ?? 300_000, 1),
    maxRunning: checkCount('maxRunning', options.maxRunning ?? Math.max(1, pool.stats().max - 1), 1),
    maxWaiting: checkCount('maxWaiting', options.maxWaiting ?? 50, 0),
    heartbeatMs: checkCount('heartbeatMs', options.heartbeatMs ?? 15_000, 1),
    ...resolveRequestOptions(options),
  }
}

/** What is said of requests, whoever answers them. @throws SelectAIArgumentError */
export function resolveRequestOptions(
  options: Pick<A2AOptions, 'owner' | 'maxBodyBytes' | 'onError'>,
): Pick<ResolvedA2AOptions, 'owner' | 'maxBodyBytes' | 'onError'> {
  const { owner, onError = toStandardError } = options
  if (owner !== undefined) checkFunction('owner', owner)
  checkFunction('onError', onError)
  return {
    owner: (request) => checkOwner(owner?.(request) ?? anonymous),
    maxBodyBytes: checkCount('maxBodyBytes', options.maxBodyBytes ?? 1_048_576, 1),
    onError: (error, context) => tell(onError, error, context),
  }
}

/** @throws SelectAIArgumentError for an option that nobody knows */
export function checkNames(options: object, known: readonly string[]): void {
  for (const name of Object.keys(options)) {
    if (!known.includes(name)) throw mistake(name, `is not an option. Known options: ${known.join(', ')}.`)
  }
}

/** The URL without a slash at its end. @throws SelectAIArgumentError */
export function checkUrl(argument: string, value: unknown, example = 'https://agents.example.com'): string {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined
  const isPlain = url && /^https?:$/.test(url.protocol) && !url.search && !url.hash && !url.username && !url.password
  if (isPlain) return url.href.replace(/\/+$/, '')
  throw mistake(argument, `must be an http or https URL without user, query and fragment, such as ${example}.`)
}

/** @throws SelectAIArgumentError */
export function checkCount(argument: string, value: unknown, least: number): number {
  if (Number.isInteger(value) && (value as number) >= least && (value as number) <= longestTimerMs) {
    return value as number
  }
  throw mistake(argument, `must be a whole number from ${least} to ${longestTimerMs}.`)
}

/** @throws SelectAIArgumentError */
export function checkFilledText(argument: string, value: unknown): void {
  if (typeof value !== 'string' || value.trim() === '') throw mistake(argument, 'must be a text that is not blank.')
}

/** @throws SelectAIArgumentError */
function checkFunction(argument: string, value: unknown): void {
  if (typeof value !== 'function') throw mistake(argument, 'must be a function.')
}

function checkState(state: A2AState): A2AState {
  const isState = typeof state === 'object' && typeof state.open === 'function' && state.tasks && state.conversations
  if (isState) return state
  throw mistake('state', 'must be an A2AState, as databaseState and memoryState make it.')
}

function checkOwner(owner: unknown): string {
  if (typeof owner === 'string' && owner !== '' && owner.length <= 255) return owner
  throw mistake('owner', 'must give a text of at most 255 characters, or undefined.')
}

/** An error that names the argument and the fix. */
export function mistake(argument: string, message: string): SelectAIArgumentError {
  return new SelectAIArgumentError({ argument, message })
}

function toStandardError(error: unknown, context: A2AErrorContext): void {
  console.error('Select AI A2A request failed', context, error)
}

/** What a logger does wrong must not end the request that it is told of. */
function tell(onError: ResolvedA2AOptions['onError'], ...told: Parameters<ResolvedA2AOptions['onError']>): void {
  try {
    onError(...told)
  } catch {
    // There is nobody left to tell.
  }
}
