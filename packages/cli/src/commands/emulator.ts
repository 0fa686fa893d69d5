import type { ReadyEmulator } from '@select-ai/emulator/command'
import type { Command } from 'commander'

const name = 'emulator'

/** Adds the command that starts a database for development. Its options are those of the emulator's own command. */
export function addEmulatorCommand(program: Command, setExitCode: (code: number) => void): void {
  program
    .command(name)
    .description('start a local database for development, which answers by rules; --help lists its options')
    .argument('[options...]')
    .usage('[options]')
    .helpOption(false)
    .allowUnknownOption()
    .passThroughOptions()
    .action(async (args: string[]) => setExitCode(await startEmulator(program.name(), args)))
}

async function startEmulator(program: string, args: readonly string[]): Promise<number> {
  const { runCommand } = await import('@select-ai/emulator/command')
  const isQuiet = args.includes('--quiet') || args.includes('-q')
  return runCommand([process.execPath, program, ...args], {
    name: `${program} ${name}`,
    ...(isQuiet ? {} : { onReady: (emulator) => console.log(welcome(emulator)) }),
  })
}

function welcome({ user, connectString, hasDemoPassword }: ReadyEmulator): string {
  const variables = [
    ['SELECT_AI_USER', user],
    ['SELECT_AI_PASSWORD', hasDemoPassword ? 'demo' : '<the one that you chose>'],
    ['SELECT_AI_DB_CONNECT_STRING', connectString],
  ]
  const set = process.platform === 'win32' ? '$env:' : 'export '
  const lines = variables.map(([variable, value]) => `  ${set}${variable}='${value}'`)
  return `
In another terminal:

${lines.join('\n')}
  npx select-ai sql run --profile OCI_AI_PROFILE 'How many promotions?'

Ctrl-C stops it.`
}
