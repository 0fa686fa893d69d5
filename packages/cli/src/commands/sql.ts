import type { Action } from '@select-ai/core'
import type { Command } from 'commander'
import { addConnectionOptions, type ConnectionOptions, profileOption } from '../connection/connection-options.ts'
import { readPoolOptions } from '../connection/pool-options.ts'
import { withPool } from '../connection/with-pool.ts'
import { formatTable } from '../terminal/format-table.ts'
import { interruptible } from '../terminal/interruption.ts'
import { printJson, printParts, printText, remark } from '../terminal/print.ts'
import { addStreamOptions, type StreamOptions } from './stream-options.ts'

interface RunOptions extends ConnectionOptions {
  readonly profile: string
  readonly json?: boolean
}

interface TextOptions extends ConnectionOptions, StreamOptions {
  readonly profile: string
}

const textActions: readonly {
  readonly name: string
  readonly action: Exclude<Action, 'runsql'>
  readonly does: string
}[] = [
  { name: 'show', action: 'showsql', does: 'print the statement that a question becomes, without running it' },
  { name: 'explain', action: 'explainsql', does: 'print the statement with an explanation, without running it' },
  {
    name: 'narrate',
    action: 'narrate',
    does: 'run the statement and tell the rows in words; they go to the AI provider',
  },
]

/** Adds the commands that turn a question into SQL. */
export function addSqlCommands(program: Command): void {
  const group = program.command('sql').description('turn a question into SQL')
  addRunCommand(group)
  for (const { name, action, does } of textActions) {
    const command = questionCommand(group, name, does)
    addConnectionOptions(addStreamOptions(command)).action((prompt: string[], options: TextOptions) =>
      printAnswer(action, prompt.join(' '), options),
    )
  }
}

function addRunCommand(group: Command): void {
  const command = questionCommand(group, 'run', 'run the statement and print the rows as a table')
  command.option('--json', 'print rows and columns as JSON')
  addConnectionOptions(command).action((prompt: string[], options: RunOptions) => printRows(prompt.join(' '), options))
}

function questionCommand(group: Command, name: string, description: string): Command {
  return group
    .command(name)
    .description(description)
    .argument('<prompt...>', 'the question; in quotes when it holds characters of the shell, such as ?')
    .addOption(profileOption('whom to ask').makeOptionMandatory())
}

function printRows(prompt: string, options: RunOptions): Promise<void> {
  return interruptible(async (signal) =>
    withPool(await readPoolOptions(options), signal, async (pool) => {
      const result = await pool.profile(options.profile).runSql(prompt, { signal })
      if (options.json) printJson({ ok: true, columns: result.columns, rows: result.rows })
      else if (result.rows.length === 0) remark('No rows.')
      else printText(formatTable(result))
    }),
  )
}

function printAnswer(action: Exclude<Action, 'runsql'>, prompt: string, options: TextOptions): Promise<void> {
  return interruptible(async (signal) =>
    withPool(await readPoolOptions(options), signal, async (pool) => {
      const profile = pool.profile(options.profile)
      const { stream, chunkSize } = options
      if (stream) await printParts(profile.stream(prompt, { action, chunkSize, signal }))
      else printText(await profile.generate(prompt, { action, signal }))
    }),
  )
}
