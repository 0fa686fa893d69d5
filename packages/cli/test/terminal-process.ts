import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect } from 'vitest'
import { commandLine } from './command-process.ts'

/** A command that believes to be in a terminal. */
export interface TerminalProcess {
  readonly code: Promise<number>
  /** Everything that was ever shown. */
  screen(): string
  /** Waits for a text that was not there when it was waited for last. */
  shows(text: string): Promise<void>
  type(keys: string): void
}

/** Starts the command in a terminal that `script` of util-linux makes. */
export function startInTerminal(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): TerminalProcess {
  const command = commandLine(args).map((word) => `'${word}'`)
  const child = spawn(
    'script',
    ['--quiet', '--return', '--command', `stty cols 100 rows 30 && exec ${command.join(' ')}`, '/dev/null'],
    {
      env: { PATH: process.env.PATH, HOME: process.env.HOME, TERM: 'xterm', SHELL: '/bin/sh', ...environment },
    },
  )
  let all = ''
  let seen = 0
  child.stdout.on('data', (chunk) => {
    all += chunk
  })
  return {
    code: once(child, 'close').then(([code]) => code as number),
    screen: () => all,
    async shows(text) {
      await expect.poll(() => all.slice(seen), { timeout: 15_000 }).toContain(text)
      seen = all.indexOf(text, seen) + text.length
    },
    type: (keys) => child.stdin.write(keys),
  }
}
