import type { ColumnHint, ColumnHints } from './column-hint.ts'
import type { ColumnShape } from './table-shape.ts'

const QUOTED = /'([^']+)'|"([^"]+)"/g
const YEAR = /\b(?:19|20)\d{2}\b/g

/**
 * What a wish in words says about columns, as far as it is simple: values in quotes after the name of a column, a range of
 * numbers after one (`between 10 and 20`, `from 10 to 20`), and years, which count for all dates and years.
 */
export function promptHints(prompt: string, columns: readonly ColumnShape[]): ColumnHints {
  const hints = new Map<string, ColumnHint>()
  const years = [...prompt.matchAll(YEAR)].map(([year]) => Number(year))
  if (years.length > 0) {
    const hint = { low: Math.min(...years), high: Math.max(...years) }
    for (const column of columns) if (isDate(column) || /YEAR/.test(column.name)) hints.set(column.name, hint)
  }
  const mentions = mentionsOf(prompt, columns)
  for (const [index, { column, end }] of mentions.entries()) {
    const text = prompt.slice(end, mentions[index + 1]?.start)
    const values = [...text.matchAll(QUOTED)].map(([, single, double]) => single ?? double ?? '')
    if (values.length > 0 && isText(column)) hints.set(column.name, { values })
    const range = /\b(?:between|from)\s+(-?\d+(?:\.\d+)?)\s+(?:and|to)\s+(-?\d+(?:\.\d+)?)/i.exec(text)
    if (range !== null && isNumber(column)) hints.set(column.name, { low: Number(range[1]), high: Number(range[2]) })
  }
  return hints
}

interface Mention {
  readonly column: ColumnShape
  readonly start: number
  readonly end: number
}

/** Where the prompt speaks of which column; a longer name comes before one that is part of it. */
function mentionsOf(prompt: string, columns: readonly ColumnShape[]): readonly Mention[] {
  const mentions: Mention[] = []
  for (const column of columns.toSorted((left, right) => right.name.length - left.name.length)) {
    const words = column.name.split(/[_\W]+/).filter((word) => word !== '')
    const pattern = new RegExp(`(?<![\\p{L}\\p{N}_])${words.join('[_\\s]+')}(?:e?s)?(?![\\p{L}\\p{N}_])`, 'giu')
    for (const match of prompt.matchAll(pattern)) {
      const mention = { column, start: match.index, end: match.index + match[0].length }
      const isTaken = mentions.some(({ start, end }) => mention.start < end && start < mention.end)
      if (!isTaken) mentions.push(mention)
    }
  }
  return mentions.toSorted((left, right) => left.start - right.start)
}

export function isDate({ type }: ColumnShape): boolean {
  return type === 'DATE' || type.startsWith('TIMESTAMP')
}

export function isNumber({ type }: ColumnShape): boolean {
  return type === 'NUMBER' || type === 'BINARY_DOUBLE' || type === 'BINARY_FLOAT'
}

export function isText({ type }: ColumnShape): boolean {
  return /CHAR/.test(type) || type === 'CLOB' || type === 'NCLOB' || type === 'LONG'
}
