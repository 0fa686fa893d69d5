import { SelectAIArgumentError } from '../errors/select-ai-argument-error.ts'
import type { SelectAIError } from '../errors/select-ai-error.ts'
import { type CallOptions, checkCallOptions } from '../pool/call-options.ts'
import { type Action, actions } from './action.ts'
import type { GenerateOptions } from './generate-options.ts'

/** One of many questions, with what is different for it alone. */
export interface Question extends Pick<GenerateOptions, 'attributes' | 'conversationId'> {
  /** The question. */
  readonly prompt: string
  /** What to do with it. Default: the `action` of the options. */
  readonly action?: Action | undefined
}

/** A list of questions, also one that is still being read, for example from a file. */
export type Questions = Iterable<string | Question> | AsyncIterable<string | Question>

/** How to ask many questions. */
export interface AskManyOptions extends Pick<CallOptions, 'label'> {
  /** What to do with questions that do not say so themselves. Default `chat`. */
  readonly action?: Action | undefined
  /** Most questions that are asked at the same time, up to the pool's `poolMax`, which is the default. */
  readonly concurrency?: number | undefined
  /** `input` gives the answers in the order of the questions, `completed` as they come. Default `input`. */
  readonly order?: 'input' | 'completed' | undefined
  /**
   * Sends up to a hundred questions at a time in one round trip, as a pipeline, and reads their answers when the last is there.
   * They hold one connection, whose session answers them one after the other: this spares round trips, not time of the model.
   * Answers come in the order of the input, and `timeoutMs` is the budget of a pipeline as a whole. Breaking one off costs its
   * connection, which the pool replaces. A prompt must not have more than 32,767 bytes.
   *
   * Pipelines need release 23 of the database and a driver in thin mode that has them. Without, the questions are asked as ever, up
   * to `concurrency` at the same time. Default false.
   */
  readonly pipeline?: boolean | undefined
  /** Ends everything when it aborts: what runs is broken off, and no further question is taken. */
  readonly signal?: AbortSignal | undefined
  /** Budget in milliseconds of each question alone. Default: the pool's `callTimeoutMs`. */
  readonly timeoutMs?: number | undefined
}

/** A question that was answered. */
export interface FulfilledAnswer {
  /** Place of the question in the list, from 0. */
  readonly index: number
  /** The question. */
  readonly prompt: string
  /** Tells the two kinds of results apart. */
  readonly status: 'fulfilled'
  /** The answer as `generate` gives it, for the action `runsql` JSON text. */
  readonly answer: string
}

/** A question that was not answered. */
export interface RejectedAnswer {
  /** Place of the question in the list, from 0. */
  readonly index: number
  /** The question; empty for an element of the list that has none. */
  readonly prompt: string
  /** Tells the two kinds of results apart. */
  readonly status: 'rejected'
  /** Why there is no answer: what `generate` would have rejected with. */
  readonly error: SelectAIError
}

/** What became of one of many questions. */
export type SettledAnswer = FulfilledAnswer | RejectedAnswer

/** The options, checked and with their defaults. */
export interface AskManySettings {
  readonly action: Action
  readonly concurrency: number
  readonly order: 'input' | 'completed'
  readonly pipeline: boolean
  readonly signal: AbortSignal | undefined
  /** What each call gets. */
  readonly callOptions: Pick<CallOptions, 'timeoutMs' | 'label'>
}

const known = ['action', 'concurrency', 'order', 'pipeline', 'signal', 'timeoutMs', 'label']
const orders = ['input', 'completed']
const partsOfQuestion = ['prompt', 'action', 'attributes', 'conversationId']

/** @throws SelectAIArgumentError */
export function checkAskMany(questions: Questions, options: AskManyOptions, poolMax: number): AskManySettings {
  if (typeof questions !== 'object' || questions === null || !isIterable(questions)) {
    const message = 'must be an array, an iterable or an async iterable of questions.'
    throw new SelectAIArgumentError({ argument: 'questions', message })
  }
  checkCallOptions(options, known)
  const {
    action = 'chat',
    concurrency = poolMax,
    order = 'input',
    pipeline = false,
    signal,
    timeoutMs,
    label,
  } = options
  if (!actions.includes(action)) {
    throw new SelectAIArgumentError({ argument: 'options.action', message: `must be one of ${actions.join(', ')}.` })
  }
  if (!Number.isInteger(concurrency) || concurrency < 1 || concurrency > poolMax) {
    const message = `must be a whole number from 1 to ${poolMax}, the poolMax of the pool.`
    throw new SelectAIArgumentError({ argument: 'options.concurrency', message })
  }
  if (!orders.includes(order)) {
    throw new SelectAIArgumentError({ argument: 'options.order', message: `must be one of ${orders.join(', ')}.` })
  }
  if (typeof pipeline !== 'boolean') {
    throw new SelectAIArgumentError({ argument: 'options.pipeline', message: 'must be true or false.' })
  }
  if (pipeline && order === 'completed') {
    const message = "must be 'input' with the option pipeline, whose answers come together."
    throw new SelectAIArgumentError({ argument: 'options.order', message })
  }
  return { action, concurrency, order, pipeline, signal, callOptions: { timeoutMs, label } }
}

/** An element of the list as a question. @throws SelectAIArgumentError for what is none. */
export function readQuestion(element: string | Question): Question {
  if (typeof element === 'string') return { prompt: element }
  if (typeof element !== 'object' || element === null) {
    throw new SelectAIArgumentError({ argument: 'question', message: 'must be a text or an object with a prompt.' })
  }
  const unknown = Object.keys(element).find((name) => !partsOfQuestion.includes(name))
  if (unknown === undefined) return element
  const message = `is not part of a question. Known parts: ${partsOfQuestion.join(', ')}.`
  throw new SelectAIArgumentError({ argument: `question.${unknown}`, message })
}

/** The text of an element, whatever that is, to be told beside its error. */
export function promptOf(element: unknown): string {
  const prompt = typeof element === 'string' ? element : (element as Partial<Question> | null | undefined)?.prompt
  return typeof prompt === 'string' ? prompt : ''
}

function isIterable(value: object): boolean {
  return Symbol.asyncIterator in value || Symbol.iterator in value
}
