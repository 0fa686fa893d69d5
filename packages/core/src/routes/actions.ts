import { NoSqlGeneratedError } from '../errors/no-sql-generated-error.ts'
import { type JsonSchema, objectSchema } from './json-schema.ts'
import type { RouteCallOptions, RouteProfile } from './route-pool.ts'

/** The actions that can be mounted as routes, by the name of their path. */
export type RouteAction = 'chat' | 'show_sql' | 'explain_sql' | 'run_sql' | 'narrate' | 'show_prompt'

type Ask<Result> = (profile: RouteProfile, prompt: string, options: RouteCallOptions) => Promise<Result>

interface ActionDescription {
  readonly summary: string
  /** The schema of the response's JSON object. */
  readonly schema: JsonSchema
}

/** An action whose answer is a text, which can be streamed. */
interface TextAction extends ActionDescription {
  /** Name of the text in the response's JSON object. */
  readonly member: string
  readonly text: Ask<string>
}

/** An action whose answer is more than a text. */
interface ObjectAction extends ActionDescription {
  readonly text?: undefined
  /** Makes the call and returns the response's JSON object. */
  object(profile: RouteProfile, prompt: string, options: RouteCallOptions, limits: AnswerLimits): Promise<object>
}

export type ActionDefinition = TextAction | ObjectAction

interface AnswerLimits {
  readonly maxRows: number
}

export const actionDefinitions: Readonly<Record<RouteAction, ActionDefinition>> = {
  chat: textAction(
    'response',
    'Answers the prompt with text from the model; the database objects play no part.',
    (profile, prompt, options) => profile.chat(prompt, options),
  ),
  show_sql: textAction(
    'sql',
    'Turns the question into SQL and returns the statement without running it.',
    async (profile, prompt, options) => statementOf(await profile.showSql(prompt, options)),
  ),
  explain_sql: textAction(
    'explanation',
    'Turns the question into SQL and explains the statement without running it.',
    (profile, prompt, options) => profile.explainSql(prompt, options),
  ),
  run_sql: {
    summary: 'Turns the question into SQL, runs it as the database user and returns the rows.',
    schema: objectSchema({
      rows: { type: 'array', items: { type: 'object' }, description: 'Each row with its columns by name.' },
      columns: { type: 'array', items: { type: 'string' } },
      truncated: { type: 'boolean', description: 'Whether there were more rows than this service passes on.' },
    }),
    object: async (profile, prompt, options, { maxRows }) => {
      const { rows, columns } = await profile.runSql(prompt, options)
      return { rows: rows.slice(0, maxRows), columns, truncated: rows.length > maxRows }
    },
  },
  narrate: textAction(
    'response',
    'Turns the question into SQL, runs it as the database user and tells the result in words.',
    (profile, prompt, options) => profile.narrate(prompt, options),
  ),
  show_prompt: textAction(
    'prompt',
    'Returns the prompt that the database would send to the model.',
    (profile, prompt, options) => profile.showPrompt(prompt, options),
  ),
}

/** Every action that can be mounted. None is mounted unless it is listed in the options. */
export const routeActions: readonly RouteAction[] = Object.freeze(Object.keys(actionDefinitions) as RouteAction[])

/** An action whose answer is a text, under its name in the JSON object. */
function textAction(member: string, summary: string, text: Ask<string>): TextAction {
  return { summary, schema: objectSchema({ [member]: { type: 'string' } }), member, text }
}

const startOfQuery = /^[\s(]*(?:select\b|with\b|--|\/\*)/i

/** The database answers with a sentence when the model found no SQL; a client must not take that for a statement. */
function statementOf(answer: string): string {
  if (startOfQuery.test(answer)) return answer
  throw new NoSqlGeneratedError({ sentence: answer })
}
