import { SelectAIArgumentError } from '../errors/select-ai-argument-error.ts'
import { type RouteAction, routeActions } from './actions.ts'
import { refuseUnknownOptions } from './refuse-unknown-options.ts'
import type { ProfilePolicy, RoutesOptions } from './routes-options.ts'

/** The options after checking, with their defaults. */
export interface RoutesPolicy {
  readonly actions: readonly RouteAction[]
  /** For each profile that clients may name, what it may be used for. */
  readonly profiles: ReadonlyMap<string, ReadonlySet<RouteAction>>
  readonly defaultProfile: string | undefined
  readonly maxPromptCharacters: number
  readonly maxBodyBytes: number
  readonly heartbeatMs: number
  readonly stallTimeoutMs: number
  readonly maxRows: number
  readonly timeoutMs: number | undefined
  readonly prefix: string
  readonly health: boolean
}

// The longest pause that a timer of Node can make, and more than enough for the counts.
const mostCount = 2 ** 31 - 1

const optionNames: readonly string[] = Object.keys({
  pool: true,
  actions: true,
  profiles: true,
  defaultProfile: true,
  maxPromptCharacters: true,
  maxBodyBytes: true,
  heartbeatMs: true,
  stallTimeoutMs: true,
  maxRows: true,
  timeoutMs: true,
  prefix: true,
  health: true,
  isDraining: true,
  onError: true,
} satisfies Record<keyof RoutesOptions, true>)

/**
 * Checks the options when the routes are made, so that a mistake stops the start and not the first request.
 * @throws SelectAIArgumentError naming the option.
 */
export function routesPolicy(options: RoutesOptions): RoutesPolicy {
  if (typeof options !== 'object' || options === null) throw mistake('options', 'must be an object')
  refuseUnknownOptions(options, optionNames, 'options')
  if (typeof options.pool?.profile !== 'function' || typeof options.pool.health !== 'function') {
    throw mistake('pool', 'must be a pool, as createPool() returns it')
  }
  for (const name of ['isDraining', 'onError'] as const) {
    if (options[name] !== undefined && typeof options[name] !== 'function') throw mistake(name, 'must be a function')
  }
  const actions = readActions(options.actions, 'actions', routeActions)
  const profiles = readProfiles(options.profiles, actions)
  return {
    actions,
    profiles,
    defaultProfile: readDefaultProfile(options.defaultProfile, profiles),
    maxPromptCharacters: readCount(options.maxPromptCharacters, 'maxPromptCharacters') ?? 4000,
    maxBodyBytes: readCount(options.maxBodyBytes, 'maxBodyBytes') ?? 65_536,
    heartbeatMs: readCount(options.heartbeatMs, 'heartbeatMs') ?? 15_000,
    stallTimeoutMs: readCount(options.stallTimeoutMs, 'stallTimeoutMs') ?? 30_000,
    maxRows: readCount(options.maxRows, 'maxRows') ?? 1000,
    timeoutMs: readCount(options.timeoutMs, 'timeoutMs'),
    prefix: readPrefix(options.prefix),
    health: readHealth(options.health),
  }
}

function readActions(value: unknown, argument: string, known: readonly RouteAction[]): readonly RouteAction[] {
  if (!Array.isArray(value) || value.length === 0) {
    throw mistake(argument, `must list at least one of ${known.join(', ')}`)
  }
  for (const action of value) {
    if (!known.includes(action)) throw mistake(argument, `'${action}' is none of ${known.join(', ')}`)
  }
  if (new Set(value).size !== value.length) throw mistake(argument, 'lists an action twice')
  return [...value]
}

function readProfiles(value: unknown, actions: readonly RouteAction[]): RoutesPolicy['profiles'] {
  if (typeof value !== 'object' || value === null) {
    throw mistake('profiles', 'must be a list of profile names, or an object with a policy for each name')
  }
  const entries: [unknown, unknown][] = Array.isArray(value) ? value.map((name) => [name, {}]) : Object.entries(value)
  if (entries.length === 0) throw mistake('profiles', 'must name at least one profile that clients may use')
  const profiles = new Map<string, ReadonlySet<RouteAction>>()
  for (const [name, policy] of entries) {
    if (typeof name !== 'string' || name.trim() === '') throw mistake('profiles', 'has a name that is empty')
    if (profiles.has(name)) throw mistake('profiles', `names '${name}' twice`)
    profiles.set(name, new Set(readProfilePolicy(policy, name, actions)))
  }
  return profiles
}

function readProfilePolicy(value: unknown, name: string, mounted: readonly RouteAction[]): readonly RouteAction[] {
  const argument = `profiles['${name}']`
  if (typeof value !== 'object' || value === null) throw mistake(argument, 'must be an object, for example {}')
  refuseUnknownOptions(value, ['actions'], argument)
  const { actions } = value as ProfilePolicy
  return actions === undefined ? mounted : readActions(actions, `${argument}.actions`, mounted)
}

function readDefaultProfile(value: unknown, profiles: RoutesPolicy['profiles']): string | undefined {
  if (value === undefined) return profiles.size === 1 ? profiles.keys().next().value : undefined
  if (typeof value !== 'string' || !profiles.has(value)) {
    throw mistake('defaultProfile', `must be one of the profiles: ${[...profiles.keys()].join(', ')}`)
  }
  return value
}

function readCount(value: unknown, argument: string): number | undefined {
  if (value === undefined) return undefined
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > mostCount) {
    throw mistake(argument, `must be a whole number from 1 to ${mostCount}`)
  }
  return value
}

function readPrefix(value: unknown): string {
  if (value === undefined || value === '') return ''
  if (typeof value !== 'string' || !/^(?:\/[A-Za-z0-9._~-]+)+$/.test(value)) {
    throw mistake('prefix', "must be a plain path that starts with '/' and does not end with one, for example '/ai'")
  }
  return value
}

function readHealth(value: unknown): boolean {
  if (value !== undefined && typeof value !== 'boolean') throw mistake('health', 'must be true or false')
  return value ?? true
}

function mistake(argument: string, message: string): SelectAIArgumentError {
  return new SelectAIArgumentError({ argument, message })
}
