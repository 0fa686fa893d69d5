import { type JsonSchema, objectSchema } from './json-schema.ts'
import { titleOf } from './problem-table.ts'
import type { RoutesPolicy } from './routes-policy.ts'

/** What a route takes and gives, as JSON Schemas. */
export interface RouteSchemas {
  /** The question: the parameters of the query for GET, the JSON body for POST. Absent: the route takes nothing. */
  readonly question?: JsonSchema
  /** For each status, the JSON that the route answers with; from 400 on these are problem documents. */
  readonly answers: Readonly<Record<number, JsonSchema>>
  /** For each event that the route streams when it is asked to, its data. Absent: the route does not stream. */
  readonly events?: Readonly<Record<StreamEvent, JsonSchema>>
}

/** The names of the server-sent events. `done` and `error` are the last of a stream. */
export type StreamEvent = 'status' | 'chunk' | 'done' | 'error'

const milliseconds: JsonSchema = { type: 'integer', minimum: 0 }

const problemProperties = {
  type: { type: 'string' },
  title: { type: 'string' },
  detail: { type: 'string', description: 'A sentence that is safe to show.' },
  code: { type: 'string', description: 'The failure, for programs.' },
  field: { type: 'string', description: 'The parameter or field that is wrong.' },
  requestId: { type: 'string', description: 'The identifier under which the operator finds the request.' },
} as const

/** A problem document (RFC 9457), of one status or of any. */
function problemSchema(status?: number): JsonSchema {
  const statusSchema: JsonSchema = status ? { type: 'integer', const: status } : { type: 'integer' }
  const description = status ? titleOf(status) : 'How the call failed.'
  return { ...objectSchema({ ...problemProperties, status: statusSchema }, ['field']), description }
}

/** The question of an action under the policy of its routes. */
export function questionSchema({ maxPromptCharacters, defaultProfile }: RoutesPolicy): JsonSchema {
  const profile = { type: 'string', minLength: 1, description: 'Name of an AI profile.' }
  const prompt = {
    type: 'string',
    maxLength: maxPromptCharacters,
    // Something that is not blank, and no control characters but tabs and line ends.
    pattern: '^(?=[\\s\\S]*\\S)[^\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F-\\u009F]*$',
    description: 'The question, in plain language.',
  }
  return objectSchema({ prompt, profile }, defaultProfile === undefined ? [] : ['profile'])
}

/** The events of a stream. */
export const eventSchemas: Readonly<Record<StreamEvent, JsonSchema>> = {
  status: objectSchema({ status: { type: 'string', enum: ['waiting', 'calling', 'reading', 'closing'] } }),
  chunk: objectSchema({ text: { type: 'string', description: 'The next piece of the answer.' } }),
  done: objectSchema({
    requestId: problemProperties.requestId,
    timings: objectSchema(
      { waitingMs: milliseconds, callingMs: milliseconds, readingMs: milliseconds, totalMs: milliseconds },
      ['waitingMs', 'callingMs', 'readingMs'],
    ),
  }),
  error: problemSchema(),
}

/** The answer with its failures. */
export function answersWith(answer: JsonSchema, failures: readonly number[]): RouteSchemas['answers'] {
  return Object.fromEntries([[200, answer], ...failures.map((status) => [status, problemSchema(status)] as const)])
}
