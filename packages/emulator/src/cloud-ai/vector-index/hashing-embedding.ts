import { wordsOf } from '../../models/words-of-text.ts'

/**
 * A vector for a text, of length 1: each word adds to or takes from one dimension, which its hash decides. Texts that share
 * words are near each other, whatever the order, and the same text always has the same vector. A text without words is the
 * zero vector.
 */
export function embedText(text: string, dimension: number): readonly number[] {
  const counts = new Map<string, number>()
  for (const word of wordsOf(text)) counts.set(word, (counts.get(word) ?? 0) + 1)
  const vector = new Array<number>(dimension).fill(0)
  for (const [word, count] of counts) {
    const hash = hashOf(word)
    const place = hash % dimension
    vector[place] = (vector[place] ?? 0) + (hash & 0x8000_0000 ? -1 : 1) * (1 + Math.log(count))
  }
  const length = Math.hypot(...vector)
  return length === 0 ? vector : vector.map((value) => value / length)
}

/** FNV-1a, 32 bits. */
function hashOf(word: string): number {
  let hash = 0x811c_9dc5
  for (const byte of Buffer.from(word)) hash = Math.imul(hash ^ byte, 0x0100_0193) >>> 0
  return hash
}
