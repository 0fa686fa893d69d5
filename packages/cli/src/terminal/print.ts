import { styleText } from 'node:util'

const controls = /[^\P{Cc}\t\n]/gu

/** Text from elsewhere without what would steer the terminal: an answer may hold escape sequences. */
export function withoutControls(text: string): string {
  return text.replace(controls, '')
}

/** Writes a part of an answer to standard output; into a file or another program as it is. */
export function printPart(text: string): void {
  process.stdout.write(process.stdout.isTTY ? withoutControls(text) : text)
}

/** Writes an answer to standard output, with a line break at its end. */
export function printText(text: string): void {
  printPart(text.endsWith('\n') ? text : `${text}\n`)
}

/** Writes an answer that comes in parts, with a line break at its end. */
export async function printParts(parts: AsyncIterable<string>): Promise<void> {
  let last = ''
  for await (const part of parts) {
    printPart(part)
    last = part
  }
  if (!last.endsWith('\n')) process.stdout.write('\n')
}

/** Writes data to standard output for programs to read. */
export function printJson(value: object): void {
  process.stdout.write(`${JSON.stringify(value, undefined, 2)}\n`)
}

/** Writes a remark to standard error, so that standard output holds the answer alone. */
export function remark(text: string): void {
  process.stderr.write(`${process.stderr.isTTY ? withoutControls(text) : text}\n`)
}

/** The word in a colour, where the stream is a terminal and nobody set NO_COLOR. */
export function coloured(colour: 'green' | 'red' | 'dim', text: string, stream: NodeJS.WriteStream): string {
  return styleText(colour, text, { stream })
}
