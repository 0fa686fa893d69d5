import type { SelectAIError } from '../errors/select-ai-error.ts'
import type { CallOptions } from '../pool/call-options.ts'
import { onAbort } from '../pool/lasting-signal.ts'
import type { Action } from './action.ts'
import {
  type AskManySettings,
  promptOf,
  type Question,
  type Questions,
  readQuestion,
  type SettledAnswer,
} from './ask-many-options.ts'
import type { AskProfile, GenerateOptions } from './generate-options.ts'
import { QuestionList } from './question-list.ts'
import { QuestionRound } from './question-round.ts'

/** A question of a pipeline, as its profile is asked it, or why it cannot be asked. */
export type PipelinedQuestion =
  | {
      readonly action: Action
      readonly prompt: string
      readonly options: Pick<GenerateOptions, 'attributes' | 'conversationId'>
    }
  | SelectAIError

/** What became of a question of a pipeline: its answer, or why there is none. */
export type PipelinedAnswer = string | SelectAIError

/** Asks all questions in one pipeline, on one connection; undefined when driver or database have no pipelines. */
export type AskPipeline = (
  questions: readonly PipelinedQuestion[],
  options: CallOptions,
) => Promise<readonly PipelinedAnswer[] | undefined>

/** Most questions of one pipeline: all their answers are in memory before the first is delivered. */
const pipelineMax = 100

/** Takes questions in portions, asks each portion in one pipeline, and falls back to several at a time where there are none. */
export class PipelineRound {
  readonly #ask: AskProfile
  readonly #askPipeline: AskPipeline
  readonly #questions: QuestionList
  readonly #settings: AskManySettings
  readonly #signal: AbortSignal
  readonly #aborted: Promise<undefined>
  #taken = 0
  #hasPipelines = true

  constructor(
    ask: AskProfile,
    askPipeline: AskPipeline,
    questions: Questions,
    settings: AskManySettings,
    signal: AbortSignal,
  ) {
    this.#ask = ask
    this.#askPipeline = askPipeline
    this.#questions = new QuestionList(questions)
    this.#settings = settings
    this.#signal = signal
    this.#aborted = new Promise((resolve) => onAbort(signal, () => resolve(undefined)))
  }

  /** Rejects at the end, when all that was asked is told, if the signal aborted or the list of questions failed. */
  async *answers(): AsyncGenerator<SettledAnswer, void> {
    while (!this.#questions.exhausted && !this.#signal.aborted) {
      const first = this.#taken
      const portion = await this.#takePortion()
      if (portion.length > 0) yield* this.#answer(portion, first)
    }
    this.#questions.check(this.#signal)
  }

  /** Lets go of the list of questions. */
  end(): Promise<void> {
    return this.#questions.letGo()
  }

  async #takePortion(): Promise<readonly (string | Question)[]> {
    const portion: (string | Question)[] = []
    while (portion.length < pipelineMax && !this.#signal.aborted) {
      const next = await Promise.race([this.#questions.next(), this.#aborted])
      if (next === undefined || next.done) break
      portion.push(next.value)
      this.#taken += 1
    }
    return portion
  }

  async *#answer(portion: readonly (string | Question)[], first: number): AsyncGenerator<SettledAnswer, void> {
    const settled = this.#hasPipelines ? await this.#inPipeline(portion, first) : undefined
    if (settled) {
      yield* settled
      return
    }
    this.#hasPipelines = false
    const round = new QuestionRound(this.#ask, portion, this.#settings, this.#signal)
    try {
      for await (const answer of round.answers()) yield { ...answer, index: first + answer.index }
    } finally {
      await round.end()
    }
  }

  async #inPipeline(
    portion: readonly (string | Question)[],
    first: number,
  ): Promise<readonly SettledAnswer[] | undefined> {
    const questions = portion.map((element) => this.#read(element))
    const answers = await this.#send(questions)
    return answers?.map((answer, position): SettledAnswer => {
      const place = { index: first + position, prompt: promptOf(portion[position]) }
      if (typeof answer === 'string') return { ...place, status: 'fulfilled', answer }
      return { ...place, status: 'rejected', error: answer }
    })
  }

  #read(element: string | Question): PipelinedQuestion {
    try {
      const { prompt, action = this.#settings.action, attributes, conversationId } = readQuestion(element)
      return { action, prompt, options: { attributes, conversationId } }
    } catch (error) {
      return error as SelectAIError
    }
  }

  /** What ends the call as a whole befalls each of its questions. */
  async #send(questions: readonly PipelinedQuestion[]): Promise<readonly PipelinedAnswer[] | undefined> {
    try {
      return await this.#askPipeline(questions, { ...this.#settings.callOptions, signal: this.#signal })
    } catch (error) {
      return questions.map(() => error as SelectAIError)
    }
  }
}
