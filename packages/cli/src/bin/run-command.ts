import { Command, CommanderError } from 'commander'
import { addA2ACommands } from '../commands/a2a.ts'
import { addChatCommand } from '../commands/chat.ts'
import { addDoctorCommand } from '../commands/doctor.ts'
import { addEmulatorCommand } from '../commands/emulator.ts'
import { addProfileCommands } from '../commands/profile.ts'
import { addSqlCommands } from '../commands/sql.ts'
import { readVersion } from '../package-version.ts'
import { tellFailure } from '../terminal/tell-failure.ts'
import { UsageError } from '../usage-error.ts'

const examples = `
Without a database, in two terminals:
  npx select-ai emulator
  npx select-ai doctor

Exit codes: 0 done, 1 the database or the model failed, 2 a mistake in the command, 130 interrupted.`

/**
 * Does what the command line says.
 * @returns the process's exit code.
 */
export async function runCommand(argv: readonly string[]): Promise<number> {
  // A reader that has seen enough, such as head, is no failure.
  process.stdout.on('error', ignoreClosedPipe)
  let exitCode = 0
  const setExitCode = (code: number): void => {
    exitCode = code
  }
  let complaint = ''
  try {
    await describeProgram(setExitCode, (text) => {
      complaint += text
    }).parseAsync([...argv])
    return exitCode
  } catch (error) {
    const failure = error instanceof CommanderError ? usageErrorOf(error, complaint) : error
    if (failure === undefined) return 0
    return tellFailure(failure, { json: argv.includes('--json'), verbose: argv.includes('--verbose') })
  }
}

function describeProgram(setExitCode: (code: number) => void, complain: (text: string) => void): Command {
  const program = new Command('select-ai')
    .description('Ask an Oracle database in plain language, through Select AI.')
    .version(readVersion())
    .enablePositionalOptions()
    .addHelpText('after', examples)
    // The commands that are made from here on take these over.
    .configureOutput({ writeErr: complain })
    .exitOverride()
    .allowExcessArguments(false)
  addChatCommand(program, setExitCode)
  addSqlCommands(program)
  addProfileCommands(program)
  addA2ACommands(program)
  addDoctorCommand(program, setExitCode)
  addEmulatorCommand(program, setExitCode)
  return program
}

/** Undefined when the help or the version was asked for. */
function usageErrorOf(error: CommanderError, complaint: string): UsageError | undefined {
  if (error.exitCode === 0) return undefined
  const text = complaint.trim().replace(/^error: /, '')
  const isHelp = error.code === 'commander.help'
  return new UsageError(isHelp ? `a command is missing.\n\n${text}` : text)
}

function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
}
