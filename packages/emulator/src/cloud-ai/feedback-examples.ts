import { tokenize } from '../models/offline/tokens.ts'
import type { Feedback } from './feedback-index.ts'

/** Words that say how somebody asks, not what about. */
const FILLERS = new Set(
  (
    'a an the of please kindly show me give tell list display find get what which who is are was were be there ' +
    'do does did we i you have has can could would us our my all'
  ).split(' '),
)

/** Of two questions that have so many of their words in common, one is an example for the other. */
const RELATED_SHARE = 0.5

/** Feedback on questions like this one; the latest first. */
export function relatedFeedback(feedback: readonly Feedback[], prompt: string): readonly Feedback[] {
  const asked = new Set(wordsOf(prompt))
  return feedback.filter((each) => shareOf(asked, new Set(wordsOf(each.prompt))) >= RELATED_SHARE).toReversed()
}

/** The SQL that feedback gives for this question, whatever a model thinks; undefined when there is none. */
export function sqlFromFeedback(feedback: readonly Feedback[], prompt: string): string | undefined {
  const asked = wordsOf(prompt).join(' ')
  return (
    feedback.find((each) => each.sqlQuery !== null && wordsOf(each.prompt).join(' ') === asked)?.sqlQuery ?? undefined
  )
}

/** A question without capitals, plurals and fillers. Numbers, values and signs stay: they decide what is asked. */
function wordsOf(prompt: string): string[] {
  return tokenize(prompt)
    .filter(({ kind, stem }) => stem !== ',' && !(kind === 'word' && FILLERS.has(stem)))
    .map(({ stem }) => stem)
}

function shareOf(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  const common = [...left].filter((word) => right.has(word)).length
  return common / Math.max(1, Math.min(left.size, right.size))
}
