import type { DocumentsRequest, Passage } from '../model.ts'
import { wordsOf } from '../words-of-text.ts'

const MOST_QUOTES = 3

const INTRODUCTION =
  'I am the offline model of the local emulator, not a language model. These sentences of the documents come closest to the question:'

interface Sentence {
  readonly text: string
  readonly weight: number
  readonly place: number
}

/** The sentences that share most words with the question, in the order of the passages. */
export function quoteDocuments({ prompt, passages }: DocumentsRequest): string {
  const asked = new Set(wordsOf(prompt))
  const sentences = passages.flatMap(sentencesOf)
  const unique = sentences.filter((text, place) => sentences.indexOf(text) === place)
  const weighed = unique.map((text, place) => ({ text, place, weight: weightOf(text, asked) }))
  const best = weighed
    .filter(({ weight }) => weight > 0)
    .sort(byWeight)
    .slice(0, MOST_QUOTES)
  if (best.length === 0) return `I found nothing in the documents about "${prompt.trim()}".`
  const quotes = best.sort((one, other) => one.place - other.place).map(({ text }) => `- ${text}`)
  return [INTRODUCTION, '', ...quotes].join('\n')
}

function sentencesOf({ text }: Passage): readonly string[] {
  return text
    .split(/(?<=[.!?])\s+|\s*\n\s*\n\s*/)
    .map((sentence) =>
      sentence
        .replace(/^[#>*\-\s]+/, '')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .filter((sentence) => sentence !== '')
}

/** How many of the words of the question are in the sentence; of two with as many, the shorter says it better. */
function weightOf(sentence: string, asked: ReadonlySet<string>): number {
  const words = new Set(wordsOf(sentence))
  const shared = [...words].filter((word) => asked.has(word)).length
  return shared === 0 ? 0 : shared + 1 / (1 + words.size)
}

function byWeight(one: Sentence, other: Sentence): number {
  return other.weight - one.weight || one.place - other.place
}
