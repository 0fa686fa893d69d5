import { isActionName } from './actions.ts'

/** A statement of the form `SELECT AI [action] <prompt>`. */
export interface SelectAiText {
  /** Lower case. */
  readonly action: string
  /** As it was meant: quotes that are doubled in the statement are single here. */
  readonly prompt: string
}

/** What can follow a column of the name AI; nobody's question begins like that. */
const GOES_ON_AS_SQL = /^(?:$|[^\p{L}\p{N}\s"'¿¡]|(?:from|as)\b)/iu

/** Reads a statement; undefined when it is another one, for example a query of a column that is called AI. */
export function readSelectAi(text: string): SelectAiText | undefined {
  const [, rest] = /^\s*select\s+ai(?!\S)([\s\S]*)$/i.exec(text) ?? []
  if (rest === undefined || GOES_ON_AS_SQL.test(rest.trim())) return undefined
  const written = rest.trim().replaceAll("''", "'")
  const [, word = '', others = ''] = /^(\w+)\s*([\s\S]*)$/.exec(written) ?? []
  return isActionName(word) ? { action: word.toLowerCase(), prompt: others } : { action: 'runsql', prompt: written }
}
