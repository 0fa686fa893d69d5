import type { SelectAIPool } from '@select-ai/core'
import { InterruptedError, listenForSignals, untilAborted } from '../terminal/interruption.ts'
import { LineReader } from '../terminal/line-reader.ts'
import { printParts, printText, remark } from '../terminal/print.ts'
import { tellFailure } from '../terminal/tell-failure.ts'
import { ConversationThread, type ThreadOptions } from './conversation-thread.ts'

/** How a chat goes on. */
export interface ChatOptions extends ThreadOptions {
  readonly stream: boolean
  readonly chunkSize: number
  readonly verbose?: boolean
}

const help = `/help   this list
/clear  forget what was said, and begin a new conversation
/exit   leave; so do /quit, Ctrl-D and Ctrl-C
Anything else is a question. Ctrl-C breaks off the one that is being answered.`

/**
 * Asks each line that comes in, until the end of the input, `/exit` or Ctrl-C.
 * @returns the exit code: 1 when nobody sat there and a question failed, else 0.
 * @throws ProfileNotFoundError, before anything is read, when there is no such profile.
 */
export async function runChat(pool: SelectAIPool, options: ChatOptions): Promise<number> {
  const chat = new Chat(pool, options)
  const stopListening = listenForSignals((signal) => chat.interrupt(signal === 'SIGINT'))
  try {
    return await chat.run()
  } finally {
    stopListening()
  }
}

class Chat {
  readonly #pool: SelectAIPool
  readonly #options: ChatOptions
  readonly #thread: ConversationThread
  readonly #leaving = new AbortController()
  #question: AbortController | undefined
  #failures = 0

  constructor(pool: SelectAIPool, options: ChatOptions) {
    this.#pool = pool
    this.#options = options
    this.#thread = new ConversationThread(pool, options)
  }

  /** Breaks off the question that is being answered. Without one, or when told again, leaves. */
  interrupt(isGentle: boolean): void {
    // Somebody who has asked three times waits for nothing.
    if (this.#leaving.signal.aborted) process.exit(130)
    const isAnswering = this.#question !== undefined && !this.#question.signal.aborted
    this.#question?.abort(new InterruptedError())
    if (!isAnswering || !isGentle) this.#leaving.abort(new InterruptedError())
  }

  async run(): Promise<number> {
    const { profile } = this.#options
    await this.#pool.profile(profile).fetch({ signal: this.#leaving.signal })
    using lines = new LineReader('select_ai> ', () => this.interrupt(true))
    this.#leaving.signal.addEventListener('abort', () => lines.close(), { once: true })
    if (lines.isTerminal) remark(`Chat with ${profile}. /help lists the commands, /exit leaves.`)
    await this.#answerAll(lines)
    lines.close()
    await this.#end()
    return lines.isTerminal || this.#failures === 0 ? 0 : 1
  }

  async #answerAll(lines: LineReader): Promise<void> {
    while (!this.#leaving.signal.aborted) {
      const line = (await lines.next())?.trim()
      if (line === undefined && lines.isTerminal) printText('')
      if (line === undefined || line === '/exit' || line === '/quit') return
      if (line !== '' && !this.#leaving.signal.aborted) await this.#obey(line)
    }
  }

  async #obey(line: string): Promise<void> {
    if (line === '/help') printText(help)
    else if (line === '/clear') await this.#attempt(() => this.#clear())
    else if (/^\/\w+$/.test(line)) remark(`There is no command ${line}. /help lists those that there are.`)
    else await this.#attempt((signal) => this.#answer(line, signal))
  }

  /** What fails is told, and the chat goes on. */
  async #attempt(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const question = new AbortController()
    this.#question = question
    const { signal } = question
    try {
      // Whoever leaves does not wait for the database to let go.
      await untilAborted(work(signal), this.#leaving.signal)
    } catch (error) {
      this.#failures += 1
      if (!this.#leaving.signal.aborted) {
        tellFailure(signal.aborted ? signal.reason : error, { json: false, verbose: this.#options.verbose === true })
      }
    } finally {
      this.#question = undefined
    }
  }

  async #answer(prompt: string, signal: AbortSignal): Promise<void> {
    const { profile: name, stream, chunkSize } = this.#options
    const profile = this.#pool.profile(name)
    const conversationId = await this.#thread.id(signal)
    if (stream) await printParts(profile.stream(prompt, { conversationId, chunkSize, signal }))
    else printText(await profile.chat(prompt, { conversationId, signal }))
  }

  async #clear(): Promise<void> {
    this.#tellKept(await this.#thread.end())
    remark('Forgotten. The next question begins a new conversation.')
  }

  async #end(): Promise<void> {
    this.#tellKept(await this.#thread.end())
  }

  #tellKept(id: string | undefined): void {
    if (id !== undefined) remark(`Kept the conversation ${id}.`)
  }
}
