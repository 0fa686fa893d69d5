import type { Passage } from '../../models/model.ts'

/**
 * The list of sources at the end of an answer, each document once, the nearest first; with offsets the places of its passages
 * in it. Empty when there are no passages.
 */
export function sourcesText(passages: readonly Passage[], { offsets }: { readonly offsets: boolean }): string {
  if (passages.length === 0) return ''
  const uris = [...new Set(passages.map(({ uri }) => uri))]
  const lines = uris.map((uri) => {
    const ofDocument = passages.filter((passage) => passage.uri === uri)
    const places = ofDocument.map(({ startOffset, endOffset }) => `${startOffset}-${endOffset}`)
    return `  - ${ofDocument[0]?.source} (${uri})${offsets ? ` [${places.join(', ')}]` : ''}`
  })
  return `\n\nSources:\n${lines.join('\n')}`
}
