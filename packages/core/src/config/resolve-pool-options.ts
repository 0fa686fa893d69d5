import { ConfigurationError } from '../errors/configuration-error.ts'
import { SelectAIArgumentError } from '../errors/select-ai-argument-error.ts'
import { environmentVariables, type SettingDescription } from './environment-variables.ts'
import type { PoolOptions, ResolvedPoolOptions } from './pool-options.ts'

/** Longest pause that a timer of Node can make. */
const longestTimerMs = 2 ** 31 - 1

/** Longest name of the database. */
const longestNameBytes = 128

/**
 * Decides every setting: option, then environment variable, then default.
 * @throws ConfigurationError for a missing or unusable setting.
 * @throws SelectAIArgumentError for an option that does not exist.
 */
export function resolvePoolOptions(
  options: PoolOptions = {},
  environment: Readonly<Record<string, string | undefined>> = process.env,
): ResolvedPoolOptions {
  if (typeof options !== 'object' || options === null) {
    throw new SelectAIArgumentError({ argument: 'options', message: 'must be an object.' })
  }
  const given = options as Readonly<Record<string, unknown>> & { readonly driver?: unknown }
  refuseUnknown(given)
  const resolved: Record<string, unknown> = { driver: driverOf(given.driver) }
  for (const setting of environmentVariables) {
    const value = resolveSetting(setting, given[setting.option], environment)
    Object.defineProperty(resolved, setting.option, { value, enumerable: !setting.secret })
  }
  const settings = resolved as unknown as ResolvedPoolOptions
  if (settings.poolMin > settings.poolMax) {
    throw new ConfigurationError({
      setting: 'poolMin',
      message:
        `poolMin (${settings.poolMin}; SELECT_AI_POOL_MIN, default 1) is larger than ` +
        `poolMax (${settings.poolMax}; SELECT_AI_POOL_MAX, default 4). Lower the first or raise the second.`,
    })
  }
  return Object.freeze(settings)
}

function refuseUnknown(given: Readonly<Record<string, unknown>>): void {
  const known = [...environmentVariables.map(({ option }) => option), 'driver']
  const unknown = Object.keys(given).find((name) => !known.includes(name))
  if (unknown === undefined) return
  throw new SelectAIArgumentError({
    argument: `options.${unknown}`,
    message: `is not an option of createPool. Known options: ${known.join(', ')}.`,
  })
}

function driverOf(driver: unknown): object | undefined {
  if (driver === undefined) return undefined
  if (typeof driver === 'object' && driver !== null) return driver
  throw new SelectAIArgumentError({ argument: 'options.driver', message: 'must be the oracledb module.' })
}

function resolveSetting(
  setting: SettingDescription,
  given: unknown,
  environment: Readonly<Record<string, string | undefined>>,
): unknown {
  if (given !== undefined) return check(setting, given, 'option')
  const fromEnvironment = setting.variable === undefined ? undefined : environment[setting.variable]
  // An empty variable counts as unset: compose files and shells produce it for "not given".
  if (fromEnvironment !== undefined && fromEnvironment !== '') return check(setting, fromEnvironment, 'environment')
  if (setting.required) throw unusable(setting, 'is not set')
  return setting.default
}

function check(setting: SettingDescription, value: unknown, source: 'option' | 'environment'): unknown {
  if (setting.kind === 'integer') return checkInteger(setting, value, source)
  if (typeof value !== 'string' || value === '') throw unusable(setting, 'must be a text that is not empty')
  if (setting.kind === 'choice' && !setting.choices?.includes(value)) {
    throw unusable(setting, `must be one of ${setting.choices?.join(', ')}`)
  }
  if (setting.kind === 'identifier' && !isIdentifier(value)) {
    throw unusable(setting, 'must be a letter followed by letters, digits, _, $ or #, at most 128 bytes')
  }
  return value
}

/** It becomes part of statements, so that it must be a plain name. */
function isIdentifier(text: string): boolean {
  return /^\p{L}[\p{L}\p{N}_$#]*$/u.test(text) && Buffer.byteLength(text) <= longestNameBytes
}

function checkInteger(setting: SettingDescription, value: unknown, source: 'option' | 'environment'): number {
  const most = setting.option.endsWith('Ms') ? longestTimerMs : Number.MAX_SAFE_INTEGER
  const least = setting.least ?? 0
  const number = source === 'environment' && /^\s*\d+\s*$/.test(String(value)) ? Number(value) : value
  if (typeof number === 'number' && Number.isSafeInteger(number) && number >= least && number <= most) return number
  throw unusable(setting, `must be a whole number from ${least} to ${most}`)
}

function unusable(setting: SettingDescription, problem: string): ConfigurationError {
  const { option, variable, default: defaultValue } = setting
  const variablePart = variable === undefined ? 'no environment variable' : `environment variable ${variable}`
  const defaultPart = defaultValue === undefined ? 'no default' : `default ${defaultValue}`
  return new ConfigurationError({
    setting: option,
    message: `${setting.meaning}: the setting ${problem} (option ${option}, ${variablePart}, ${defaultPart}).`,
  })
}
