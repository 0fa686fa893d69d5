import type { Token } from '../language/lexer.ts'
import { parseExpression, parseList } from './parse-expression.ts'
import type { Expression, IntoClause, SqlText } from './syntax.ts'
import { TokenStream } from './token-stream.ts'

/** First words of the SQL statements that may stand in a block. */
export const SQL_VERBS: ReadonlySet<string> = new Set(
  'SELECT WITH INSERT UPDATE DELETE MERGE COMMIT ROLLBACK SAVEPOINT LOCK SET'.split(' '),
)

/** The SQL from the current token up to the semicolon, which stays. */
export function parseSqlStatement(stream: TokenStream): SqlText {
  return sqlFrom(
    stream,
    stream.takeUntil((token) => token.kind === 'symbol' && token.value === ';'),
  )
}

/** The query in parentheses of `FOR row IN (SELECT ...)`; the current token is the opening parenthesis. */
export function parseQueryInParentheses(stream: TokenStream): SqlText {
  stream.expectSymbol('(')
  const tokens = stream.takeUntil((token) => token.kind === 'symbol' && token.value === ')')
  stream.expectSymbol(')')
  return sqlFrom(stream, tokens)
}

function sqlFrom(stream: TokenStream, tokens: readonly Token[]): SqlText {
  const first = tokens[0]
  const last = tokens.at(-1)
  if (first === undefined || last === undefined) throw stream.unexpected('select')
  const span = intoSpan(tokens)
  const text = stream.source.text.slice(first.start, last.end)
  const base = { at: first.start, verb: first.value === '(' ? 'SELECT' : first.value }
  if (span === undefined) return { ...base, text, tokens }
  const from = (tokens[span.from] as Token).start - first.start
  const to = (tokens[span.to - 1] as Token).end - first.start
  return {
    ...base,
    text: text.slice(0, from) + text.slice(from, to).replace(/[^\n]/g, ' ') + text.slice(to),
    tokens: [...tokens.slice(0, span.from), ...tokens.slice(span.to)],
    into: parseInto(stream, tokens.slice(span.from, span.to), last.end),
  }
}

/** Where the INTO clause lies among the tokens: `to` is behind its last token. */
function intoSpan(tokens: readonly Token[]): { from: number; to: number } | undefined {
  const verb = tokens[0]?.value
  const isQuery = verb === 'SELECT' || verb === 'WITH' || verb === '('
  const start = isQuery ? 0 : findOutside(tokens, 0, ['RETURNING', 'RETURN'])
  if (start === -1) return undefined
  const into = findOutside(tokens, start, ['INTO'])
  if (into === -1) return undefined
  const bulk = tokens[into - 1]?.value === 'COLLECT' && tokens[into - 2]?.value === 'BULK'
  const behind = isQuery ? findOutside(tokens, into, ['FROM']) : -1
  return { from: bulk ? into - 2 : into, to: behind === -1 ? tokens.length : behind }
}

function findOutside(tokens: readonly Token[], start: number, words: readonly string[]): number {
  let depth = 0
  for (let index = start; index < tokens.length; index += 1) {
    const token = tokens[index] as Token
    if (token.kind === 'symbol' && token.value === '(') depth += 1
    if (token.kind === 'symbol' && token.value === ')') depth -= 1
    if (depth === 0 && token.kind === 'word' && words.includes(token.value)) return index
  }
  return -1
}

function parseInto(stream: TokenStream, tokens: readonly Token[], end: number): IntoClause {
  const inner = new TokenStream(stream.source, [...tokens, { kind: 'end', value: 'FROM', start: end, end }])
  const clause = parseIntoClause(inner)
  if (inner.peek().kind !== 'end') throw inner.unexpected(',', 'from')
  return clause
}

/** `[BULK COLLECT] INTO target, ...`. @throws OracleError PLS-00103 */
export function parseIntoClause(stream: TokenStream): IntoClause {
  const bulk = stream.takeWords('BULK', 'COLLECT')
  stream.expectWord('INTO')
  const targets = parseList<Expression>(stream, parseExpression)
  return { bulk, targets }
}
