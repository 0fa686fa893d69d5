import { parseExpression, parseValue } from './parse-expression.ts'
import { parseOrderBy } from './parse-query.ts'
import type {
  Argument,
  CallExpression,
  Expression,
  Frame,
  FrameBound,
  Identifier,
  OrderItem,
  WindowClause,
} from './syntax-tree.ts'
import type { TokenReader } from './token-reader.ts'

/** Reads what follows a function's name: arguments, WITHIN GROUP, KEEP, OVER. */
export function parseCallTail(reader: TokenReader, path: readonly Identifier[], start: number): CallExpression {
  reader.expectOpen()
  const name = path.length === 1 ? path[0]?.name : undefined
  if (name === 'TRIM' && !path[0]?.quoted) return finishTrim(reader, path, start)
  let star = false
  let distinct = false
  let ignoreNulls: boolean | undefined
  let truncate: CallExpression['truncate']
  const values: Argument[] = []
  if (reader.isSymbol('*') && reader.isSymbolAt(1, ')')) {
    reader.next()
    star = true
  } else if (!reader.isSymbol(')')) {
    distinct = reader.takeWords('DISTINCT') || reader.takeWords('UNIQUE')
    if (!distinct && reader.isWord('ALL')) reader.next()
    do values.push(parseArgument(reader))
    while (reader.takeSymbol(','))
    ignoreNulls = parseNullTreatment(reader)
    if (name === 'LISTAGG') truncate = parseListaggOverflow(reader)
  }
  reader.expectClose()
  ignoreNulls ??= parseNullTreatment(reader)
  const withinGroup = parseWithinGroup(reader)
  const keep = parseKeep(reader)
  const over = parseOver(reader)
  return {
    kind: 'call',
    path,
    arguments: values,
    star,
    distinct,
    ...(withinGroup === undefined ? {} : { withinGroup }),
    ...(keep === undefined ? {} : { keep }),
    ...(ignoreNulls === undefined ? {} : { ignoreNulls }),
    ...(truncate === undefined ? {} : { truncate }),
    ...(over === undefined ? {} : { over }),
    start,
    end: reader.lastEnd,
  }
}

function parseArgument(reader: TokenReader): Argument {
  if ((reader.current.kind === 'word' || reader.current.kind === 'quoted') && reader.isSymbolAt(1, '=>')) {
    const token = reader.next()
    reader.next()
    const name = { name: token.value, quoted: token.kind === 'quoted', start: token.start }
    return { name, value: parseExpression(reader) }
  }
  return { value: parseExpression(reader) }
}

/** TRIM([LEADING | TRAILING | BOTH] [characters FROM] text) becomes a call with the side as its first argument. */
function finishTrim(reader: TokenReader, path: readonly Identifier[], start: number): CallExpression {
  const here = reader.current.start
  const side = reader.isWord('LEADING', 'TRAILING', 'BOTH') ? reader.next().value : 'BOTH'
  const first = reader.takeWords('FROM') ? undefined : parseExpression(reader)
  const hasSource = first === undefined || reader.takeWords('FROM')
  const source = hasSource ? parseExpression(reader) : first
  reader.expectClose()
  const text = (value: string): Argument => ({ value: { kind: 'string', value, start: here, end: here } })
  const characters: Argument = hasSource && first !== undefined ? { value: first } : text(' ')
  return {
    kind: 'call',
    path,
    arguments: [text(side), characters, { value: source as Expression }],
    star: false,
    distinct: false,
    start,
    end: reader.lastEnd,
  }
}

function parseNullTreatment(reader: TokenReader): boolean | undefined {
  if (reader.takeWords('IGNORE', 'NULLS')) return true
  return reader.takeWords('RESPECT', 'NULLS') ? false : undefined
}

/** ON OVERFLOW ERROR is what happens anyway. */
function parseListaggOverflow(reader: TokenReader): CallExpression['truncate'] {
  if (!reader.takeWords('ON', 'OVERFLOW') || reader.takeWords('ERROR')) return undefined
  reader.expectWord('TRUNCATE', 905, 'missing keyword')
  const indicator = reader.current.kind === 'string' ? reader.string() : '...'
  const withCount = !reader.takeWords('WITHOUT', 'COUNT')
  if (withCount) reader.takeWords('WITH', 'COUNT')
  return { indicator, withCount }
}

function parseWithinGroup(reader: TokenReader): readonly OrderItem[] | undefined {
  if (!reader.isWord('WITHIN') || !reader.isWordAt(1, 'GROUP')) return undefined
  reader.takeWords('WITHIN', 'GROUP')
  reader.expectOpen()
  const items = parseOrderBy(reader)
  reader.expectClose()
  return items
}

function parseKeep(reader: TokenReader): CallExpression['keep'] {
  if (!reader.isWord('KEEP') || !reader.isSymbolAt(1, '(')) return undefined
  reader.next()
  reader.expectOpen()
  reader.expectWord('DENSE_RANK', 905, 'missing keyword')
  if (!reader.isWord('FIRST', 'LAST')) throw reader.error(905, 'missing keyword')
  const position = reader.next().value as 'FIRST' | 'LAST'
  const orderBy = parseOrderBy(reader)
  reader.expectClose()
  return { position, orderBy }
}

function parseOver(reader: TokenReader): WindowClause | undefined {
  if (!reader.isWord('OVER') || !reader.isSymbolAt(1, '(')) return undefined
  reader.next()
  reader.expectOpen()
  const partitionBy: Expression[] = []
  if (reader.takeWords('PARTITION', 'BY')) {
    do partitionBy.push(parseValue(reader))
    while (reader.takeSymbol(','))
  }
  const orderBy = reader.isWord('ORDER') ? parseOrderBy(reader) : []
  const frame = parseFrame(reader)
  reader.expectClose()
  return { partitionBy, orderBy, ...(frame === undefined ? {} : { frame }) }
}

function parseFrame(reader: TokenReader): Frame | undefined {
  if (!reader.isWord('ROWS', 'RANGE')) return undefined
  const unit = reader.next().value as 'ROWS' | 'RANGE'
  if (!reader.takeWords('BETWEEN')) return { unit, from: parseFrameBound(reader), to: { kind: 'CURRENT ROW' } }
  const from = parseFrameBound(reader)
  reader.expectWord('AND', 905, 'missing keyword')
  return { unit, from, to: parseFrameBound(reader) }
}

function parseFrameBound(reader: TokenReader): FrameBound {
  if (reader.takeWords('UNBOUNDED', 'PRECEDING')) return { kind: 'UNBOUNDED PRECEDING' }
  if (reader.takeWords('UNBOUNDED', 'FOLLOWING')) return { kind: 'UNBOUNDED FOLLOWING' }
  if (reader.takeWords('CURRENT', 'ROW')) return { kind: 'CURRENT ROW' }
  const value = parseValue(reader)
  if (reader.takeWords('PRECEDING')) return { kind: 'PRECEDING', value }
  if (reader.takeWords('FOLLOWING')) return { kind: 'FOLLOWING', value }
  throw reader.error(905, 'missing keyword')
}
