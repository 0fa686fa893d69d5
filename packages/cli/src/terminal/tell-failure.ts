import {
  CallAbortedError,
  ConfigurationError,
  NoSqlGeneratedError,
  SelectAIArgumentError,
  SelectAIError,
} from '@select-ai/core'
import { UsageError } from '../usage-error.ts'
import { InterruptedError } from './interruption.ts'
import { coloured, printJson, remark } from './print.ts'

/** How a failure is told. */
export interface TellOptions {
  /** As an object on standard output instead of a sentence on standard error. */
  readonly json: boolean
  /** With the words of the database and the driver. */
  readonly verbose: boolean
}

/** A failure in the words of the terminal. */
export interface Failure {
  readonly code: string
  readonly message: string
  readonly exitCode: number
  /** The words of the database and the driver, when it was them who failed. */
  readonly cause?: string
}

/** What arguments of the packages are called on the command line, where it is not their own name with hyphens. */
const optionNames: Readonly<Record<string, string>> = {
  prompt: 'PROMPT',
  text: 'TEXT',
  'source.content': 'CONTENT',
  allowWorkers: '--allow-worker',
}

const interrupted: Failure = { code: 'INTERRUPTED', message: 'Interrupted.', exitCode: 130 }

/** Tells what went wrong, in one sentence and without a stack. @returns the exit code of the process. */
export function tellFailure(error: unknown, { json, verbose }: TellOptions): number {
  const { exitCode, cause, ...failure } = describeFailure(error)
  const words = verbose && cause !== undefined ? { cause } : {}
  if (json) {
    printJson({ ok: false, ...failure, ...words })
    return exitCode
  }
  const label = failure.code === interrupted.code ? '' : `${coloured('red', 'error:', process.stderr)} `
  remark(`${label}${failure.message}`)
  if (words.cause !== undefined) remark(words.cause)
  return exitCode
}

/** What a failure is called and which exit code it gives: 1 for the database and the model, 2 for wrong usage. */
export function describeFailure(error: unknown): Failure {
  // Nobody but the user aborts a call here.
  if (error instanceof InterruptedError || CallAbortedError.isInstance(error)) return interrupted
  if (error instanceof UsageError) return { code: 'USAGE', message: error.message, exitCode: 2 }
  if (!SelectAIError.isInstance(error)) return { code: 'UNEXPECTED', message: messageOf(error), exitCode: 1 }
  return { code: error.code, message: sentenceOf(error), exitCode: exitCodeOf(error), ...causeOf(error) }
}

function sentenceOf(error: SelectAIError): string {
  if (NoSqlGeneratedError.isInstance(error)) return `${error.message}\nThe model said: ${error.sentence}`
  if (!SelectAIArgumentError.isInstance(error)) return error.message
  const { argument, message } = error
  return `${optionNames[argument] ?? optionName(argument)}${message.slice(argument.length)}`
}

/** `options.chunkSize` is `--chunk-size`. */
function optionName(argument: string): string {
  const name = argument.split('.').at(-1) ?? argument
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}

function exitCodeOf(error: SelectAIError): number {
  return SelectAIArgumentError.isInstance(error) || ConfigurationError.isInstance(error) ? 2 : 1
}

function causeOf(error: SelectAIError): { readonly cause?: string } {
  // The words of JSON.parse say nothing that the model's sentence does not.
  if (error.cause === undefined || NoSqlGeneratedError.isInstance(error)) return {}
  return { cause: messageOf(error.cause) }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
