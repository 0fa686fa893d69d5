import { createInterface, type Interface } from 'node:readline'

/** Lines that a user types or another program sends, one after the other. */
export class LineReader implements Disposable {
  readonly #interface: Interface
  readonly #isTerminal: boolean
  readonly #lines: string[] = []
  #isEnded = false
  #arrived: () => void = () => {}

  /**
   * @param prompt - shown in front of each line, in a terminal
   * @param onInterrupt - told of Ctrl-C in a terminal, which is no signal while lines are read
   */
  constructor(prompt: string, onInterrupt: () => void) {
    this.#isTerminal = process.stdin.isTTY === true && process.stdout.isTTY === true
    this.#interface = createInterface({
      input: process.stdin,
      ...(this.#isTerminal && { output: process.stdout }),
      terminal: this.#isTerminal,
      prompt,
    })
    this.#interface.on('line', (line) => this.#add(line))
    this.#interface.on('close', () => this.close())
    this.#interface.on('SIGINT', onInterrupt)
  }

  /** Whether somebody sits there, who wants to be prompted and told. */
  get isTerminal(): boolean {
    return this.#isTerminal
  }

  /** The next line; undefined at the end of the input, or once `close` was called. */
  async next(): Promise<string | undefined> {
    if (this.#isTerminal && !this.#isEnded) this.#interface.prompt()
    while (this.#lines.length === 0 && !this.#isEnded) {
      await new Promise<void>((resolve) => {
        this.#arrived = resolve
      })
    }
    return this.#lines.shift()
  }

  /** Ends the input; lines that came before are still read. */
  close(): void {
    if (this.#isEnded) return
    this.#isEnded = true
    this.#interface.close()
    this.#arrived()
  }

  [Symbol.dispose](): void {
    this.close()
  }

  #add(line: string): void {
    this.#lines.push(line)
    this.#arrived()
  }
}
