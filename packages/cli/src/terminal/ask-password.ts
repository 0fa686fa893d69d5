import type { Readable, Writable } from 'node:stream'
import { isCancel, password } from '@clack/prompts'
import { InterruptedError } from './interruption.ts'

/** Where a question is asked and answered. */
export interface Dialogue {
  readonly input: Readable
  readonly output: Writable
}

/** The terminal, when there is somebody who can answer. The question is no part of standard output. */
export function openDialogue(): Dialogue | undefined {
  const { stdin, stderr } = process
  return stdin.isTTY && stderr.isTTY ? { input: stdin, output: stderr } : undefined
}

/**
 * Asks for a password; nothing of it appears.
 * @throws InterruptedError when the user cancels.
 */
export async function askPassword(user: string, { input, output }: Dialogue): Promise<string> {
  const answer = await password({
    message: `Password of ${user}:`,
    mask: '',
    validate: (text) => (text ? undefined : 'A password is needed; Ctrl-C leaves.'),
    input,
    output,
  })
  if (isCancel(answer)) throw new InterruptedError()
  return answer
}
