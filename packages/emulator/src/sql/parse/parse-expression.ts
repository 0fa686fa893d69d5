import { AT_TIME_ZONE } from '../functions/date-functions.ts'
import { parseCallTail } from './parse-call.ts'
import { parseIsJson, parseJsonCall, startsJsonCall } from './parse-json.ts'
import { parseQuery, startsQuery } from './parse-query.ts'
import { parseTypeName } from './parse-type-name.ts'
import type { ComparisonOperator, Expression } from './syntax-tree.ts'
import type { TokenReader } from './token-reader.ts'

const COMPARISONS: Readonly<Record<string, ComparisonOperator>> = {
  '=': '=',
  '<>': '<>',
  '!=': '<>',
  '^=': '<>',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
}
const INTERVAL_FIELDS = ['YEAR', 'MONTH', 'DAY', 'HOUR', 'MINUTE', 'SECOND']

/** Reads a value or a condition; both share one grammar, since conditions are values of type BOOLEAN. */
export function parseExpression(reader: TokenReader): Expression {
  const start = reader.current.start
  let left = parseConjunction(reader)
  while (reader.takeWords('OR')) {
    left = { kind: 'or', left, right: parseConjunction(reader), start, end: reader.lastEnd }
  }
  return left
}

function parseConjunction(reader: TokenReader): Expression {
  const start = reader.current.start
  let left = parseNegatedCondition(reader)
  while (reader.takeWords('AND')) {
    left = { kind: 'and', left, right: parseNegatedCondition(reader), start, end: reader.lastEnd }
  }
  return left
}

function parseNegatedCondition(reader: TokenReader): Expression {
  const start = reader.current.start
  if (!reader.takeWords('NOT')) return parsePredicate(reader)
  return { kind: 'not', value: parseNegatedCondition(reader), start, end: reader.lastEnd }
}

function parsePredicate(reader: TokenReader): Expression {
  const start = reader.current.start
  if (reader.isWord('EXISTS') && reader.isSymbolAt(1, '(')) {
    reader.next()
    reader.expectOpen()
    const query = parseQuery(reader)
    reader.expectClose()
    return { kind: 'exists', query, start, end: reader.lastEnd }
  }
  let value = parseValue(reader)
  while (true) {
    const extended = parsePredicateTail(reader, value, start)
    if (extended === undefined) return value
    value = extended
  }
}

function parsePredicateTail(reader: TokenReader, value: Expression, start: number): Expression | undefined {
  const operator = reader.current.kind === 'symbol' ? COMPARISONS[reader.current.value] : undefined
  if (operator !== undefined) {
    reader.next()
    return parseComparison(reader, value, operator, start)
  }
  if (reader.takeWords('IS')) return parseIs(reader, value, start)
  const negated = reader.isWord('NOT') && reader.isWordAt(1, 'IN', 'LIKE', 'BETWEEN')
  if (negated) reader.next()
  if (reader.takeWords('IN')) {
    const choices = reader.isSymbol('(') ? parsePrimary(reader, true) : parseValue(reader)
    return { kind: 'in', value, choices, negated, start, end: reader.lastEnd }
  }
  if (reader.takeWords('LIKE')) {
    const pattern = parseValue(reader)
    const escaped = reader.takeWords('ESCAPE') ? { escape: parseValue(reader) } : {}
    return { kind: 'like', value, pattern, ...escaped, negated, start, end: reader.lastEnd }
  }
  if (reader.takeWords('BETWEEN')) {
    const low = parseValue(reader)
    reader.expectWord('AND', 905, 'missing keyword')
    return { kind: 'between', value, low, high: parseValue(reader), negated, start, end: reader.lastEnd }
  }
  return undefined
}

function parseComparison(
  reader: TokenReader,
  left: Expression,
  operator: ComparisonOperator,
  start: number,
): Expression {
  const quantifier = reader.isWord('ANY', 'SOME') ? 'ANY' : reader.isWord('ALL') ? 'ALL' : undefined
  if (quantifier === undefined || !reader.isSymbolAt(1, '(')) {
    return { kind: 'comparison', operator, left, right: parseValue(reader), start, end: reader.lastEnd }
  }
  reader.next()
  const right = parsePrimary(reader, true)
  return { kind: 'comparison', operator, left, right, quantifier, start, end: reader.lastEnd }
}

function parseIs(reader: TokenReader, value: Expression, start: number): Expression {
  const negated = reader.takeWords('NOT')
  if (reader.takeWords('NULL')) return { kind: 'is-null', value, negated, start, end: reader.lastEnd }
  if (reader.isWord('TRUE', 'FALSE')) {
    const expected = reader.next().value === 'TRUE'
    return { kind: 'is-boolean', value, expected, negated, start, end: reader.lastEnd }
  }
  if (reader.takeWords('JSON')) return parseIsJson(reader, value, negated, start)
  throw reader.error(908, 'missing NULL keyword')
}

/** Reads a value without comparison: sums, products, concatenations. */
export function parseValue(reader: TokenReader): Expression {
  const start = reader.current.start
  let left = parseProduct(reader)
  while (reader.isSymbol('+', '-', '||')) {
    const operator = reader.next().value
    const right = parseProduct(reader)
    const span = { start, end: reader.lastEnd }
    left =
      operator === '||'
        ? { kind: 'concatenation', left, right, ...span }
        : { kind: 'arithmetic', operator: operator as '+' | '-', left, right, ...span }
  }
  return left
}

function parseProduct(reader: TokenReader): Expression {
  const start = reader.current.start
  let left = parseSigned(reader)
  while (reader.isSymbol('*', '/')) {
    const operator = reader.next().value as '*' | '/'
    left = { kind: 'arithmetic', operator, left, right: parseSigned(reader), start, end: reader.lastEnd }
  }
  return left
}

function parseSigned(reader: TokenReader): Expression {
  const start = reader.current.start
  if (reader.takeSymbol('+')) return parseSigned(reader)
  if (reader.takeSymbol('-')) return { kind: 'negation', value: parseSigned(reader), start, end: reader.lastEnd }
  return parseTimeZone(reader, parsePrimary(reader, false), start)
}

/** `time AT TIME ZONE 'UTC'` and `time AT LOCAL`: a call of a function that has no name in SQL. */
function parseTimeZone(reader: TokenReader, time: Expression, start: number): Expression {
  if (!reader.isWord('AT') || !reader.isWordAt(1, 'TIME', 'LOCAL')) return time
  reader.next()
  const values = [{ value: time }]
  if (!reader.takeWords('LOCAL')) {
    reader.next()
    reader.expectWord('ZONE', 905, 'missing keyword')
    values.push({ value: parsePrimary(reader, false) })
  }
  const path = [{ name: AT_TIME_ZONE, quoted: true, start }]
  const call = {
    kind: 'call',
    path,
    arguments: values,
    star: false,
    distinct: false,
    start,
    end: reader.lastEnd,
  } as const
  return parseTimeZone(reader, call, start)
}

/** @param asList - whether parentheses make a list even around one expression, as after IN. */
function parsePrimary(reader: TokenReader, asList: boolean): Expression {
  const token = reader.current
  const start = token.start
  switch (token.kind) {
    case 'string':
      reader.next()
      return { kind: 'string', value: token.value, start, end: token.end }
    case 'number':
      reader.next()
      return { kind: 'number', value: token.value.replace(/[fFdD]$/, ''), start, end: token.end }
    case 'bind':
      reader.next()
      reader.bindNames.push(token.value)
      return { kind: 'bind', name: token.value, index: reader.bindNames.length - 1, start, end: token.end }
    case 'symbol':
      if (token.value === '(') return parseParenthesis(reader, asList)
      break
    case 'word':
      return parseWord(reader)
    case 'quoted':
      return parseNameOrCall(reader)
  }
  throw reader.error(936, 'missing expression')
}

function parseParenthesis(reader: TokenReader, asList: boolean): Expression {
  const start = reader.current.start
  if (startsQuery(reader)) {
    reader.expectOpen()
    const query = parseQuery(reader)
    reader.expectClose()
    return { kind: 'subquery', query, start, end: reader.lastEnd }
  }
  reader.expectOpen()
  const items = [parseExpression(reader)]
  while (reader.takeSymbol(',')) items.push(parseExpression(reader))
  reader.expectClose()
  const first = items[0] as Expression
  if (items.length === 1 && !asList) return { ...first, start, end: reader.lastEnd }
  return { kind: 'list', items, start, end: reader.lastEnd }
}

function parseWord(reader: TokenReader): Expression {
  const token = reader.current
  const span = { start: token.start, end: token.end }
  if (reader.takeWords('NULL')) return { kind: 'null', ...span }
  if (reader.isWord('TRUE', 'FALSE') && !reader.isSymbolAt(1, '.')) {
    reader.next()
    return { kind: 'boolean', value: token.value === 'TRUE', ...span }
  }
  if (reader.isWord('DATE', 'TIMESTAMP') && reader.peek(1).kind === 'string') {
    reader.next()
    const value = reader.string()
    return { kind: token.value === 'DATE' ? 'date' : 'timestamp', value, start: token.start, end: reader.lastEnd }
  }
  if (reader.isWord('INTERVAL') && reader.peek(1).kind === 'string') return parseInterval(reader)
  if (reader.isWord('CASE')) return parseCase(reader)
  if (reader.isWord('CAST') && reader.isSymbolAt(1, '(')) return parseCast(reader)
  if (reader.isWord('EXTRACT') && reader.isSymbolAt(1, '(')) return parseExtract(reader)
  if (startsJsonCall(reader)) return parseJsonCall(reader)
  const ancestor = parseAncestor(reader)
  if (ancestor !== undefined) return ancestor
  if (!reader.isName()) throw reader.error(936, 'missing expression')
  return parseNameOrCall(reader)
}

/** PRIOR and CONNECT_BY_ROOT with the value behind them. */
function parseAncestor(reader: TokenReader): Expression | undefined {
  const { start } = reader.current
  const follows = ['word', 'quoted'].includes(reader.peek(1).kind) || reader.isSymbolAt(1, '(')
  const isRoot = reader.isWord('CONNECT_BY_ROOT') && follows && !reader.isWordAt(1, 'FROM', 'AS')
  if (!reader.isWord('PRIOR') && !isRoot) return undefined
  reader.next()
  const value = parsePrimary(reader, false)
  return { kind: isRoot ? 'root' : 'prior', value, start, end: reader.lastEnd }
}

function parseNameOrCall(reader: TokenReader): Expression {
  const start = reader.current.start
  const path = reader.path(1747, 'invalid user.table.column, table.column, or column specification')
  if (reader.isSymbol('(')) return parseCallTail(reader, path, start)
  const outer = reader.takeSymbol('(+)')
  return { kind: 'name', path, outer, start, end: reader.lastEnd }
}

function parseCase(reader: TokenReader): Expression {
  const start = reader.next().start
  const operand = reader.isWord('WHEN') ? {} : { operand: parseExpression(reader) }
  const branches: { when: Expression; value: Expression }[] = []
  while (reader.takeWords('WHEN')) {
    const when = parseExpression(reader)
    reader.expectWord('THEN', 905, 'missing keyword')
    branches.push({ when, value: parseExpression(reader) })
  }
  if (branches.length === 0) throw reader.error(905, 'missing keyword')
  const otherwise = reader.takeWords('ELSE') ? { otherwise: parseExpression(reader) } : {}
  reader.expectWord('END', 905, 'missing keyword')
  return { kind: 'case', ...operand, branches, ...otherwise, start, end: reader.lastEnd }
}

function parseCast(reader: TokenReader): Expression {
  const start = reader.next().start
  reader.expectOpen()
  const value = parseExpression(reader)
  reader.expectWord('AS', 905, 'missing keyword')
  const type = parseTypeName(reader)
  const format = reader.takeSymbol(',') ? { format: parseExpression(reader) } : {}
  reader.expectClose()
  return { kind: 'cast', value, type, ...format, start, end: reader.lastEnd }
}

function parseExtract(reader: TokenReader): Expression {
  const start = reader.next().start
  reader.expectOpen()
  const field = reader.next().value
  if (![...INTERVAL_FIELDS, 'TIMEZONE_HOUR', 'TIMEZONE_MINUTE'].includes(field)) {
    throw reader.error(907, 'missing right parenthesis')
  }
  reader.expectWord('FROM', 905, 'missing keyword')
  const value = parseExpression(reader)
  reader.expectClose()
  return { kind: 'extract', field, value, start, end: reader.lastEnd }
}

function parseInterval(reader: TokenReader): Expression {
  const start = reader.next().start
  const value = reader.string()
  const from = intervalField(reader)
  const to = reader.takeWords('TO') ? intervalField(reader) : from
  return { kind: 'interval', value, from, to, start, end: reader.lastEnd }
}

function intervalField(reader: TokenReader): string {
  if (!reader.isWord(...INTERVAL_FIELDS)) throw reader.error(30089, 'missing or invalid <datetime field>')
  const field = reader.next().value
  if (reader.takeSymbol('(')) {
    reader.integer()
    if (reader.takeSymbol(',')) reader.integer()
    reader.expectClose()
  }
  return field
}
