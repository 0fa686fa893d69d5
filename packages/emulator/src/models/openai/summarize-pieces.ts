import type { SummarizeRequest } from '../model.ts'

/** A text up to this length is summarized at once. */
const LONGEST_PIECE = 24_000

/**
 * Summarizes a text of any length: pieces one by one and then their summaries (`map_reduce`), or each piece together with the
 * summary of those before (`iterative_refinement`).
 */
export async function summarizePieces(
  { content, chunkProcessing }: Pick<SummarizeRequest, 'content' | 'chunkProcessing'>,
  summarize: (text: string) => Promise<string>,
): Promise<string> {
  const pieces = piecesOf(content)
  if (chunkProcessing === 'iterative_refinement') {
    let summary = ''
    for (const piece of pieces) summary = await summarize(summary === '' ? piece : `${summary}\n\n${piece}`)
    return summary
  }
  const summaries: string[] = []
  for (const piece of pieces) summaries.push(await summarize(piece))
  return summaries.length === 1 ? (summaries[0] ?? '') : summarize(summaries.join('\n\n'))
}

/** Cuts between paragraphs where it can, else between words. */
function piecesOf(content: string): string[] {
  const pieces: string[] = []
  let rest = content
  while (rest.length > LONGEST_PIECE) {
    const head = rest.slice(0, LONGEST_PIECE)
    const cut = [head.lastIndexOf('\n\n'), head.lastIndexOf('\n'), head.lastIndexOf(' ')].find(
      (place) => place > LONGEST_PIECE / 2,
    )
    pieces.push(rest.slice(0, cut ?? LONGEST_PIECE))
    rest = rest.slice(cut ?? LONGEST_PIECE)
  }
  return [...pieces, rest]
}
