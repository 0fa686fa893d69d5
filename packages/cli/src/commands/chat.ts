import type { Command } from 'commander'
import { runChat } from '../chat/run-chat.ts'
import { addConnectionOptions, type ConnectionOptions, profileOption } from '../connection/connection-options.ts'
import { readPoolOptions } from '../connection/pool-options.ts'
import { openPool } from '../connection/with-pool.ts'
import { interruptible } from '../terminal/interruption.ts'
import { addStreamOptions, type StreamOptions } from './stream-options.ts'
import { wholeNumber } from './whole-number.ts'

interface ChatCommandOptions extends ConnectionOptions, StreamOptions {
  readonly profile: string
  readonly conversationLength: number
  readonly keepConversation?: boolean
}

/** Adds the command that talks with a profile. */
export function addChatCommand(program: Command, setExitCode: (code: number) => void): void {
  const command = program
    .command('chat')
    .description('talk with a profile, line by line; each question sees the ones before')
    .addOption(profileOption('whom to talk with').makeOptionMandatory())
    .option('--conversation-length <number>', 'how many questions the profile remembers', wholeNumber(0), 10)
    .option('--keep-conversation', 'leave the conversation in the database at the end')
  addConnectionOptions(addStreamOptions(command)).action(async (options: ChatCommandOptions) =>
    setExitCode(await chat(options)),
  )
}

async function chat(options: ChatCommandOptions): Promise<number> {
  const pool = await interruptible(async (signal) => openPool(await readPoolOptions(options), signal))
  try {
    return await runChat(pool, options)
  } finally {
    await pool.close({ drainTimeoutMs: 0 })
  }
}
