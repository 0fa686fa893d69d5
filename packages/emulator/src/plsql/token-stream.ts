import type { Token } from '../language/lexer.ts'
import type { OracleError } from '../oracle-error.ts'
import type { SourceText } from './source-text.ts'
import type { TypeName } from './syntax.ts'

const RESERVED = new Set(
  `ALL ALTER AND ANY AS ASC BEGIN BETWEEN BY CASE CHECK CLUSTER COMPRESS CONNECT CREATE CURSOR DECLARE DEFAULT DESC
  DISTINCT DROP ELSE ELSIF END EXCEPTION EXCLUSIVE FETCH FOR FROM FUNCTION GOTO GRANT GROUP HAVING IDENTIFIED IF IN INDEX
  INSERT INTERSECT INTO IS LIKE LOCK MINUS MODE NOCOMPRESS NOT NOWAIT NULL OF ON OPTION OR ORDER OVERLAPS PROCEDURE PUBLIC
  RESOURCE REVOKE SELECT SHARE SIZE START TABLE THEN TO UNION UNIQUE UPDATE VALUES VIEW WHEN WHERE WITH`.split(/\s+/),
)

/** A cursor over the tokens of a block. Its errors are those of the PL/SQL compiler. */
export class TokenStream {
  readonly source: SourceText
  /** Every `%TYPE` and `%ROWTYPE` met: their tables are looked up before the block is compiled. */
  readonly anchors: TypeName[] = []
  readonly #tokens: readonly Token[]
  #index = 0

  constructor(source: SourceText, tokens: readonly Token[]) {
    this.source = source
    this.#tokens = tokens
  }

  /** The token that comes `ahead` tokens after the current one; the `end` token behind the last. */
  peek(ahead = 0): Token {
    return this.#tokens[Math.min(this.#index + ahead, this.#tokens.length - 1)] as Token
  }

  next(): Token {
    const token = this.peek()
    if (token.kind !== 'end') this.#index += 1
    return token
  }

  isWord(word: string, ahead = 0): boolean {
    const token = this.peek(ahead)
    return token.kind === 'word' && token.value === word
  }

  isSymbol(symbol: string, ahead = 0): boolean {
    const token = this.peek(ahead)
    return token.kind === 'symbol' && token.value === symbol
  }

  /** Takes the words when all of them come next, in this order. */
  takeWords(...words: readonly string[]): boolean {
    if (!words.every((word, ahead) => this.isWord(word, ahead))) return false
    this.#index += words.length
    return true
  }

  takeSymbol(symbol: string): boolean {
    if (!this.isSymbol(symbol)) return false
    this.#index += 1
    return true
  }

  /** @throws OracleError PLS-00103 */
  expectWord(word: string): Token {
    if (!this.isWord(word)) throw this.unexpected(word.toLowerCase())
    return this.next()
  }

  /** @throws OracleError PLS-00103 */
  expectSymbol(symbol: string): Token {
    if (!this.isSymbol(symbol)) throw this.unexpected(symbol)
    return this.next()
  }

  /** True when an identifier that is no reserved word comes next. */
  isIdentifier(ahead = 0): boolean {
    const token = this.peek(ahead)
    return token.kind === 'quoted' || (token.kind === 'word' && !RESERVED.has(token.value))
  }

  /** @throws OracleError PLS-00103 */
  expectIdentifier(): Token {
    if (!this.isIdentifier()) throw this.unexpected('<an identifier>', '<a double-quoted delimited-identifier>')
    return this.next()
  }

  /** Everything from the current token up to, not including, the token for which `stops` holds outside parentheses. */
  takeUntil(stops: (token: Token) => boolean): Token[] {
    const taken: Token[] = []
    let depth = 0
    for (;;) {
      const token = this.peek()
      if (token.kind === 'end' || (depth === 0 && stops(token))) return taken
      if (token.kind === 'symbol' && token.value === '(') depth += 1
      if (token.kind === 'symbol' && token.value === ')') depth -= 1
      taken.push(this.next())
    }
  }

  /** The error of a token that does not fit here. */
  unexpected(...expected: readonly string[]): OracleError {
    const token = this.peek()
    const wanted = expected.length === 0 ? '.' : ` when expecting one of the following:\n\n   ${expected.join(' ')}`
    return this.source.error(token.start, `PLS-00103: Encountered the symbol "${symbolText(token)}"${wanted}`)
  }
}

function symbolText(token: Token): string {
  if (token.kind === 'bind') return ':'
  if (token.kind === 'end' && token.value === '') return 'end-of-file'
  return token.value
}
