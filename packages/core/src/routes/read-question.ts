import { type Problem, problemOf } from './problem-table.ts'
import type { RoutesPolicy } from './routes-policy.ts'

export interface Question {
  readonly prompt: string
  readonly profile: string
}

const parameters: ReadonlySet<string> = new Set(['prompt', 'profile'])
// Tabs and line ends belong to text; every other control character is noise or an attack on a terminal or a log.
const controlCharacter = /[^\P{Cc}\t\n\r]/u

/** Reads `prompt` and `profile` from the query, or says what is wrong with them. */
export function readQuestion(query: Readonly<Record<string, unknown>>, policy: RoutesPolicy): Question | Problem {
  if (Object.keys(query).some((name) => !parameters.has(name))) {
    return badRequest('The query has a parameter that is not known here. Known are: prompt, profile.')
  }
  const { prompt, profile = policy.defaultProfile } = query
  if (prompt === undefined) return badRequest("The query parameter 'prompt' is missing.")
  if (typeof prompt !== 'string') return badRequest("The query parameter 'prompt' must be given once, as text.")
  if (prompt.trim() === '') return badRequest("The query parameter 'prompt' is empty.")
  if (isLongerThan(prompt, policy.maxPromptCharacters)) {
    return badRequest(`The query parameter 'prompt' is longer than ${policy.maxPromptCharacters} characters.`)
  }
  if (controlCharacter.test(prompt)) return badRequest("The query parameter 'prompt' contains control characters.")
  if (profile === undefined) return badRequest("The query parameter 'profile' is missing.")
  if (typeof profile !== 'string') return badRequest("The query parameter 'profile' must be given once, as text.")
  if (profile === '') return badRequest("The query parameter 'profile' is empty.")
  return { prompt, profile }
}

function badRequest(detail: string): Problem {
  return { ...problemOf('INVALID_ARGUMENT'), detail }
}

/** Counts code points, without walking a text that is far too long. */
function isLongerThan(text: string, limit: number): boolean {
  if (text.length <= limit) return false
  return text.length > 2 * limit || Array.from(text).length > limit
}
