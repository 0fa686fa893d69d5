import { parseExpression, parseValue } from './parse-expression.ts'
import type { Expression, GroupItem } from './syntax-tree.ts'
import type { TokenReader } from './token-reader.ts'

/** Reads GROUP BY and HAVING, which may come in either order. */
export function parseGroupBy(reader: TokenReader): { groupBy: readonly GroupItem[]; having?: Expression } {
  let having = reader.takeWords('HAVING') ? parseExpression(reader) : undefined
  const groupBy: GroupItem[] = []
  if (reader.takeWords('GROUP')) {
    reader.expectWord('BY', 924, 'missing BY keyword')
    do groupBy.push(parseItem(reader))
    while (reader.takeSymbol(','))
  }
  if (having === undefined && reader.takeWords('HAVING')) having = parseExpression(reader)
  return { groupBy, ...(having === undefined ? {} : { having }) }
}

function parseItem(reader: TokenReader): GroupItem {
  if (reader.isWord('ROLLUP') && reader.isSymbolAt(1, '(')) {
    reader.next()
    const parts = parseParts(reader)
    return {
      kind: 'sets',
      sets: Array.from({ length: parts.length + 1 }, (_, drop) => parts.slice(0, parts.length - drop).flat()),
    }
  }
  if (reader.isWord('CUBE') && reader.isSymbolAt(1, '(')) {
    reader.next()
    return { kind: 'sets', sets: subsets(parseParts(reader)) }
  }
  if (reader.isWord('GROUPING') && reader.isWordAt(1, 'SETS')) {
    reader.takeWords('GROUPING', 'SETS')
    return { kind: 'sets', sets: parseParts(reader) }
  }
  return { kind: 'expression', value: parseExpression(reader) }
}

/** A parenthesised list whose elements are single expressions or parenthesised lists. */
function parseParts(reader: TokenReader): readonly (readonly Expression[])[] {
  reader.expectOpen()
  const parts: (readonly Expression[])[] = []
  do parts.push(parsePart(reader))
  while (reader.takeSymbol(','))
  reader.expectClose()
  return parts
}

function parsePart(reader: TokenReader): readonly Expression[] {
  if (reader.isSymbol('(') && reader.isSymbolAt(1, ')')) {
    reader.position += 2
    return []
  }
  const value = parseValue(reader)
  return value.kind === 'list' ? value.items : [value]
}

function subsets(parts: readonly (readonly Expression[])[]): readonly (readonly Expression[])[] {
  if (parts.length === 0) return [[]]
  const [first = [], ...rest] = parts
  const without = subsets(rest)
  return [...without.map((set) => [...first, ...set]), ...without]
}
