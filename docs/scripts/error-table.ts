import { problemOf } from '../../packages/core/src/routes/problem-table.ts'
import { type ErrorClass, readErrorClasses } from './error-classes.ts'
import { markdownTable } from './markdown-table.ts'

const internalStatus = problemOf('').status

/** Every error class with its code, from the classes' own sources, and the HTTP status from the routes' table. */
export function errorTable(): string {
  const rows = readErrorClasses().map((error) => [
    `<span id="${error.code.toLowerCase().replaceAll('_', '-')}"></span>[\`${error.name}\`](/api/@select-ai/core/classes/${error.name})<br>\`${error.code}\``,
    error.summary,
    error.retryable ? 'yes' : 'no',
    statusOf(error),
  ])
  return markdownTable(['Class, code', 'When', 'Retryable', 'HTTP status'], rows)
}

function statusOf({ code }: ErrorClass): string {
  // The prompt is the client's mistake; every other argument is the application's.
  if (code === 'INVALID_ARGUMENT') return `${problemOf(code).status} for the prompt, else ${internalStatus}`
  const { status, retryAfterSeconds } = problemOf(code)
  return retryAfterSeconds === undefined ? String(status) : `${status}, try again after ${retryAfterSeconds} s`
}
