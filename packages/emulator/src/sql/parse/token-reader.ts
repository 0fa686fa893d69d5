import { errorAt, SQL_LEXIS, type Token, tokenize } from '../../language/lexer.ts'
import type { OracleError } from '../../oracle-error.ts'
import type { Identifier } from './syntax-tree.ts'

/** Words that can be neither a column nor an alias unless they are quoted. */
const RESERVED = new Set(
  `ALL ALTER AND ANY AS ASC BETWEEN BY CASE CHECK CONNECT CREATE DEFAULT DELETE DESC DISTINCT DROP ELSE EXISTS FOR FROM GRANT
  GROUP HAVING IN INSERT INTERSECT INTO IS LIKE LOCK MINUS NOCOMPRESS NOT NULL OF ON OPTION OR ORDER PRIOR REVOKE SELECT SET
  SHARE START TABLE THEN TO TRIGGER UNION UNIQUE UPDATE VALUES VIEW WHERE WITH`
    .trim()
    .split(/\s+/),
)

/** A cursor over a statement's tokens, with the errors that the database gives for what is missing. */
export class TokenReader {
  readonly text: string
  readonly tokens: readonly Token[]
  position = 0
  /** Binds seen so far: each occurrence counts. */
  readonly bindNames: string[] = []

  constructor(text: string) {
    this.text = text
    this.tokens = tokenize(text, SQL_LEXIS)
  }

  get current(): Token {
    return this.tokens[this.position] as Token
  }

  /** The offset after the token read last. */
  get lastEnd(): number {
    return this.tokens[this.position - 1]?.end ?? 0
  }

  peek(distance: number): Token {
    return this.tokens[Math.min(this.position + distance, this.tokens.length - 1)] as Token
  }

  next(): Token {
    const token = this.current
    if (token.kind !== 'end') this.position += 1
    return token
  }

  isWord(...words: readonly string[]): boolean {
    return this.current.kind === 'word' && words.includes(this.current.value)
  }

  isWordAt(distance: number, ...words: readonly string[]): boolean {
    const token = this.peek(distance)
    return token.kind === 'word' && words.includes(token.value)
  }

  isSymbol(...symbols: readonly string[]): boolean {
    return this.current.kind === 'symbol' && symbols.includes(this.current.value)
  }

  isSymbolAt(distance: number, symbol: string): boolean {
    const token = this.peek(distance)
    return token.kind === 'symbol' && token.value === symbol
  }

  /** Reads the words when all of them follow one another here. */
  takeWords(...words: readonly string[]): boolean {
    if (!words.every((word, index) => this.isWordAt(index, word))) return false
    this.position += words.length
    return true
  }

  takeSymbol(symbol: string): boolean {
    if (!this.isSymbol(symbol)) return false
    this.position += 1
    return true
  }

  expectWord(word: string, number: number, message: string): void {
    if (!this.takeWords(word)) throw this.error(number, message)
  }

  expectOpen(): void {
    if (!this.takeSymbol('(')) throw this.error(906, 'missing left parenthesis')
  }

  expectClose(): void {
    if (!this.takeSymbol(')')) throw this.error(907, 'missing right parenthesis')
  }

  /** An error at the current token. */
  error(number: number, message: string): OracleError {
    return errorAt(this.text, this.current.start, number, message)
  }

  unexpected(): OracleError {
    return this.current.kind === 'end'
      ? this.error(921, 'unexpected end of SQL command')
      : this.error(933, 'SQL command not properly ended')
  }

  isName(): boolean {
    return this.current.kind === 'quoted' || (this.current.kind === 'word' && !RESERVED.has(this.current.value))
  }

  identifier(number = 904, message = ': invalid identifier'): Identifier {
    const token = this.current
    if (!this.isName()) throw this.error(number, message)
    this.position += 1
    if (Buffer.byteLength(token.value) > 128) {
      throw errorAt(this.text, token.start, 972, 'identifier is too long')
    }
    const quoted = token.kind === 'quoted'
    const written = quoted ? token.value : this.text.slice(token.start, token.end)
    const name = { name: token.value, quoted, start: token.start }
    return written === token.value ? name : { ...name, written }
  }

  /** A name of one or more parts: `a`, `a.b`, `a.b.c`. */
  path(number = 903, message = 'invalid table name'): readonly Identifier[] {
    const parts = [this.identifier(number, message)]
    while (this.takeSymbol('.')) parts.push(this.identifier(number, message))
    return parts
  }

  identifierList(): readonly Identifier[] {
    this.expectOpen()
    const names = [this.identifier()]
    while (this.takeSymbol(',')) names.push(this.identifier())
    this.expectClose()
    return names
  }

  integer(): number {
    const token = this.next()
    if (token.kind !== 'number' || !/^\d+$/.test(token.value)) {
      throw errorAt(this.text, token.start, 2017, 'integer value required')
    }
    return Number(token.value)
  }

  string(): string {
    const token = this.next()
    if (token.kind !== 'string') throw errorAt(this.text, token.start, 1780, 'string literal required')
    return token.value
  }

  /** The text between two offsets as the database names a column after it: without blanks and comments, in upper case. */
  heading(from: number, to: number): string {
    return this.tokens
      .slice(from, to)
      .map((token) => {
        const source = this.text.slice(token.start, token.end)
        return token.kind === 'quoted' ? source : source.toUpperCase().replace(/\s+/g, '')
      })
      .join('')
  }
}
