/** A document that an answer was made from. */
export interface AnswerSource {
  /** What the document is called. */
  readonly name: string
  /** Its address, when the database told it. */
  readonly uri?: string
  /** Where in the document the passages are, when the profile has `enable_source_offsets`; counted from 1. */
  readonly offsets?: readonly SourceOffsets[]
}

/** A passage of a document: the places of its first and its last character. */
export interface SourceOffsets {
  /** The first character. */
  readonly start: number
  /** The last character. */
  readonly end: number
}

/** An answer from documents, apart from the list of its sources. */
export interface SourcedAnswer {
  /** The answer without the list. */
  readonly answer: string
  /** The documents in the order of the list; empty when there is none. */
  readonly sources: readonly AnswerSource[]
}

/** What the list begins with, on a line of its own. */
const heading = /^[ \t]*Sources:[ \t]*$/gim
const item = /^\s*[-*•]\s+(\S.*)$/
/** An address may hold parentheses itself, but no blanks. */
const address = /\s+\(([a-z][a-z\d+.-]*:\S*)\)(?=\s|$)/i
const range = /(\d+)\D+(\d+)/g

/**
 * Takes the list of sources off the end of an answer, as the database writes it: a line `Sources:`, and below it one line
 * `- name (address)` for each document, with pairs of offsets behind the address when the profile asks for them. An answer
 * without such a list at its end is given back as it is, with no sources.
 *
 * @example
 * const { answer, sources } = parseSources('Dial 112.\n\nSources:\n  - safety.txt (https://example.com/safety.txt)')
 * console.log(answer, sources[0]?.uri) // Dial 112. https://example.com/safety.txt
 */
export function parseSources(text: string): SourcedAnswer {
  const last = [...text.matchAll(heading)].at(-1)
  if (last === undefined) return { answer: text, sources: [] }
  const lines = text.slice(last.index + last[0].length).split(/\r?\n/)
  const items = lines.filter((line) => line.trim() !== '').map((line) => item.exec(line)?.[1]?.trim())
  // Anything else below the heading is a part of the answer.
  if (items.length === 0 || items.includes(undefined)) return { answer: text, sources: [] }
  const sources = items.flatMap((each) => (each === undefined ? [] : [sourceOf(each)]))
  return Object.freeze({ answer: text.slice(0, last.index).trimEnd(), sources: Object.freeze(sources) })
}

function sourceOf(line: string): AnswerSource {
  const found = address.exec(line)
  if (found === null) return Object.freeze({ name: line })
  const offsets = [...line.slice(found.index + found[0].length).matchAll(range)].map(([, start, end]) =>
    Object.freeze({ start: Number(start), end: Number(end) }),
  )
  return Object.freeze({
    name: line.slice(0, found.index),
    uri: found[1] as string,
    ...(offsets.length === 0 ? {} : { offsets: Object.freeze(offsets) }),
  })
}
