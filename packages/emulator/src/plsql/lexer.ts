import { OracleError } from '../oracle-error.ts'

/** The smallest unit of PL/SQL text. `text` is upper case for words, exact for quoted names, and the content for strings. */
export interface Token {
  readonly kind: 'word' | 'quoted' | 'string' | 'number' | 'bind' | 'symbol' | 'end'
  readonly text: string
  /** Offset of the first character, in UTF-16 code units. */
  readonly at: number
  /** Offset behind the last character. */
  readonly end: number
}

const SYMBOLS = [':=', '=>', '..', '||', '**', '<>', '!=', '~=', '^=', '<=', '>=', '<<', '>>']
const WORD = /[\p{L}][\p{L}\p{N}_$#]*/uy
const NUMBER = /(?:\d+(?:\.(?!\.)\d*)?|\.\d+)(?:[eE][+-]?\d+)?[fFdD]?/y
const BIND = /:\s*(?:"([^"]+)"|([\p{L}\p{N}][\p{L}\p{N}_$#]*))/uy
const BLANK = /\s+/y
const CLOSING_DELIMITERS: Readonly<Record<string, string>> = { '[': ']', '{': '}', '(': ')', '<': '>' }

/**
 * Splits PL/SQL or SQL text into tokens; comments and blanks fall away. The last token is always of kind `end`.
 * @throws OracleError ORA-01756 for an unfinished string, ORA-01740 for an unfinished quoted name.
 */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    const blankEnd = skipBlank(text, at)
    if (blankEnd !== at) {
      at = blankEnd
      continue
    }
    const token = readToken(text, at)
    tokens.push(token)
    at = token.end
  }
  tokens.push({ kind: 'end', text: 'end-of-file', at: text.length, end: text.length })
  return tokens
}

function skipBlank(text: string, at: number): number {
  if (text.startsWith('--', at)) {
    const end = text.indexOf('\n', at)
    return end === -1 ? text.length : end + 1
  }
  if (text.startsWith('/*', at)) {
    const end = text.indexOf('*/', at + 2)
    return end === -1 ? text.length : end + 2
  }
  return match(BLANK, text, at)?.end ?? at
}

function readToken(text: string, at: number): Token {
  const first = text[at] as string
  const quoteAt = stringStart(text, at)
  if (quoteAt !== undefined) return readString(text, at, quoteAt)
  if (first === '"') return readQuotedName(text, at)
  if (first === ':') {
    const bind = match(BIND, text, at)
    if (bind !== undefined) {
      const name = bind.groups[1] ?? (bind.groups[2] as string).toUpperCase()
      return { kind: 'bind', text: name, at, end: bind.end }
    }
  }
  const word = match(WORD, text, at)
  if (word !== undefined) return { kind: 'word', text: text.slice(at, word.end).toUpperCase(), at, end: word.end }
  const number = match(NUMBER, text, at)
  if (number !== undefined) return { kind: 'number', text: text.slice(at, number.end), at, end: number.end }
  const symbol = SYMBOLS.find((candidate) => text.startsWith(candidate, at)) ?? first
  return { kind: 'symbol', text: symbol, at, end: at + symbol.length }
}

/** The offset of the opening quote when a string literal starts at `at`, with or without an N or Q prefix. */
function stringStart(text: string, at: number): { quote: number; alternative: boolean } | undefined {
  if (text[at] === "'") return { quote: at, alternative: false }
  const prefix = /(?:[nN]?[qQ]|[nN])(?=')/y
  const found = match(prefix, text, at)
  if (found === undefined) return undefined
  return { quote: found.end, alternative: /[qQ]$/.test(text.slice(at, found.end)) }
}

function readString(text: string, at: number, start: { quote: number; alternative: boolean }): Token {
  return start.alternative ? readAlternativeString(text, at, start.quote) : readPlainString(text, at, start.quote)
}

function readPlainString(text: string, at: number, quote: number): Token {
  let end = quote + 1
  for (;;) {
    end = text.indexOf("'", end)
    if (end === -1) throw unfinishedString(text, at)
    if (text[end + 1] !== "'") break
    end += 2
  }
  return { kind: 'string', text: text.slice(quote + 1, end).replaceAll("''", "'"), at, end: end + 1 }
}

function readAlternativeString(text: string, at: number, quote: number): Token {
  const delimiter = text[quote + 1] ?? ''
  const closing = `${CLOSING_DELIMITERS[delimiter] ?? delimiter}'`
  const end = delimiter === '' ? -1 : text.indexOf(closing, quote + 2)
  if (end === -1) throw unfinishedString(text, at)
  return { kind: 'string', text: text.slice(quote + 2, end), at, end: end + 2 }
}

function readQuotedName(text: string, at: number): Token {
  const end = text.indexOf('"', at + 1)
  if (end === -1) throw new OracleError(1740, 'missing double quote in identifier', { offset: byteOffset(text, at) })
  if (end === at + 1) throw new OracleError(1741, 'illegal zero-length identifier', { offset: byteOffset(text, at) })
  return { kind: 'quoted', text: text.slice(at + 1, end), at, end: end + 1 }
}

function unfinishedString(text: string, at: number): OracleError {
  return new OracleError(1756, 'quoted string not properly terminated', { offset: byteOffset(text, at) })
}

function byteOffset(text: string, at: number): number {
  return Buffer.byteLength(text.slice(0, at))
}

function match(pattern: RegExp, text: string, at: number): { end: number; groups: RegExpExecArray } | undefined {
  pattern.lastIndex = at
  const groups = pattern.exec(text)
  return groups === null ? undefined : { end: pattern.lastIndex, groups }
}
