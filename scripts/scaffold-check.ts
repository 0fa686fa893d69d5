// Does what a newcomer does, with what would be published: the packages go to a registry on this machine, and from there
// every template is created, installed, type-checked, tested, started and asked, with npm and with pnpm.
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import spawn from 'nano-spawn'
import { type LocalRegistry, startLocalRegistry } from './local-registry.ts'
import { type NodeProcess, startNode } from './node-process.ts'
import { publishLocally } from './publish-locally.ts'
import { describeFailure, runCheck } from './run-check.ts'
import { localNames, packagesBelow, readManifest, repositoryRoot } from './workspace.ts'

const steps = ['create', 'typecheck', 'test', 'build', 'start', 'dev'] as const
type Step = (typeof steps)[number]

const managers = {
  // npm hands flags over only after a "--".
  npm: { create: ['create', '--yes', 'select-ai@latest'], separator: ['--'], lockfile: 'package-lock.json' },
  pnpm: { create: ['create', 'select-ai@latest'], separator: [], lockfile: 'pnpm-lock.yaml' },
} as const
type Manager = keyof typeof managers

const stepDeadlineMs = 300_000
const answerDeadlineMs = 60_000

interface Combination {
  readonly template: string
  readonly manager: Manager
}

interface Trial extends Combination {
  /** An empty folder to begin with. */
  readonly folder: string
  readonly project: string
  readonly environment: LocalRegistry['environment']
  readonly signal: AbortSignal
}

interface Outcome {
  readonly seconds: Partial<Record<Step, number>>
  readonly failure?: { readonly step: Step; readonly output: string }
}

const performers: Readonly<Record<Step, (trial: Trial) => Promise<void>>> = {
  create: async (trial) => {
    const { create, separator, lockfile } = managers[trial.manager]
    await runManager(
      trial,
      trial.folder,
      ...create,
      basename(trial.project),
      ...separator,
      '--template',
      trial.template,
    )
    // The lockfile also tells that the package manager was found out.
    const missing = [lockfile, 'node_modules'].filter((name) => !existsSync(join(trial.project, name)))
    if (missing.length > 0) throw new Error(`There is no ${missing.join(' and no ')} in the new project.`)
  },
  typecheck: (trial) => runManager(trial, trial.project, 'run', 'typecheck'),
  test: (trial) => runManager(trial, trial.project, 'run', 'test'),
  build: (trial) => runManager(trial, trial.project, 'run', 'build'),
  start: askStartedProject,
  dev: askProjectUnderDevelopment,
}

async function runManager({ manager, environment, signal }: Trial, cwd: string, ...args: string[]): Promise<void> {
  await spawn(manager, args, { cwd, env: environment, stdin: 'ignore', signal, timeout: stepDeadlineMs })
}

/** The project's server against the emulator that it brought along: one question, then SIGTERM for both. */
async function askStartedProject({ project, signal }: Trial): Promise<void> {
  const emulatorFolder = join(project, 'node_modules', '@select-ai', 'emulator')
  const program = join(emulatorFolder, readManifest(emulatorFolder).bin?.['select-ai-emulator'] ?? '')
  await using emulator = startNode([program, '--port', '0'], { cwd: project, signal })
  const connectString = await emulator.written(/^Ready: connect as DEMO to (\S+) /m)
  const settings = {
    SELECT_AI_USER: 'DEMO',
    SELECT_AI_PASSWORD: 'demo',
    SELECT_AI_DB_CONNECT_STRING: connectString,
    PORT: '0',
  }
  await using server = startNode(argumentsOf(project, 'start'), { cwd: project, settings, signal })
  await ask(server)
  await server.stop()
  await emulator.stop()
}

/** The one command for a newcomer, which brings its own emulator. */
async function askProjectUnderDevelopment({ project, signal }: Trial): Promise<void> {
  await using server = startNode(argumentsOf(project, 'dev'), { cwd: project, settings: { PORT: '0' }, signal })
  await ask(server)
  await server.stop()
}

/** A script of the project without the package manager around it, which would not pass every signal on. */
function argumentsOf(project: string, script: string): string[] {
  const [node, ...args] = (readManifest(project).scripts?.[script] ?? '').split(' ')
  if (node !== 'node') throw new Error(`The script ${script} does not begin with "node".`)
  return args
}

async function ask(server: NodeProcess): Promise<void> {
  const address = await server.written(/Server listening at (http:\/\/[\d.]+:\d+)\D/)
  const question = new URL(`/chat?prompt=${encodeURIComponent('What can you do?')}`, address)
  const response = await fetch(question, { signal: AbortSignal.timeout(answerDeadlineMs) })
  const text = await response.text()
  if (response.status !== 200 || !text.includes('response')) {
    throw new Error(`The chat answered ${response.status}: ${text}\n${server.output.text}`)
  }
}

async function tryCombination(
  combination: Combination,
  registry: LocalRegistry,
  signal: AbortSignal,
): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'select-ai-scaffold-'))
  const project = join(folder, 'my-app')
  const seconds: Partial<Record<Step, number>> = {}
  try {
    const trial = { ...combination, folder, project, environment: registry.environment, signal }
    for (const step of steps) {
      const began = performance.now()
      try {
        await performers[step](trial)
      } catch (error) {
        signal.throwIfAborted()
        return { seconds, failure: { step, output: describeFailure(error) } }
      } finally {
        seconds[step] = (performance.now() - began) / 1000
      }
    }
    return { seconds }
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

function showRow({ seconds, failure }: Outcome): Record<Step, string> {
  const cell = (step: Step): string => {
    const time = seconds[step]
    return time === undefined ? '' : `${failure?.step === step ? '✗' : '✓'} ${time.toFixed(1)} s`
  }
  return Object.fromEntries(steps.map((step) => [step, cell(step)])) as Record<Step, string>
}

function chooseCombinations(argv: readonly string[]): Combination[] {
  const { values } = parseArgs({
    args: [...argv],
    options: { template: { type: 'string', multiple: true }, pm: { type: 'string', multiple: true } },
  })
  const templates = packagesBelow(join(repositoryRoot, 'templates')).map(({ folder }) => basename(folder))
  const chosenManagers = choose('--pm', values.pm, Object.keys(managers) as Manager[])
  return choose('--template', values.template, templates).flatMap((template) =>
    chosenManagers.map((manager) => ({ template, manager })),
  )
}

function choose<Name extends string>(
  option: string,
  chosen: readonly string[] | undefined,
  all: readonly Name[],
): Name[] {
  const unknown = chosen?.find((name) => !all.some((known) => known === name))
  if (unknown !== undefined) throw new Error(`${option} ${unknown} is unknown; there are ${all.join(', ')}.`)
  return all.filter((name) => chosen?.includes(name) ?? true)
}

async function checkScaffolding(argv: readonly string[], signal: AbortSignal): Promise<string[]> {
  const combinations = chooseCombinations(argv)
  console.log('Building and publishing to a local registry ...')
  await spawn('pnpm', ['run', 'build'], { cwd: repositoryRoot, signal })
  await using registry = await startLocalRegistry({ local: localNames(repositoryRoot) })
  await publishLocally({ folder: repositoryRoot, registry, signal })
  const table: Record<string, Record<Step, string>> = {}
  const failures: string[] = []
  for (const combination of combinations) {
    const name = `${combination.template} with ${combination.manager}`
    console.log(`${name} ...`)
    const outcome = await tryCombination(combination, registry, signal)
    table[name] = showRow(outcome)
    if (outcome.failure) failures.push(`${name}, ${outcome.failure.step}:\n${outcome.failure.output}`)
  }
  console.table(table)
  return failures
}

await runCheck((signal) => checkScaffolding(process.argv.slice(2), signal), 'Every template works.')
