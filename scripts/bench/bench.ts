// Requests per second of each adapter against the same framework with a handler written by hand, which makes the same call on
// the driver's own pool. Both stand side by side before one emulator and are measured in turns, so that whatever the machine does
// meanwhile hits both. They are started anew for each heat, since two processes that run the same code differ by some percent as
// long as they live. The ratio is the median over the pairs of turns; 1.00 means that the kit costs nothing.
//
// A turn is a number of requests and not a time, at whose end the load tool leaves with its requests unanswered: the kit then
// cancels their calls and the handler by hand goes on with them, so that the two would not do the same. The first turns of a server
// are not counted: when its first clients close their connections, the engine throws away much of what it had compiled.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import autocannon from 'autocannon'
import { Command, InvalidArgumentError } from 'commander'
import { type BenchSettings, type Framework, frameworks, type Variant, variants } from './bench-settings.ts'

const connections = 8
const warmUpTurns = 3
const requestsInTurn = 4000
const worstAcceptableRatio = 0.9
const question = '/chat?prompt=How%20many%20promotions%3F'
const expected = { response: 'You asked: How many promotions?' }

interface Options {
  readonly heats: number
  readonly rounds: number
  readonly only: readonly Framework[]
}

interface RunningServer {
  readonly variant: Variant
  readonly child: ChildProcess
  readonly url: string
  readonly turns: Turn[]
}

interface Turn {
  readonly requestsPerSecond: number
  readonly processorMicroseconds: number
}

function readOptions(): Options {
  const command = new Command('bench')
    .description('Compares each adapter with a handler written by hand, in requests per second.')
    .option('--heats <number>', 'times that the servers are started', readCount, 4)
    .option('--rounds <number>', `turns of ${requestsInTurn} requests for each server in a heat`, readCount, 4)
    .option('--only <framework...>', `some of ${frameworks.join(', ')}`)
    .allowExcessArguments(false)
    .parse()
  const { only = frameworks, ...others } = command.opts<Options>()
  const unknown = only.find((name) => !frameworks.includes(name))
  if (unknown !== undefined) command.error(`error: '${unknown}' is none of ${frameworks.join(', ')}`)
  return { ...others, only }
}

function readCount(text: string): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It must be a whole number from 1 to 9999.')
}

/** Starts a script of this folder and resolves to the first thing that it says. */
async function start<Message>(script: string, args: readonly string[]): Promise<[ChildProcess, Message]> {
  const child = fork(join(import.meta.dirname, script), args)
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${script} ${args.slice(0, 2).join(' ')} ended with ${code}`)
  })
  const [message] = await Promise.race([once(child, 'message'), ended])
  ended.catch(() => {})
  return [child, message as Message]
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const exit = once(child, 'exit')
  child.disconnect()
  await exit
}

/** Sends the requests of one turn; resolves to how many were answered in a second. */
async function load(url: string): Promise<number> {
  const begin = performance.now()
  let end = begin
  // The tool notices the end of its work only when it takes its next sample, so the last answer is the end.
  const setupClient = (client: autocannon.Client): void => {
    client.on('response', () => {
      end = performance.now()
    })
  }
  const { non2xx, errors } = await autocannon({ url, connections, amount: requestsInTurn, sampleInt: 100, setupClient })
  if (non2xx + errors > 0) throw new Error(`${non2xx} answers were no success and ${errors} requests failed`)
  return (requestsInTurn / (end - begin)) * 1000
}

async function processorTime({ child }: RunningServer): Promise<number> {
  child.send('processor time')
  const [microseconds] = await once(child, 'message')
  return microseconds
}

async function takeTurn(server: RunningServer): Promise<void> {
  const before = await processorTime(server)
  const requestsPerSecond = await load(server.url)
  const used = (await processorTime(server)) - before
  server.turns.push({ requestsPerSecond, processorMicroseconds: used / requestsInTurn })
}

async function startServer(framework: Framework, variant: Variant, settings: BenchSettings): Promise<RunningServer> {
  const [child, port] = await start<number>('server-process.js', [framework, variant, JSON.stringify(settings)])
  return { variant, child, url: `http://127.0.0.1:${port}${question}`, turns: [] }
}

async function compare(framework: Framework, settings: BenchSettings, rounds: number): Promise<RunningServer[]> {
  const servers: RunningServer[] = []
  try {
    for (const variant of variants) {
      const server = await startServer(framework, variant, settings)
      servers.push(server)
      const answer = await (await fetch(server.url)).json()
      if (!isDeepStrictEqual(answer, expected)) throw new Error(`${framework}, ${variant}: the answer is another one`)
      for (let turn = 0; turn < warmUpTurns; turn += 1) await load(server.url)
    }
    for (let round = 0; round < rounds; round += 1) {
      // Who comes first changes, so that neither always gets the warmer database.
      for (const server of round % 2 === 0 ? servers : servers.toReversed()) await takeTurn(server)
    }
    return servers
  } finally {
    await Promise.all(servers.map(({ child }) => stop(child)))
  }
}

function resultOf(heats: readonly RunningServer[][]): { ratio: number; row: Record<string, number> } {
  const pairs = heats.flatMap(([kit, byHand]) =>
    (kit?.turns ?? []).map((turn, index) => [turn, byHand?.turns[index] ?? turn] as const),
  )
  const ratio = median(pairs.map(([one, other]) => one.requestsPerSecond / other.requestsPerSecond))
  const row = {
    'kit, requests/s': Math.round(median(pairs.map(([turn]) => turn.requestsPerSecond))),
    'by hand, requests/s': Math.round(median(pairs.map(([, turn]) => turn.requestsPerSecond))),
    ratio: Number(ratio.toFixed(2)),
    'kit, CPU us/request': Math.round(median(pairs.map(([turn]) => turn.processorMicroseconds))),
    'by hand, CPU us/request': Math.round(median(pairs.map(([, turn]) => turn.processorMicroseconds))),
  }
  return { ratio, row }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  const middle = sorted.length / 2
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2
}

const { heats, rounds, only } = readOptions()
const [emulator, connectString] = await start<string>('emulator-process.js', [])
const settings = { connectString, user: 'DEMO', password: 'demo', profile: 'OCI_AI_PROFILE', poolMax: connections }
console.log(
  `Node ${process.versions.node}, ${connections} clients and as many database connections, ${heats} heats of ${rounds} turns\n`,
)
const table: Record<string, Record<string, number>> = {}
const slow: string[] = []
try {
  for (const framework of only) {
    const results: RunningServer[][] = []
    for (let heat = 0; heat < heats; heat += 1) results.push(await compare(framework, settings, rounds))
    const { ratio, row } = resultOf(results)
    table[framework] = row
    if (ratio < worstAcceptableRatio) slow.push(`${framework}: ${ratio.toFixed(3)} is below ${worstAcceptableRatio}`)
  }
} finally {
  await stop(emulator)
}
console.table(table)
for (const sentence of slow) console.error(sentence)
process.exitCode = slow.length === 0 ? 0 : 1
