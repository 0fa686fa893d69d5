import { type Command, InvalidArgumentError, Option } from 'commander'

/** Options that every command has which talks to a database. What is left out comes from the environment. */
export interface ConnectionOptions {
  readonly user?: string
  readonly password?: string
  readonly dsn?: string
  readonly configDir?: string
  readonly walletLocation?: string
  readonly walletPassword?: string
  readonly packageSchema?: string
  /** Seconds. */
  readonly timeout?: number
  readonly verbose?: boolean
}

/** One of the options, with the environment variable that stands in for it. */
export interface Setting {
  readonly option: keyof ConnectionOptions
  readonly flags: string
  readonly variable: string
  readonly meaning: string
}

/** The options that say where the database is and who logs on. */
export const settings: readonly Setting[] = [
  { option: 'user', flags: '--user <name>', variable: 'SELECT_AI_USER', meaning: 'database user' },
  {
    option: 'password',
    flags: '--password <text>',
    variable: 'SELECT_AI_PASSWORD',
    meaning: 'its password; asked for when left out, and safer there than here',
  },
  {
    option: 'dsn',
    flags: '--dsn <text>',
    variable: 'SELECT_AI_DB_CONNECT_STRING',
    meaning: 'where the database is, for example localhost:1521/FREEPDB1 or a name in tnsnames.ora',
  },
  {
    option: 'configDir',
    flags: '--config-dir <folder>',
    variable: 'TNS_ADMIN',
    meaning: 'folder with tnsnames.ora; else the one of the wallet',
  },
  {
    option: 'walletLocation',
    flags: '--wallet-location <folder>',
    variable: 'SELECT_AI_WALLET_LOCATION',
    meaning: 'folder with ewallet.pem, for mutual TLS',
  },
  {
    option: 'walletPassword',
    flags: '--wallet-password <text>',
    variable: 'SELECT_AI_WALLET_PASSWORD',
    meaning: 'password of the wallet',
  },
  {
    option: 'packageSchema',
    flags: '--package-schema <name>',
    variable: 'SELECT_AI_PACKAGE_SCHEMA',
    meaning: 'schema of DBMS_CLOUD_AI, where no synonym leads to it',
  },
]

/** Longest time that a timer of Node can wait. */
const longestSeconds = Math.floor((2 ** 31 - 1) / 1000)

/** Gives a command the options of the connection. */
export function addConnectionOptions(command: Command): Command {
  command.optionsGroup('Connection:')
  for (const { flags, variable, meaning } of settings) command.addOption(new Option(flags, meaning).env(variable))
  return command
    .option('--timeout <seconds>', 'longest time of one question (default: 60)', readSeconds)
    .option('--verbose', 'add the words of the database to errors')
}

/** Gives a command the option of the profile. @param description - what the profile is for, in a few words */
export function profileOption(description: string): Option {
  return new Option('--profile <name>', description).env('SELECT_AI_PROFILE_NAME')
}

/** An empty variable counts as none: shells and compose files make one for what is not set. */
export function given(value: string | undefined): string | undefined {
  return value === '' ? undefined : value
}

function readSeconds(text: string): number {
  const seconds = Number(text)
  if (text.trim() !== '' && seconds > 0 && seconds <= longestSeconds) return seconds
  throw new InvalidArgumentError(`It must be a number of seconds above 0, at most ${longestSeconds}.`)
}
