import { OracleError } from '../oracle-error.ts'

type TokenKind = 'word' | 'quoted' | 'string' | 'number' | 'bind' | 'symbol' | 'end'

/** The smallest unit of a text in SQL or PL/SQL. */
export interface Token {
  readonly kind: TokenKind
  /**
   * What the token means: a word folded to upper case, the content of a quoted name or a string, a number's digits,
   * a bind's name without colon, a symbol's characters without blanks.
   */
  readonly value: string
  /** Offsets into the text in UTF-16 code units; `end` is exclusive. */
  readonly start: number
  readonly end: number
}

/** In what SQL and PL/SQL differ before any grammar is applied. */
export interface Lexis {
  /** Sticky: every symbol of the language, the longer before the shorter. What it does not match is ORA-00911. */
  readonly symbol: RegExp
  /** Whether a comment may last until the end of the text; otherwise that is ORA-01742. */
  readonly openComment: boolean
}

/** SQL has the mark `(+)` of an outer join, and knows all its characters. */
export const SQL_LEXIS: Lexis = {
  symbol: /\(\s*\+\s*\)|\|\||<=|>=|<>|!=|\^=|:=|=>|\*\*|\.\.|[(),.;+\-*/=<>:@?%[\]]/uy,
  openComment: false,
}

/** PL/SQL has labels. Any other character is a symbol too, for its grammar names the symbol that it cannot place. */
export const PLSQL_LEXIS: Lexis = {
  symbol: /:=|=>|\.\.|\|\||\*\*|<>|!=|~=|\^=|<=|>=|<<|>>|./suy,
  openComment: true,
}

const CLOSING_DELIMITERS: Readonly<Record<string, string>> = { '[': ']', '{': '}', '(': ')', '<': '>' }
const BLANKS = /\s+/y
const STRING_PREFIX = /(?:[nN]?([qQ])|[nN]?)'/y
const WORD = /\p{L}[\p{L}\p{N}_$#]*/uy
const NUMBER =
  /(?:\d+(?:\.(?!\.)\d*)?|\.\d+)(?:[eE][+-]?\d+)?[fFdD]?(?![\p{L}\p{N}_$#])|(?:\d+(?:\.(?!\.)\d*)?|\.\d+)/uy
const BIND = /:\s*(?:"([^"]+)"|(\p{L}[\p{L}\p{N}_$#]*|\d+))/uy

/**
 * Splits a text into tokens, without comments and blanks; the last token is always `end`.
 * @throws OracleError ORA-01756, ORA-01740, ORA-01741, ORA-01742, ORA-00911
 */
export function tokenize(text: string, lexis: Lexis): readonly Token[] {
  const tokens: Token[] = []
  let position = 0
  while (true) {
    position = skipBlanks(text, position, lexis)
    if (position >= text.length) break
    const token = readToken(text, position, lexis)
    tokens.push(token)
    position = token.end
  }
  tokens.push({ kind: 'end', value: '', start: text.length, end: text.length })
  return tokens
}

/** An error at a place of the text; the offset is converted to bytes, as the protocol reports it. */
export function errorAt(text: string, position: number, number: number, message: string): OracleError {
  return new OracleError(number, message, { offset: Buffer.byteLength(text.slice(0, position)) })
}

function skipBlanks(text: string, start: number, lexis: Lexis): number {
  let position = start
  while (position < text.length) {
    const blanks = match(BLANKS, text, position)
    if (blanks !== undefined) position += blanks[0].length
    else if (text.startsWith('--', position)) {
      const end = text.indexOf('\n', position)
      position = end === -1 ? text.length : end + 1
    } else if (text.startsWith('/*', position)) {
      const end = text.indexOf('*/', position + 2)
      if (end === -1 && !lexis.openComment) throw errorAt(text, position, 1742, 'comment not terminated properly')
      position = end === -1 ? text.length : end + 2
    } else break
  }
  return position
}

function readToken(text: string, start: number, lexis: Lexis): Token {
  if (text[start] === '"') return readQuotedName(text, start)
  const prefix = match(STRING_PREFIX, text, start)
  if (prefix !== undefined) {
    const content = start + prefix[0].length
    return prefix[1] === undefined ? readString(text, start, content) : readAlternativeString(text, start, content)
  }
  const word = match(WORD, text, start)
  if (word !== undefined) return made('word', word[0].toUpperCase(), start, word[0].length)
  const digits = match(NUMBER, text, start)
  if (digits !== undefined) return made('number', digits[0], start, digits[0].length)
  const bind = match(BIND, text, start)
  if (bind !== undefined) return made('bind', bind[1] ?? (bind[2] as string).toUpperCase(), start, bind[0].length)
  const symbol = match(lexis.symbol, text, start)
  if (symbol !== undefined) return made('symbol', symbol[0].replace(/(?<=\()\s*\+\s*/, '+'), start, symbol[0].length)
  const character = String.fromCodePoint(text.codePointAt(start) as number)
  throw errorAt(text, start, 911, `${character}: invalid character after ${text.slice(0, start).trim().slice(-30)}`)
}

function made(kind: TokenKind, value: string, start: number, length: number): Token {
  return { kind, value, start, end: start + length }
}

function readString(text: string, start: number, content: number): Token {
  let value = ''
  let position = content
  while (true) {
    const end = text.indexOf("'", position)
    if (end === -1) throw errorAt(text, start, 1756, 'quoted string not properly terminated')
    value += text.slice(position, end)
    if (text[end + 1] !== "'") return { kind: 'string', value, start, end: end + 1 }
    value += "'"
    position = end + 2
  }
}

function readAlternativeString(text: string, start: number, delimiterAt: number): Token {
  const delimiter = text[delimiterAt]
  const closing = delimiter === undefined ? '' : (CLOSING_DELIMITERS[delimiter] ?? delimiter)
  const end = text.indexOf(`${closing}'`, delimiterAt + 1)
  if (closing === '' || end === -1) throw errorAt(text, start, 1756, 'quoted string not properly terminated')
  return { kind: 'string', value: text.slice(delimiterAt + 1, end), start, end: end + 2 }
}

function readQuotedName(text: string, start: number): Token {
  const end = text.indexOf('"', start + 1)
  if (end === -1) throw errorAt(text, start, 1740, 'missing double quote in identifier')
  const value = text.slice(start + 1, end)
  if (value === '') throw errorAt(text, start, 1741, 'illegal zero-length identifier')
  return { kind: 'quoted', value, start, end: end + 1 }
}

function match(pattern: RegExp, text: string, position: number): RegExpExecArray | undefined {
  pattern.lastIndex = position
  return pattern.exec(text) ?? undefined
}
