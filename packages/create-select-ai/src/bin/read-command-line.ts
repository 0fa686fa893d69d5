import { Command, CommanderError, Option } from 'commander'
import type { Answers } from '../ask-questions.ts'
import { CreationError } from '../creation-error.ts'
import { type PackageManager, packageManagers } from '../package-manager.ts'
import { keptEntry } from '../target-folder.ts'
import type { Template } from '../templates.ts'

/** What the command line says; what it does not say is undefined. */
export interface CommandLine {
  readonly directory?: string
  readonly template?: string
  readonly pm?: PackageManager
  readonly install?: boolean
  readonly git?: boolean
  readonly yes: boolean
  readonly overwrite: boolean
  readonly json: boolean
}

export interface CommandLineOptions {
  readonly templates: readonly Template[]
  readonly defaults: Answers
  readonly version: string
}

/**
 * @returns undefined when the help or the version was asked for, and has been printed.
 * @throws CreationError with `USAGE` for what the command does not know.
 */
export function readCommandLine(argv: readonly string[], options: CommandLineOptions): CommandLine | undefined {
  const program = describeCommand(options)
  let complaint = ''
  program.configureOutput({ writeErr: (text) => (complaint += text) }).exitOverride()
  try {
    program.parse([...argv])
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.exitCode === 0) return undefined
    const hint = error.code === 'commander.excessArguments' ? `\n${separatorHint(options)}` : ''
    throw new CreationError('USAGE', `${complaint.trim().replace(/^error: /, '')}${hint}`)
  }
  const [directory] = program.args
  const flags = program.opts()
  return {
    yes: false,
    overwrite: false,
    json: false,
    ...flags,
    ...(directory !== undefined && { directory }),
  }
}

/** Why npm may have kept the flags for itself. */
export function separatorHint({ defaults }: Pick<CommandLineOptions, 'defaults'>): string {
  return `With npm, flags follow a "--": npm create select-ai@latest ${defaults.directory} -- --template ${defaults.template}`
}

function describeCommand({ templates, defaults, version }: CommandLineOptions): Command {
  return new Command('create-select-ai')
    .description(
      'Creates a web service that asks an Oracle database through Select AI. No database is needed to try it.',
    )
    .argument('[directory]', 'folder of the project; its name becomes the package name, "." is the current folder')
    .addOption(
      new Option('-t, --template <name>', 'what to start from, see below').choices(templates.map(({ name }) => name)),
    )
    .addOption(
      new Option('--pm <name>', 'package manager (default: the one that runs this, else npm)').choices(packageManagers),
    )
    .option('--install', 'install the dependencies (default)')
    .option('--no-install', 'leave the dependencies for later')
    .option('--git', 'start a git repository, unless the folder is in one already (default)')
    .option('--no-git', 'start no git repository')
    .option(
      '-y, --yes',
      `ask nothing and take the defaults: the folder ${defaults.directory} and the template ${defaults.template}`,
    )
    .option(
      '--overwrite',
      `delete everything in an existing folder first, except ${keptEntry}; refused for your home folder, for the root of a file system, and for a folder around the current one`,
    )
    .option('--json', 'ask nothing, and print the result as one JSON object on standard output')
    .version(version)
    .allowExcessArguments(false)
    .addHelpText('after', afterHelp(templates, defaults))
}

function afterHelp(templates: readonly Template[], defaults: Answers): string {
  const width = Math.max(...templates.map(({ name }) => name.length))
  const list = templates.map(({ name, description }) => `  ${name.padEnd(width)}  ${description}`)
  return `
Templates:
${list.join('\n')}

${separatorHint({ defaults })}
The others take them as they are: pnpm create select-ai ${defaults.directory} --template ${defaults.template}

In a terminal, what is missing is asked for. Elsewhere it is an error, unless there is --yes.
Exit codes: 0 created, 1 failed, 2 a mistake in the command, 130 cancelled.`
}
