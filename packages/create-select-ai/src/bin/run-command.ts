import { relative } from 'node:path'
import { type Answers, askQuestions } from '../ask-questions.ts'
import { type CreatedProject, createProject } from '../create-project.ts'
import { CreationError } from '../creation-error.ts'
import { detectPackageManager, installCommand, type PackageManager, scriptCommand } from '../package-manager.ts'
import { checkTargetFolder, type TargetFolder } from '../target-folder.ts'
import { readTemplates, readVersion, type Template } from '../templates.ts'
import { type CommandLine, readCommandLine, separatorHint } from './read-command-line.ts'

const defaults: Answers = { directory: 'select-ai-app', template: 'fastify', install: true, git: true }

/**
 * Creates a project as the command line and the answers of the user say.
 * @returns the process's exit code.
 */
export async function runCommand(argv: readonly string[]): Promise<number> {
  // Errors of the command line itself are told in the way that was asked for.
  const json = argv.includes('--json')
  const interruption = interruptionSignal()
  try {
    const templates = readTemplates()
    const commandLine = readCommandLine(argv, { templates, defaults, version: readVersion() })
    if (commandLine === undefined) return 0
    return await create(commandLine, templates, interruption)
  } catch (error) {
    if (error instanceof CreationError) return tellFailure(error, json)
    // A mistake of ours: the stack helps to report it, and standard output keeps its promise.
    console.error(error)
    return tellFailure(new CreationError('UNEXPECTED', String(error)), json)
  }
}

async function create(commandLine: CommandLine, templates: readonly Template[], signal: AbortSignal): Promise<number> {
  const { overwrite, json } = commandLine
  const packageManager = commandLine.pm ?? detectPackageManager(process.env.npm_config_user_agent) ?? 'npm'
  const workingFolder = process.cwd()
  const check = (directory: string): TargetFolder => checkTargetFolder(directory, { workingFolder, overwrite })
  // Before any question, so that nobody answers in vain.
  if (commandLine.directory !== undefined) check(commandLine.directory)
  const answers = mayAsk(commandLine)
    ? await askQuestions(commandLine, { templates, packageManager, defaults, checkDirectory: check, signal })
    : completeWithoutAsking(commandLine)
  const target = check(answers.directory)
  const template = templates.find(({ name }) => name === answers.template) as Template
  const project = await createProject({
    ...answers,
    target,
    template,
    packageManager,
    reportTo: json ? 2 : 1,
    signal,
  })
  return tellResult(project, { target, template, packageManager, workingFolder, json })
}

/** Where nobody can answer, a question would wait forever. */
function mayAsk({ yes, json }: CommandLine): boolean {
  return !yes && !json && process.stdin.isTTY === true && process.stdout.isTTY === true && !process.env.CI
}

function completeWithoutAsking(given: CommandLine): Answers {
  const missing = [
    ...(given.directory === undefined ? ['the folder of the project (the first argument)'] : []),
    ...(given.template === undefined ? ['the template (--template <name>)'] : []),
  ]
  const { directory, template, install, git } = { ...defaults, ...given }
  if (given.yes || missing.length === 0) return { directory, template, install, git }
  throw new CreationError(
    'MISSING_ARGUMENTS',
    `Nobody can be asked here, so please give ${missing.join(' and ')}, or --yes for the defaults.\n${separatorHint({ defaults })}`,
  )
}

interface Surroundings {
  readonly target: TargetFolder
  readonly template: Template
  readonly packageManager: PackageManager
  readonly workingFolder: string
  readonly json: boolean
}

function tellResult(project: CreatedProject, surroundings: Surroundings): number {
  const { target, template, packageManager, workingFolder, json } = surroundings
  const { installed, git, notes, failure } = project
  const way = relative(workingFolder, target.path)
  const next = [
    ...(way === '' ? [] : [`cd ${quote(way)}`]),
    ...(installed ? [] : [installCommand(packageManager)]),
    scriptCommand(packageManager, 'dev'),
  ]
  const facts = { directory: target.path, template: template.name, packageManager, installed, git, notes, next }
  if (json) {
    const verdict = failure ? { ok: false, code: failure.code, message: failure.message } : { ok: true }
    console.log(JSON.stringify({ ...verdict, ...facts }))
    return failure?.exitCode ?? 0
  }
  if (failure) console.error(`\nerror: ${failure.message} The project itself is complete.`)
  for (const note of notes) console.log(`\nNote: ${note}`)
  console.log(`
Created ${target.name} in ${target.path} from the template ${template.name}.

Next:

${next.map((command) => `  ${command}`).join('\n')}

No database is needed: "${scriptCommand(packageManager, 'dev')}" brings a local one for development, which answers by fixed rules.
README.md tells how to use yours.`)
  return failure?.exitCode ?? 0
}

function tellFailure({ code, message, exitCode }: CreationError, json: boolean): number {
  if (json) console.log(JSON.stringify({ ok: false, code, message }))
  else console.error(code === 'INTERRUPTED' ? message : `error: ${message}`)
  return exitCode
}

function quote(path: string): string {
  return /^[\w./\\@+-]+$/.test(path) ? path : `"${path}"`
}

/** Aborts at the first signal that asks the process to end. A second one ends it at once. */
function interruptionSignal(): AbortSignal {
  const controller = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, () => controller.abort())
  return controller.signal
}
