import { once } from 'node:events'
import type { A2AServer } from '@select-ai/a2a'
import type { SelectAIPool } from '@select-ai/core'
import { type Command, Option } from 'commander'
import { addConnectionOptions, type ConnectionOptions, given, settings } from '../connection/connection-options.ts'
import { loadDriver } from '../connection/load-driver.ts'
import { readPoolOptions } from '../connection/pool-options.ts'
import { withPool } from '../connection/with-pool.ts'
import { interruptible, untilAborted } from '../terminal/interruption.ts'
import { printJson, printText } from '../terminal/print.ts'
import { UsageError } from '../usage-error.ts'
import { wholeNumber } from './whole-number.ts'

interface TeamOptions extends ConnectionOptions {
  readonly team: string
}

interface ClusterOptions {
  readonly consulUrl?: string
  readonly consulToken?: string
  readonly secret?: string
}

interface ServeOptions extends ConnectionOptions, ClusterOptions {
  readonly deployment: 'standalone' | 'clustered'
  readonly team?: string
  readonly allowWorker?: readonly string[]
  readonly host: string
  readonly port: number
  readonly publicUrl?: string
  readonly poolMax: number
}

interface WorkerOptions extends ClusterOptions {
  readonly workerId?: string
  readonly workerEndpoint?: string
  readonly allowDsn?: readonly string[]
  readonly maxSessions: number
  readonly idleMinutes: number
  readonly poolMax: number
  readonly host: string
  readonly port: number
}

interface AgentCardOptions extends TeamOptions {
  readonly publicUrl: string
  readonly protocolVersion: '0.3' | '1.0'
}

/** Options of `a2a serve` that one deployment has alone. Connect string and team are for both: a gateway does not ask for them then. */
const optionsOf = {
  standalone: ['poolMax', 'timeout', ...settings.map(({ option }) => option).filter((option) => option !== 'dsn')],
  clustered: ['consulUrl', 'consulToken', 'secret', 'allowWorker'],
} satisfies Record<ServeOptions['deployment'], readonly (keyof ServeOptions)[]>

/** Adds the commands that offer an agent team to other agents. */
export function addA2ACommands(program: Command): void {
  const group = program.command('a2a').description('offer an agent team to other agents, over A2A')
  const deployment = new Option('--deployment <form>', 'clustered: a gateway that workers open sessions for').choices([
    'standalone',
    'clustered',
  ])
  const serve = group
    .command('serve')
    .description('serve a team until Ctrl-C; its callers are not asked who they are')
    .option('--team <name>', 'the agent team; without it, clients of a clustered deployment name theirs')
    .addOption(deployment.default('standalone'))
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--port <number>', 'port to listen on; 0 takes a free one', wholeNumber(0), 8000)
    .option('--public-url <url>', 'where clients reach the server (default: its own address)')
    .option('--pool-max <number>', 'most connections; one less is how many tasks run at a time', wholeNumber(1), 4)
  addClusterOptions(serve).option(
    '--allow-worker <url>',
    'a worker that is not on this machine; may be repeated',
    collect,
  )
  addConnectionOptions(serve).action(serveAgent)
  addWorkerCommand(group)
  const version = new Option('--protocol-version <version>', 'the form of the card').choices(['0.3', '1.0'])
  const card = group
    .command('agent-card')
    .description('print the agent card of a team as JSON')
    .requiredOption('--team <name>', 'the agent team')
    .requiredOption('--public-url <url>', 'where clients reach the server')
    .addOption(version.default('0.3'))
  addConnectionOptions(card).action(printAgentCard)
}

function addWorkerCommand(group: Command): void {
  const worker = group
    .command('worker')
    .description('open sessions for the gateway of a clustered deployment until Ctrl-C')
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--port <number>', 'port to listen on; 0 takes a free one', wholeNumber(0), 9001)
    .option('--allow-dsn <text>', 'a connect string that logins may have, letter by letter; may be repeated', collect)
    .option('--max-sessions <number>', 'most sessions at a time', wholeNumber(1), 50)
    .option('--idle-minutes <number>', 'minutes after which a session that nobody uses is closed', wholeNumber(1), 30)
    .option('--pool-max <number>', 'most connections of a session', wholeNumber(1), 2)
  addClusterOptions(worker)
    .addOption(new Option('--worker-id <text>', 'its name in Consul, which no other worker has').env('WORKER_ID'))
    .addOption(
      new Option('--worker-endpoint <url>', 'where gateway and Consul reach it; without it its own address').env(
        'WORKER_ENDPOINT',
      ),
    )
    .action(serveWorker)
}

function addClusterOptions(command: Command): Command {
  command.optionsGroup('Cluster:')
  return command
    .addOption(new Option('--consul-url <url>', 'HTTP API of the Consul agent').env('CONSUL_HTTP_URL'))
    .addOption(new Option('--consul-token <text>', 'its token; safer in the environment').env('CONSUL_HTTP_TOKEN'))
    .addOption(
      new Option('--secret <text>', 'what gateway and workers share; safer in the environment').env(
        'SELECT_AI_A2A_SECRET',
      ),
    )
}

function collect(text: string, former: readonly string[] = []): string[] {
  return [...former, text]
}

async function serveAgent(options: ServeOptions, command: Command): Promise<void> {
  const { deployment, team } = options
  const other = deployment === 'clustered' ? 'standalone' : 'clustered'
  refuse(command, optionsOf[other], `it belongs to --deployment ${other}`)
  if (deployment === 'clustered') return serveGateway(options)
  if (team === undefined) throw missing('--team <name>')
  return serveTeam({ ...options, team })
}

/** The environment may have them for other commands; who writes one here expects it to work. */
function refuse(command: Command, names: readonly string[], reason: string): void {
  const isGiven = (option: Option): boolean => command.getOptionValueSource(option.attributeName()) === 'cli'
  const wrong = command.options.find((option) => names.includes(option.attributeName()) && isGiven(option))
  if (wrong) throw new UsageError(`${wrong.long}: leave it out, since ${reason}.`)
}

function serveGateway({ allowWorker, host, port, publicUrl, ...options }: ServeOptions): Promise<void> {
  return interruptible(async (signal) => {
    const cluster = readClusterOptions(options)
    const known = { dsn: given(options.dsn), team: options.team }
    const { serveA2AGateway } = await import('@select-ai/a2a')
    const serving = serveA2AGateway({ ...cluster, ...known, allowWorkers: allowWorker, host, port, publicUrl })
    const asked = [...(known.dsn ? [] : ['connect string']), 'user', 'password', ...(known.team ? [] : ['team'])]
    const fields = new Intl.ListFormat('en-GB').format(asked)
    await untilStopped(serving, signal, ({ publicUrl: url }) => [
      `Ready: contexts are asked for ${fields}; the agent card is`,
      `${url}/.well-known/agent-card.json. Ctrl-C stops it.`,
    ])
  })
}

function serveWorker({
  allowDsn,
  maxSessions,
  idleMinutes,
  poolMax,
  host,
  port,
  ...options
}: WorkerOptions): Promise<void> {
  return interruptible(async (signal) => {
    const workerId = given(options.workerId)
    if (workerId === undefined) throw missing('--worker-id <text>', 'WORKER_ID')
    if (allowDsn === undefined) throw missing('--allow-dsn <text>')
    const workerEndpoint = given(options.workerEndpoint)
    const cluster = readClusterOptions(options)
    const driver = await loadDriver()
    const { serveA2AWorker } = await import('@select-ai/a2a')
    const limits = { allowDsn, maxSessions, idleMs: idleMinutes * 60_000, sessionPoolMax: poolMax }
    const serving = serveA2AWorker({ ...cluster, ...limits, workerId, workerEndpoint, host, port, driver })
    await untilStopped(serving, signal, ({ publicUrl }) => [
      `Ready: the worker ${workerId} opens sessions at ${publicUrl}. Ctrl-C stops it.`,
    ])
  })
}

function readClusterOptions(options: ClusterOptions): { consulUrl: string; consulToken?: string; secret: string } {
  const consulUrl = given(options.consulUrl)
  const consulToken = given(options.consulToken)
  const secret = given(options.secret)
  if (consulUrl === undefined) throw missing('--consul-url <url>', 'CONSUL_HTTP_URL')
  if (secret === undefined) throw missing('--secret <text>', 'SELECT_AI_A2A_SECRET')
  return { consulUrl, secret, ...(consulToken !== undefined && { consulToken }) }
}

function missing(flags: string, variable?: string): UsageError {
  const [name] = flags.split(' ')
  return new UsageError(`${name} is missing. Give ${flags}${variable ? ` or set ${variable}` : ''}.`)
}

function serveTeam({
  host,
  port,
  publicUrl,
  poolMax,
  team,
  ...options
}: ServeOptions & { readonly team: string }): Promise<void> {
  return interruptible(async (signal) =>
    withPool({ ...(await readPoolOptions(options)), poolMax }, signal, (pool) =>
      serveUntil(signal, { pool, team, host, port, publicUrl }),
    ),
  )
}

async function serveUntil(
  signal: AbortSignal,
  options: { pool: SelectAIPool; team: string; host: string; port: number; publicUrl: string | undefined },
): Promise<void> {
  const { serveA2A } = await import('@select-ai/a2a')
  await untilStopped(serveA2A(options), signal, ({ publicUrl }) => [
    `Ready: the team ${options.team} is served; its agent card is`,
    `${publicUrl}/.well-known/agent-card.json. Ctrl-C stops it.`,
  ])
}

/** Tells that a server is ready, and closes it when the command is to end. */
async function untilStopped(
  serving: Promise<A2AServer>,
  signal: AbortSignal,
  sentences: (server: A2AServer) => readonly string[],
): Promise<void> {
  const server = await untilAborted(serving, signal)
  try {
    for (const sentence of sentences(server)) printText(sentence)
    if (!signal.aborted) await once(signal, 'abort')
  } finally {
    await server.close()
  }
}

function printAgentCard({ team, publicUrl, protocolVersion, ...options }: AgentCardOptions): Promise<void> {
  return interruptible(async (signal) =>
    withPool(await readPoolOptions(options), signal, async (pool) => {
      const { createAgentCard } = await import('@select-ai/a2a')
      printJson(await untilAborted(createAgentCard({ pool, team, publicUrl, protocolVersion }), signal))
    }),
  )
}
