import { OracleNumber } from '../values/oracle-number.ts'
import { NUMBER } from '../values/oracle-type.ts'
import { parseSpecialWord } from './parse-special-word.ts'
import { textLiteral } from './plsql-value.ts'
import type { Argument, BinaryOperator, Expression, Reference, ReferencePart } from './syntax.ts'
import type { TokenStream } from './token-stream.ts'

const COMPARISONS: Readonly<Record<string, BinaryOperator>> = {
  '=': '=',
  '<>': '<>',
  '!=': '<>',
  '~=': '<>',
  '^=': '<>',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
}
const ADDITIVE = new Set(['+', '-', '||'])
const CURSOR_ATTRIBUTES = new Set(['FOUND', 'NOTFOUND', 'ISOPEN', 'ROWCOUNT'])

/** @throws OracleError PLS-00103 */
export function parseExpression(stream: TokenStream): Expression {
  return parseOr(stream)
}

function parseOr(stream: TokenStream): Expression {
  let left = parseAnd(stream)
  while (stream.isWord('OR')) {
    const { start: at } = stream.next()
    left = { kind: 'binary', at, operator: 'OR', left, right: parseAnd(stream) }
  }
  return left
}

function parseAnd(stream: TokenStream): Expression {
  let left = parseNot(stream)
  while (stream.isWord('AND')) {
    const { start: at } = stream.next()
    left = { kind: 'binary', at, operator: 'AND', left, right: parseNot(stream) }
  }
  return left
}

function parseNot(stream: TokenStream): Expression {
  if (!stream.isWord('NOT')) return parseCondition(stream)
  const { start: at } = stream.next()
  return { kind: 'unary', at, operator: 'NOT', operand: parseNot(stream) }
}

function parseCondition(stream: TokenStream): Expression {
  let left = parseAdditive(stream)
  for (;;) {
    const next = parseConditionTail(stream, left)
    if (next === undefined) return left
    left = next
  }
}

function parseConditionTail(stream: TokenStream, operand: Expression): Expression | undefined {
  const { start: at, kind, value: text } = stream.peek()
  const comparison = kind === 'symbol' ? COMPARISONS[text] : undefined
  if (comparison !== undefined) {
    stream.next()
    return { kind: 'binary', at, operator: comparison, left: operand, right: parseAdditive(stream) }
  }
  if (stream.takeWords('IS')) {
    const negated = stream.takeWords('NOT')
    stream.expectWord('NULL')
    return { kind: 'isNull', at, operand, negated }
  }
  const negated = stream.isWord('NOT') && ['LIKE', 'BETWEEN', 'IN'].some((word) => stream.isWord(word, 1))
  if (negated) stream.next()
  if (stream.takeWords('LIKE')) return parseLike(stream, at, operand, negated)
  if (stream.takeWords('BETWEEN')) {
    const low = parseAdditive(stream)
    stream.expectWord('AND')
    return { kind: 'between', at, operand, low, high: parseAdditive(stream), negated }
  }
  if (stream.isWord('IN') && stream.isSymbol('(', 1)) {
    stream.next()
    stream.next()
    const items = parseList(stream, parseExpression)
    stream.expectSymbol(')')
    return { kind: 'in', at, operand, items, negated }
  }
  return undefined
}

function parseLike(stream: TokenStream, at: number, operand: Expression, negated: boolean): Expression {
  const pattern = parseAdditive(stream)
  if (!stream.takeWords('ESCAPE')) return { kind: 'like', at, operand, pattern, negated }
  return { kind: 'like', at, operand, pattern, escape: parseAdditive(stream), negated }
}

function parseAdditive(stream: TokenStream): Expression {
  let left = parseMultiplicative(stream)
  for (;;) {
    const { start: at, kind, value: text } = stream.peek()
    if (kind !== 'symbol' || !ADDITIVE.has(text)) return left
    stream.next()
    left = { kind: 'binary', at, operator: text as BinaryOperator, left, right: parseMultiplicative(stream) }
  }
}

function parseMultiplicative(stream: TokenStream): Expression {
  let left = parseUnary(stream)
  for (;;) {
    const { start: at, kind, value: text } = stream.peek()
    const isOperator = kind === 'symbol' ? text === '*' || text === '/' : kind === 'word' && /^(MOD|REM)$/.test(text)
    if (!isOperator) return left
    stream.next()
    left = { kind: 'binary', at, operator: text as BinaryOperator, left, right: parseUnary(stream) }
  }
}

function parseUnary(stream: TokenStream): Expression {
  const { start: at } = stream.peek()
  if (stream.takeSymbol('-')) return { kind: 'unary', at, operator: '-', operand: parseUnary(stream) }
  if (stream.takeSymbol('+')) return { kind: 'unary', at, operator: '+', operand: parseUnary(stream) }
  const base = parsePrimary(stream)
  if (!stream.isSymbol('**')) return base
  const operator = stream.next()
  return { kind: 'binary', at: operator.start, operator: '**', left: base, right: parseUnary(stream) }
}

function parsePrimary(stream: TokenStream): Expression {
  const token = stream.peek()
  const { start: at } = token
  if (token.kind === 'number') {
    stream.next()
    return {
      kind: 'literal',
      at,
      value: { type: NUMBER, value: new OracleNumber(token.value.replace(/[fd]$/i, '')) },
    }
  }
  if (token.kind === 'string') {
    stream.next()
    return { kind: 'literal', at, value: textLiteral(token.value) }
  }
  if (token.kind === 'bind') {
    stream.next()
    const bind = { kind: 'bind', at, name: token.value } as const
    return isCursorAttribute(stream) ? parseCursorAttribute(stream, bind) : bind
  }
  if (stream.takeSymbol('(')) {
    const inner = parseExpression(stream)
    stream.expectSymbol(')')
    return inner
  }
  return parseWordPrimary(stream)
}

function parseWordPrimary(stream: TokenStream): Expression {
  const { start: at, kind, value: text } = stream.peek()
  if (kind === 'word') {
    const special = parseSpecialWord(stream, text, at)
    if (special !== undefined) return special
  }
  if (!stream.isIdentifier()) {
    throw stream.unexpected(
      '( - + case mod new not null <an identifier>',
      '<a double-quoted delimited-identifier> <a bind variable>',
    )
  }
  const reference = parseReference(stream)
  return isCursorAttribute(stream) ? parseCursorAttribute(stream, reference) : reference
}

/** A name with its fields, subscripts and calls. @throws OracleError PLS-00103 */
export function parseReference(stream: TokenStream): Reference {
  const first = stream.expectIdentifier()
  const parts: ReferencePart[] = [{ kind: 'name', at: first.start, name: first.value }]
  for (;;) {
    const { start: at } = stream.peek()
    if (stream.takeSymbol('.')) {
      const name = stream.peek()
      if (name.kind !== 'word' && name.kind !== 'quoted') throw stream.unexpected('<an identifier>')
      stream.next()
      parts.push({ kind: 'name', at: name.start, name: name.value })
    } else if (stream.takeSymbol('(')) {
      const list = stream.isSymbol(')') ? [] : parseList(stream, parseArgument)
      stream.expectSymbol(')')
      parts.push({ kind: 'arguments', at, arguments: list })
    } else {
      return { kind: 'reference', at: first.start, parts }
    }
  }
}

function parseArgument(stream: TokenStream): Argument {
  const { start: at, value: text } = stream.peek()
  if (isNameToken(stream) && stream.isSymbol('=>', 1)) {
    stream.next()
    stream.next()
    return { at, name: text, value: parseExpression(stream) }
  }
  const value = parseExpression(stream)
  if (!stream.takeSymbol('=>')) return { at, value }
  return { at, index: value, value: parseExpression(stream) }
}

function isNameToken(stream: TokenStream): boolean {
  const { kind } = stream.peek()
  return kind === 'word' || kind === 'quoted'
}

function isCursorAttribute(stream: TokenStream): boolean {
  return stream.isSymbol('%') && stream.peek(1).kind === 'word' && CURSOR_ATTRIBUTES.has(stream.peek(1).value)
}

/** The `%FOUND` behind a cursor. @throws OracleError PLS-00208 */
export function parseCursorAttribute(
  stream: TokenStream,
  cursor: Reference | { kind: 'bind'; at: number; name: string },
): Expression {
  stream.expectSymbol('%')
  const attribute = stream.expectIdentifier()
  if (!CURSOR_ATTRIBUTES.has(attribute.value)) {
    throw stream.source.error(
      attribute.start,
      `PLS-00208: identifier '${attribute.value}' is not a legal cursor attribute`,
    )
  }
  return { kind: 'attribute', at: cursor.at, cursor, attribute: attribute.value }
}

/** One or more items with commas between them. */
export function parseList<Item>(stream: TokenStream, parseItem: (stream: TokenStream) => Item): Item[] {
  const items = [parseItem(stream)]
  while (stream.takeSymbol(',')) items.push(parseItem(stream))
  return items
}
