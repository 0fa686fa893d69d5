import type { SelectAIError } from '../errors/select-ai-error.ts'
import { onAbort } from '../pool/lasting-signal.ts'
import {
  type AskManySettings,
  promptOf,
  type Question,
  type Questions,
  readQuestion,
  type SettledAnswer,
} from './ask-many-options.ts'
import type { AskProfile } from './generate-options.ts'
import { QuestionList } from './question-list.ts'

/**
 * Questions taken and not yet delivered, in multiples of the concurrency. In the order of the input more are needed, so that a
 * slow question does not stop the others at once.
 */
const windows = { input: 4, completed: 1 }

/** Takes questions while there is room, asks them, and keeps the answers until they are wanted. */
export class QuestionRound {
  readonly #ask: AskProfile
  readonly #questions: QuestionList
  readonly #settings: AskManySettings
  readonly #signal: AbortSignal
  readonly #running = new Set<Promise<void>>()
  readonly #settled: SettledAnswer[] = []
  #taken = 0
  #delivered = 0
  #taking = false
  #wake: () => void = () => {}

  constructor(ask: AskProfile, questions: Questions, settings: AskManySettings, signal: AbortSignal) {
    this.#ask = ask
    this.#questions = new QuestionList(questions)
    this.#settings = settings
    this.#signal = signal
    onAbort(signal, () => this.#wake())
  }

  /** Rejects at the end, when all that was asked is told, if the signal aborted or the list of questions failed. */
  async *answers(): AsyncGenerator<SettledAnswer, void> {
    for (;;) {
      const settled = this.#due()
      // Before the reader gets it: while it is at work on one answer, the next question is under way.
      void this.#takeQuestions()
      if (settled) yield settled
      else if (this.#running.size === 0 && (this.#questions.exhausted || this.#signal.aborted)) break
      else await this.#news()
    }
    this.#questions.check(this.#signal)
  }

  /** Waits for what still runs after an abort, and lets go of the list of questions. */
  async end(): Promise<void> {
    await Promise.all(this.#running)
    await this.#questions.letGo()
  }

  #due(): SettledAnswer | undefined {
    const { order } = this.#settings
    const place = order === 'completed' ? 0 : this.#settled.findIndex(({ index }) => index === this.#delivered)
    const [settled] = place === -1 ? [] : this.#settled.splice(place, 1)
    if (settled) this.#delivered += 1
    return settled
  }

  async #takeQuestions(): Promise<void> {
    if (this.#taking) return
    this.#taking = true
    while (this.#hasRoom()) {
      const next = await this.#questions.next()
      if (!next.done && !this.#signal.aborted) this.#start(next.value)
    }
    this.#taking = false
    this.#wake()
  }

  #hasRoom(): boolean {
    const { concurrency, order } = this.#settings
    if (this.#questions.exhausted || this.#signal.aborted || this.#running.size >= concurrency) return false
    return this.#taken - this.#delivered < windows[order] * concurrency
  }

  #start(element: string | Question): void {
    const index = this.#taken
    this.#taken += 1
    const running = this.#answer(index, element).then((settled) => {
      this.#running.delete(running)
      this.#settled.push(settled)
      void this.#takeQuestions()
      this.#wake()
    })
    this.#running.add(running)
  }

  async #answer(index: number, element: string | Question): Promise<SettledAnswer> {
    const prompt = promptOf(element)
    try {
      const { action = this.#settings.action, attributes, conversationId } = readQuestion(element)
      const options = { ...this.#settings.callOptions, attributes, conversationId, signal: this.#signal }
      return { index, prompt, status: 'fulfilled', answer: await this.#ask(action, prompt, options) }
    } catch (error) {
      return { index, prompt, status: 'rejected', error: error as SelectAIError }
    }
  }

  #news(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve
    })
  }
}
