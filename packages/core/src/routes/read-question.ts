import { type Problem, problemOf } from './problem-table.ts'
import type { RoutesPolicy } from './routes-policy.ts'

export interface Question {
  readonly prompt: string
  readonly profile: string
}

// Tabs and line ends belong to text; every other control character is noise or an attack on a terminal or a log.
const controlCharacter = /[^\P{Cc}\t\n\r]/u

/** Where a question stands: what messages call its place and its parts. */
export interface QuestionPlace {
  readonly place: string
  readonly part: string
  readonly wrongType: string
}

export const inQuery: QuestionPlace = {
  place: 'query',
  part: 'query parameter',
  wrongType: 'must be given once, as text.',
}
export const inBody: QuestionPlace = { place: 'body', part: 'field', wrongType: 'must be a text.' }

/** Reads `prompt` and `profile`, or says which of them is wrong and how. */
export function readQuestion(
  fields: Readonly<Record<string, unknown>>,
  { place, part, wrongType }: QuestionPlace,
  policy: RoutesPolicy,
): Question | Problem {
  for (const name of Object.keys(fields)) {
    if (name === 'prompt' || name === 'profile') continue
    return badRequest(`The ${place} has a ${part} that is not known here. Known are: prompt, profile.`)
  }
  const { prompt, profile = policy.defaultProfile } = fields
  const wrong = (field: string, how: string): Problem => badRequest(`The ${part} '${field}' ${how}`, field)
  if (prompt === undefined) return wrong('prompt', 'is missing.')
  if (typeof prompt !== 'string') return wrong('prompt', wrongType)
  if (prompt.trim() === '') return wrong('prompt', 'is empty.')
  if (isLongerThan(prompt, policy.maxPromptCharacters)) {
    return wrong('prompt', `is longer than ${policy.maxPromptCharacters} characters.`)
  }
  if (controlCharacter.test(prompt)) return wrong('prompt', 'contains control characters.')
  if (profile === undefined) return wrong('profile', 'is missing.')
  if (typeof profile !== 'string') return wrong('profile', wrongType)
  if (profile === '') return wrong('profile', 'is empty.')
  return { prompt, profile }
}

function badRequest(detail: string, field?: string): Problem {
  return { ...problemOf('INVALID_ARGUMENT'), detail, ...(field && { field }) }
}

/** Counts code points, without walking a text that is far too long. */
function isLongerThan(text: string, limit: number): boolean {
  if (text.length <= limit) return false
  return text.length > 2 * limit || Array.from(text).length > limit
}
