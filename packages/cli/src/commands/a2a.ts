import { once } from 'node:events'
import type { SelectAIPool } from '@select-ai/core'
import { type Command, Option } from 'commander'
import { addConnectionOptions, type ConnectionOptions } from '../connection/connection-options.ts'
import { readPoolOptions } from '../connection/pool-options.ts'
import { withPool } from '../connection/with-pool.ts'
import { interruptible, untilAborted } from '../terminal/interruption.ts'
import { printJson, printText } from '../terminal/print.ts'
import { wholeNumber } from './whole-number.ts'

interface TeamOptions extends ConnectionOptions {
  readonly team: string
}

interface ServeOptions extends TeamOptions {
  readonly host: string
  readonly port: number
  readonly publicUrl?: string
  readonly poolMax: number
}

interface AgentCardOptions extends TeamOptions {
  readonly publicUrl: string
  readonly protocolVersion: '0.3' | '1.0'
}

/** Adds the commands that offer an agent team to other agents. */
export function addA2ACommands(program: Command): void {
  const group = program.command('a2a').description('offer an agent team to other agents, over A2A')
  const serve = group
    .command('serve')
    .description('serve a team until Ctrl-C; its callers are not asked who they are')
    .requiredOption('--team <name>', 'the agent team')
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--port <number>', 'port to listen on; 0 takes a free one', wholeNumber(0), 8000)
    .option('--public-url <url>', 'where clients reach the server (default: its own address)')
    .option('--pool-max <number>', 'most connections; one less is how many tasks run at a time', wholeNumber(1), 4)
  addConnectionOptions(serve).action(serveTeam)
  const version = new Option('--protocol-version <version>', 'the form of the card').choices(['0.3', '1.0'])
  const card = group
    .command('agent-card')
    .description('print the agent card of a team as JSON')
    .requiredOption('--team <name>', 'the agent team')
    .requiredOption('--public-url <url>', 'where clients reach the server')
    .addOption(version.default('0.3'))
  addConnectionOptions(card).action(printAgentCard)
}

function serveTeam({ host, port, publicUrl, poolMax, team, ...options }: ServeOptions): Promise<void> {
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
  const server = await untilAborted(serveA2A(options), signal)
  try {
    printText(`Ready: the team ${options.team} is served; its agent card is`)
    printText(`${server.publicUrl}/.well-known/agent-card.json. Ctrl-C stops it.`)
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
