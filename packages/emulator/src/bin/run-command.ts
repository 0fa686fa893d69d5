/**
 * The command that starts the emulator, for programs that offer it under a name of their own.
 *
 * @module
 */
import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import type { Emulator, EmulatorOptions, TlsOptions } from '../emulator.ts'
import type { Model } from '../models/model.ts'
import { openAiModel } from '../models/openai/open-ai-model.ts'
import { foldName } from '../session/user-directory.ts'
import { checkOptions } from '../start-server.ts'

interface CommandOptions {
  readonly port: number
  readonly host: string
  readonly user: string
  readonly password?: string
  readonly service: string
  readonly tlsKey?: string
  readonly tlsCert?: string
  readonly documents?: string
  readonly model: 'offline' | 'openai'
  readonly endpoint?: string
  readonly modelName?: string
  readonly quiet?: boolean
}

const DEFAULT_PORT = 1521
const DEMO_PASSWORD = 'demo'
const FAILED = 1
const MISUSED = 2

/** How to reach an emulator that a command has started. */
export interface ReadyEmulator {
  /** For the driver, for example `127.0.0.1:1521/FREEPDB1`. */
  readonly connectString: string
  /** Who may log on, as the database spells it. */
  readonly user: string
  /** Whether the password is the well-known one of the demo user, which is no secret: `demo`. */
  readonly hasDemoPassword: boolean
}

/** How the command is offered. */
export interface RunCommandOptions {
  /** What the help calls it. Default: `select-ai-emulator`. */
  readonly name?: string
  /** Told once clients can connect, after the line that says so. */
  readonly onReady?: (emulator: ReadyEmulator) => void
}

/**
 * Runs the emulator until SIGINT or SIGTERM, as its own command `select-ai-emulator` does: with the options that its `--help`
 * lists, a line on standard output when it is ready, and complaints on standard error.
 *
 * @param argv - the arguments of the process, the first two of which are the program and the script
 * @returns the process's exit code: 0 after a signal, 1 when the emulator cannot start, 2 for options that make no sense.
 *
 * @example
 * ```ts
 * import { runCommand } from '@select-ai/emulator/command'
 *
 * process.exitCode = await runCommand(process.argv, {
 *   name: 'database',
 *   onReady: ({ user, connectString }) => console.log(`${user} at ${connectString}`),
 * })
 * ```
 */
export async function runCommand(argv: readonly string[], command: RunCommandOptions = {}): Promise<number> {
  const { name = 'select-ai-emulator', onReady } = command
  let options: CommandOptions
  try {
    options = readOptions(argv, name)
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : MISUSED
    throw error
  }
  let settings: EmulatorOptions
  try {
    settings = settingsOf(options)
    checkOptions(settings)
  } catch (error) {
    console.error(`error: ${(error as Error).message}`)
    return MISUSED
  }
  // Listening for signals comes first, so that one during the start is not lost.
  const stopped = stopSignal()
  let emulator: Emulator
  try {
    // Loaded late, so that help and complaints about options come at once.
    const { startEmulator } = await import('../start-emulator.ts')
    emulator = await startEmulator(settings)
  } catch (error) {
    console.error(`error: ${explain(error, options)}`)
    return FAILED
  }
  announce(emulator, options)
  onReady?.({
    connectString: emulator.connectString,
    user: foldName(options.user),
    hasDemoPassword: settings.password === DEMO_PASSWORD,
  })
  await stopped
  await emulator.close()
  return 0
}

/** @throws Error with a sentence for the terminal that names the option. */
function settingsOf(options: CommandOptions): EmulatorOptions {
  const { host, port, user, password, service, documents, quiet } = options
  const tls = tlsOf(options)
  const model = modelOf(options)
  return {
    host,
    port,
    user,
    password: password ?? process.env.SELECT_AI_EMULATOR_PASSWORD ?? DEMO_PASSWORD,
    service,
    ...(tls === undefined ? {} : { tls }),
    ...(documents === undefined ? {} : { documentsDirectory: documents }),
    ...(model === undefined ? {} : { model }),
    ...(quiet ? {} : { log: (line: string) => console.error(line) }),
  }
}

function tlsOf({ tlsKey, tlsCert }: CommandOptions): TlsOptions | undefined {
  if (tlsKey === undefined && tlsCert === undefined) return undefined
  if (tlsKey === undefined || tlsCert === undefined) throw new Error('--tls-key and --tls-cert go together; give both')
  return { key: readPem('--tls-key', tlsKey), cert: readPem('--tls-cert', tlsCert) }
}

function readPem(option: string, file: string): Uint8Array {
  try {
    return readFileSync(file)
  } catch (error) {
    throw new Error(`${option}: the file ${file} cannot be read`, { cause: error })
  }
}

/** The model that the options ask for; undefined for the emulator's own. */
function modelOf({ model, endpoint, modelName }: CommandOptions): Model | undefined {
  if (model === 'offline') {
    const stray = endpoint === undefined ? modelName && '--model-name' : '--endpoint'
    if (stray !== undefined) throw new TypeError(`${stray} needs --model openai`)
    return undefined
  }
  if (endpoint === undefined) throw new TypeError('--model openai needs --endpoint <url>')
  if (modelName === undefined) throw new TypeError('--model openai needs --model-name <name>')
  const apiKey = process.env.SELECT_AI_EMULATOR_API_KEY
  return openAiModel({ endpoint, modelName, ...(apiKey === undefined || apiKey === '' ? {} : { apiKey }) })
}

function readOptions(argv: readonly string[], name: string): CommandOptions {
  const program = new Command(name)
    .description('A local database for development and tests that speaks Oracle Net, with Select AI built in.')
    .option('-p, --port <number>', 'port to listen on; 0 picks a free one', readPort, DEFAULT_PORT)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('-u, --user <name>', 'who may log on', 'demo')
    .option('--password <text>', "that user's password (default: SELECT_AI_EMULATOR_PASSWORD, else demo)")
    .option('-s, --service <name>', "the database service's name", 'FREEPDB1')
    .option('--tls-key <file>', 'private key in PEM form; with a certificate, clients connect by tcps://')
    .option('--tls-cert <file>', 'its certificate in PEM form')
    .option('-d, --documents <folder>', 'folder whose documents vector indexes may load (default: none)')
    .addOption(
      new Option('-m, --model <kind>', 'who answers questions: rules, or a language model behind an endpoint')
        .choices(['offline', 'openai'])
        .default('offline'),
    )
    .option('--endpoint <url>', 'OpenAI-compatible service, for example http://127.0.0.1:11434/v1')
    .option('--model-name <name>', "the model's name there (its key is taken from SELECT_AI_EMULATOR_API_KEY)")
    .option('-q, --quiet', 'print nothing but the ready line')
    .allowExcessArguments(false)
    .exitOverride()
  program.parse([...argv])
  return program.opts<CommandOptions>()
}

function readPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (Number.isNaN(port) || port > 65_535) throw new InvalidArgumentError('It must be a whole number from 0 to 65535.')
  return port
}

function announce(emulator: Emulator, { host, user, quiet, model, endpoint, modelName }: CommandOptions): void {
  if (!isLoopback(host) && !quiet) {
    console.error(
      `Warning: ${host} can be reached from other machines. This is a development tool: anyone who knows the password gets in.`,
    )
  }
  if (model === 'openai' && !quiet) {
    console.error(
      `${modelName} answers: questions, descriptions of tables and, for narrate, rows and documents are sent to ${new URL(endpoint ?? '').host}.`,
    )
  }
  console.log(
    `Ready: connect as ${foldName(user)} to ${emulator.connectString} (a development tool, not a database; data lives in memory)`,
  )
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}

function explain(error: unknown, { host, port }: CommandOptions): string {
  if (!(error instanceof Error)) return String(error)
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EADDRINUSE':
      return `port ${port} on ${host} is taken; give another one with --port, or --port 0 for any free one`
    case 'EACCES':
      return `port ${port} may not be used; give one above 1023 with --port`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `${host} is no address of this machine`
    default:
      return error.message
  }
}

/** Resolves at the first SIGINT or SIGTERM. A second one ends the process at once. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    const stop = () => {
      process.off('SIGINT', stop)
      process.off('SIGTERM', stop)
      resolve()
    }
    process.on('SIGINT', stop)
    process.on('SIGTERM', stop)
  })
}
