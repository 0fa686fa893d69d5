import type { PoolOptions } from '@select-ai/core'
import { askPassword, openDialogue } from '../terminal/ask-password.ts'
import { UsageError } from '../usage-error.ts'
import { type ConnectionOptions, given, settings } from './connection-options.ts'

/**
 * The settings of a pool of one connection. A password that is missing is asked for, where somebody can answer.
 * @throws UsageError for a user, a connect string or a password that is missing.
 */
export async function readPoolOptions(options: ConnectionOptions): Promise<PoolOptions> {
  const dialogue = openDialogue()
  const user = given(options.user) ?? missing('user')
  const connectString = given(options.dsn) ?? missing('dsn')
  const password = given(options.password) ?? (dialogue ? await askPassword(user, dialogue) : missing('password'))
  const walletLocation = given(options.walletLocation)
  const chosen = {
    configDir: given(options.configDir) ?? walletLocation,
    walletLocation,
    walletPassword: given(options.walletPassword),
    packageSchema: given(options.packageSchema),
    callTimeoutMs: options.timeout === undefined ? undefined : Math.ceil(options.timeout * 1000),
  }
  const whole: PoolOptions = {
    user,
    password,
    connectString,
    poolMin: 1,
    poolMax: 1,
    poolIncrement: 1,
    verify: 'connect',
  }
  const others = Object.entries(chosen).filter(([, value]) => value !== undefined)
  return { ...whole, ...Object.fromEntries(others) }
}

/** The sentence for an option that is needed and neither given nor in the environment. */
export function missingSentence(option: keyof ConnectionOptions): string {
  const setting = settings.find((each) => each.option === option)
  const reason = option === 'password' ? ' Nobody can be asked for it here.' : ''
  return `${setting?.flags.split(' ')[0]} is missing.${reason} Give ${setting?.flags} or set ${setting?.variable}.`
}

function missing(option: keyof ConnectionOptions): never {
  throw new UsageError(missingSentence(option))
}
