import { NoSqlGeneratedError } from '../errors/no-sql-generated-error.ts'
import type { RouteCallOptions, RouteProfile } from './route-pool.ts'

/** The actions that can be mounted as routes, by the name of their path. */
export type RouteAction = 'chat' | 'show_sql' | 'explain_sql' | 'run_sql' | 'narrate' | 'show_prompt'

export interface ActionDefinition {
  readonly summary: string
  /** Makes the call and returns the response's JSON object. */
  answer(profile: RouteProfile, prompt: string, options: RouteCallOptions, limits: AnswerLimits): Promise<object>
}

export interface AnswerLimits {
  readonly maxRows: number
}

export const actionDefinitions: Readonly<Record<RouteAction, ActionDefinition>> = {
  chat: {
    summary: 'Answers the prompt with text from the model; the database objects play no part.',
    answer: async (profile, prompt, options) => ({ response: await profile.chat(prompt, options) }),
  },
  show_sql: {
    summary: 'Turns the question into SQL and returns the statement without running it.',
    answer: async (profile, prompt, options) => ({ sql: statementOf(await profile.showSql(prompt, options)) }),
  },
  explain_sql: {
    summary: 'Turns the question into SQL and explains the statement without running it.',
    answer: async (profile, prompt, options) => ({ explanation: await profile.explainSql(prompt, options) }),
  },
  run_sql: {
    summary: 'Turns the question into SQL, runs it as the database user and returns the rows.',
    answer: async (profile, prompt, options, { maxRows }) => {
      const { rows, columns } = await profile.runSql(prompt, options)
      return { rows: rows.slice(0, maxRows), columns, truncated: rows.length > maxRows }
    },
  },
  narrate: {
    summary: 'Turns the question into SQL, runs it as the database user and tells the result in words.',
    answer: async (profile, prompt, options) => ({ response: await profile.narrate(prompt, options) }),
  },
  show_prompt: {
    summary: 'Returns the prompt that the database would send to the model.',
    answer: async (profile, prompt, options) => ({ prompt: await profile.showPrompt(prompt, options) }),
  },
}

/** Every action that can be mounted. None is mounted unless it is listed in the options. */
export const routeActions: readonly RouteAction[] = Object.freeze(Object.keys(actionDefinitions) as RouteAction[])

const startOfQuery = /^[\s(]*(?:select\b|with\b|--|\/\*)/i

/** The database answers with a sentence when the model found no SQL; a client must not take that for a statement. */
function statementOf(answer: string): string {
  if (startOfQuery.test(answer)) return answer
  throw new NoSqlGeneratedError({ sentence: answer })
}
