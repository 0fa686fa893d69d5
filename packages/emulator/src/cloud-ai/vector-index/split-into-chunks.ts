/** A piece of a document. */
export interface Chunk {
  readonly text: string
  /** Place of its first character in the document, counted from 1. */
  readonly startOffset: number
  /** Place of its last character. */
  readonly endOffset: number
}

/** Where a piece may end, best first: after a paragraph, a sentence, a line, a word. */
const BORDERS = [/\n\s*\n/g, /[.!?]\s/g, /\n/g, /\s/g]

/**
 * Cuts a text into pieces of at most `size` characters, each of which repeats about the last `overlap` characters of the one
 * before. A piece ends at the end of a paragraph, sentence, line or word, when there is one in its second half.
 */
export function splitIntoChunks(text: string, size: number, overlap: number): readonly Chunk[] {
  const chunks: Chunk[] = []
  let start = 0
  while (start < text.length) {
    const end = endOf(text, start, size)
    const chunk = trimmed(text, start, end)
    if (chunk !== undefined) chunks.push(chunk)
    if (end >= text.length) break
    start = startOfNext(text, start, end, overlap)
  }
  return chunks
}

function endOf(text: string, start: number, size: number): number {
  if (start + size >= text.length) return text.length
  const piece = text.slice(start, start + size)
  for (const border of BORDERS) {
    const last = [...piece.matchAll(border)].at(-1)
    const end = last === undefined ? 0 : last.index + last[0].length
    if (end > size / 2) return start + end
  }
  return withoutHalf(text, start + size, start + 1)
}

/** Words are repeated whole. */
function startOfNext(text: string, start: number, end: number, overlap: number): number {
  const wanted = Math.max(end - overlap, start + 1)
  if (wanted >= end) return end
  const blank = text.slice(wanted - 1, end).search(/\s/)
  const next = blank === -1 ? withoutHalf(text, wanted, start + 1) : wanted + blank
  return Math.min(next, end)
}

/** The place, or the one before it when it would part a surrogate pair. */
function withoutHalf(text: string, place: number, least: number): number {
  const parts = place > 0 && /[\uD800-\uDBFF]/.test(text[place - 1] ?? '') && /[\uDC00-\uDFFF]/.test(text[place] ?? '')
  if (!parts) return place
  return place - 1 >= least ? place - 1 : place + 1
}

function trimmed(text: string, start: number, end: number): Chunk | undefined {
  const piece = text.slice(start, end)
  const content = piece.trim()
  if (content === '') return undefined
  const first = start + piece.indexOf(content)
  return { text: content, startOffset: first + 1, endOffset: first + content.length }
}
