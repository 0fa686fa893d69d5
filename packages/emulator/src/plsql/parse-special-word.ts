import { parseIntervalLiteral } from '../language/interval-literal.ts'
import { parseDateLiteral, parseTimestampLiteral } from '../language/time-literal.ts'
import { OracleError } from '../oracle-error.ts'
import { BOOLEAN } from '../values/oracle-type.ts'
import { parseCursorAttribute, parseExpression } from './parse-expression.ts'
import { parseTypeName } from './parse-type-name.ts'
import { NULL_VALUE } from './plsql-value.ts'
import type { Expression } from './syntax.ts'
import type { TokenStream } from './token-stream.ts'

type SpecialWord = (stream: TokenStream, at: number) => Expression | undefined

const SPECIAL_WORDS: Readonly<Record<string, SpecialWord>> = {
  NULL: (stream, at) => {
    stream.next()
    return { kind: 'literal', at, value: NULL_VALUE }
  },
  TRUE: (stream, at) => parseBoolean(stream, at, true),
  FALSE: (stream, at) => parseBoolean(stream, at, false),
  CASE: (stream) => parseCase(stream),
  CAST: (stream, at) => {
    if (!stream.isSymbol('(', 1)) return undefined
    stream.next()
    stream.next()
    const operand = parseExpression(stream)
    stream.expectWord('AS')
    const type = parseTypeName(stream)
    stream.expectSymbol(')')
    return { kind: 'cast', at, operand, type }
  },
  EXTRACT: (stream, at) => {
    if (!stream.isSymbol('(', 1)) return undefined
    stream.next()
    stream.next()
    const field = stream.expectIdentifier().value
    stream.expectWord('FROM')
    const operand = parseExpression(stream)
    stream.expectSymbol(')')
    return { kind: 'extract', at, field, operand }
  },
  TRIM: parseTrim,
  DATE: (stream, at) => {
    if (stream.peek(1).kind !== 'string') return undefined
    stream.next()
    return { kind: 'literal', at, value: parseDateLiteral(stream.next().value) }
  },
  TIMESTAMP: (stream, at) => {
    if (stream.peek(1).kind !== 'string') return undefined
    stream.next()
    return { kind: 'literal', at, value: parseTimestampLiteral(stream.next().value) }
  },
  INTERVAL: parseInterval,
  SQL: (stream, at) => {
    if (!stream.isSymbol('%', 1)) return undefined
    stream.next()
    return parseCursorAttribute(stream, { kind: 'reference', at, parts: [{ kind: 'name', at, name: 'SQL' }] })
  },
}

function parseBoolean(stream: TokenStream, at: number, value: boolean): Expression {
  stream.next()
  return { kind: 'literal', at, value: { type: BOOLEAN, value } }
}

function parseCase(stream: TokenStream): Expression {
  const { start: at } = stream.next()
  const selector = stream.isWord('WHEN') ? undefined : parseExpression(stream)
  const branches: { when: Expression; result: Expression }[] = []
  while (stream.takeWords('WHEN')) {
    const when = parseExpression(stream)
    stream.expectWord('THEN')
    branches.push({ when, result: parseExpression(stream) })
  }
  if (branches.length === 0) throw stream.unexpected('when')
  const otherwise = stream.takeWords('ELSE') ? parseExpression(stream) : undefined
  stream.expectWord('END')
  return {
    kind: 'case',
    at,
    branches,
    ...(selector === undefined ? {} : { selector }),
    ...(otherwise === undefined ? {} : { otherwise }),
  }
}

function parseTrim(stream: TokenStream, at: number): Expression | undefined {
  if (!stream.isSymbol('(', 1)) return undefined
  stream.next()
  stream.next()
  const sides = ['LEADING', 'TRAILING', 'BOTH'] as const
  const side = sides.find((candidate) => stream.takeWords(candidate))
  const first = stream.takeWords('FROM') ? undefined : parseExpression(stream)
  if (first === undefined) {
    const operand = parseExpression(stream)
    stream.expectSymbol(')')
    return { kind: 'trim', at, side: side ?? 'BOTH', operand }
  }
  const operand = stream.takeWords('FROM') ? parseExpression(stream) : undefined
  stream.expectSymbol(')')
  if (operand === undefined) return { kind: 'trim', at, side: side ?? 'BOTH', operand: first }
  return { kind: 'trim', at, side: side ?? 'BOTH', character: first, operand }
}

function parseInterval(stream: TokenStream, at: number): Expression | undefined {
  if (stream.peek(1).kind !== 'string') return undefined
  stream.next()
  const text = stream.next().value
  const from = stream.expectIdentifier().value
  skipPrecision(stream)
  const to = stream.takeWords('TO') ? stream.expectIdentifier().value : from
  skipPrecision(stream)
  const interval = parseIntervalLiteral(text, from, to)
  if (interval === undefined) throw new OracleError(1867, 'the interval is invalid')
  return { kind: 'interval', at, interval }
}

function skipPrecision(stream: TokenStream): void {
  if (!stream.takeSymbol('(')) return
  stream.takeUntil((token) => token.value === ')')
  stream.expectSymbol(')')
}

/** An expression that a word of its own starts, such as CASE or NULL; undefined when the word is a plain name here. */
export function parseSpecialWord(stream: TokenStream, word: string, at: number): Expression | undefined {
  return Object.hasOwn(SPECIAL_WORDS, word) ? SPECIAL_WORDS[word]?.(stream, at) : undefined
}
