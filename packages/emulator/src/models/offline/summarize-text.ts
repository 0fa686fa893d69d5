import type { SummarizeRequest } from '../model.ts'

type SummaryWishes = Pick<SummarizeRequest, 'content' | 'userPrompt' | 'minWords' | 'maxWords' | 'style'>

interface Sentence {
  readonly text: string
  readonly words: readonly string[]
  readonly place: number
}

/** Without a wish, a summary has about a quarter of the words, within these bounds. */
const SHORTEST = 20
const LONGEST = 150
/** Shorter words, such as articles, say little about what a text is about. */
const SHORTEST_TELLING_WORD = 4

/**
 * The sentences that say most, in the order of the text: those whose words come up often in it or in the wish, and the first.
 * All words are those of the text, whatever the extractiveness.
 */
export function summarizeText(wishes: SummaryWishes): string {
  const { minWords = 1, style } = wishes
  const sentences = sentencesOf(wishes.content)
  const budget = wishes.maxWords ?? Math.max(minWords, defaultBudget(sentences))
  const ranked = byWeight(sentences, wishes)
  const chosen: Sentence[] = []
  let left = budget
  for (const sentence of ranked) {
    if (sentence.words.length > left) continue
    chosen.push(sentence)
    left -= sentence.words.length
  }
  const next = ranked.find((sentence) => !chosen.includes(sentence))
  if (next !== undefined && budget - left < minWords) chosen.push(cut(next, left))
  const texts = chosen.sort((one, other) => one.place - other.place).map(({ text }) => text)
  return style === 'list' ? texts.map((text) => `- ${text}`).join('\n') : texts.join(' ')
}

function sentencesOf(content: string): readonly Sentence[] {
  return content
    .split(/(?<=[.!?])\s+|\s*\n\s*/)
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .map((text, place) => ({ text, words: text.split(/\s+/), place }))
}

function defaultBudget(sentences: readonly Sentence[]): number {
  const words = sentences.reduce((sum, sentence) => sum + sentence.words.length, 0)
  return Math.min(LONGEST, Math.max(SHORTEST, Math.ceil(words / 4)))
}

function byWeight(sentences: readonly Sentence[], { userPrompt }: SummaryWishes): readonly Sentence[] {
  const counts = new Map<string, number>()
  for (const word of sentences.flatMap(tellingWords)) counts.set(word, (counts.get(word) ?? 0) + 1)
  const wished = new Set(userPrompt === undefined ? [] : sentencesOf(userPrompt).flatMap(tellingWords))
  const weights = new Map(sentences.map((sentence) => [sentence, weigh(sentence, counts, wished)]))
  return [...sentences].sort((one, other) => (weights.get(other) ?? 0) - (weights.get(one) ?? 0))
}

function weigh(sentence: Sentence, counts: ReadonlyMap<string, number>, wished: ReadonlySet<string>): number {
  const words = tellingWords(sentence)
  if (words.length === 0) return 0
  const mean = words.reduce((sum, word) => sum + (counts.get(word) ?? 0), 0) / words.length
  // More than any sentence that nobody asked for can have.
  const wishedFor = words.some((word) => wished.has(word)) ? 1_000_000 : 1
  return mean * wishedFor * (sentence.place === 0 ? 2 : 1)
}

function tellingWords({ words }: Sentence): readonly string[] {
  return words
    .map((word) => word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ''))
    .filter((word) => word.length >= SHORTEST_TELLING_WORD)
}

function cut({ words, place }: Sentence, most: number): Sentence {
  const kept = words.slice(0, most)
  return { text: `${kept.join(' ')} ...`, words: kept, place }
}
