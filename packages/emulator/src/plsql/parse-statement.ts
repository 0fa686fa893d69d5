import { parseBlock, parseLabel, parseQualifiedName } from './parse-block.ts'
import { parseExpression, parseList } from './parse-expression.ts'
import { parseIntoClause, parseQueryInParentheses, parseSqlStatement, SQL_VERBS } from './parse-sql.ts'
import type { Expression, ForallRange, LoopControl, Statement, UsingArgument } from './syntax.ts'
import type { TokenStream } from './token-stream.ts'

const LIST_ENDS = new Set(['END', 'EXCEPTION', 'ELSE', 'ELSIF', 'WHEN'])

/** One or more statements, up to the word that ends the list. @throws OracleError PLS-00103 */
export function parseStatements(stream: TokenStream): Statement[] {
  const statements: Statement[] = []
  do statements.push(parseStatement(stream))
  while (!(stream.peek().kind === 'word' && LIST_ENDS.has(stream.peek().value)))
  return statements
}

function parseStatement(stream: TokenStream): Statement {
  const label = parseLabel(stream)
  const { start: at, kind, value: text } = stream.peek()
  if (kind === 'word') {
    const known = STATEMENTS[text]
    if (known !== undefined && !startsAssignmentOrCall(stream)) return finish(stream, known(stream, at, label))
    if (SQL_VERBS.has(text) && !startsAssignmentOrCall(stream)) {
      return finish(stream, { kind: 'sql', at, sql: parseSqlStatement(stream) })
    }
  }
  return finish(stream, parseAssignmentOrCall(stream, at))
}

function finish(stream: TokenStream, statement: Statement): Statement {
  stream.expectSymbol(';')
  return statement
}

/** Words such as OPEN, CLOSE or EXIT may be names too: `open := 1`, `delete.x`. */
function startsAssignmentOrCall(stream: TokenStream): boolean {
  return stream.isIdentifier() && (stream.isSymbol(':=', 1) || stream.isSymbol('.', 1))
}

function parseAssignmentOrCall(stream: TokenStream, at: number): Statement {
  if (!stream.isIdentifier() && stream.peek().kind !== 'bind') {
    throw stream.unexpected(
      '( begin case declare exit for goto if loop mod null pragma raise return select update while with',
      '<an identifier> <a double-quoted delimited-identifier> <a bind variable> <<',
    )
  }
  const target = parseExpression(stream)
  if (stream.takeSymbol(':=')) return { kind: 'assign', at, target, value: parseExpression(stream) }
  if (target.kind !== 'reference') throw stream.unexpected(':= . ( @ % ;')
  return { kind: 'call', at, call: target }
}

type StatementParser = (stream: TokenStream, at: number, label: string | undefined) => Statement

const STATEMENTS: Readonly<Record<string, StatementParser>> = {
  NULL: (stream, at) => {
    stream.next()
    return { kind: 'null', at }
  },
  BEGIN: (stream, at, label) => ({ kind: 'block', at, block: parseBlock(stream, label) }),
  DECLARE: (stream, at, label) => ({ kind: 'block', at, block: parseBlock(stream, label) }),
  IF: parseIf,
  CASE: parseCase,
  LOOP: (stream, at, label) => parseLoop(stream, at, label, { kind: 'forever' }),
  WHILE: (stream, at, label) => {
    stream.next()
    return parseLoop(stream, at, label, { kind: 'while', condition: parseExpression(stream) })
  },
  FOR: (stream, at, label) => {
    stream.next()
    return parseLoop(stream, at, label, parseForControl(stream))
  },
  FORALL: parseForall,
  EXIT: (stream, at) => parseExit(stream, at, 'exit'),
  CONTINUE: (stream, at) => parseExit(stream, at, 'continue'),
  RETURN: (stream, at) => {
    stream.next()
    return stream.isSymbol(';') ? { kind: 'return', at } : { kind: 'return', at, value: parseExpression(stream) }
  },
  RAISE: (stream, at) => {
    stream.next()
    return stream.isSymbol(';') ? { kind: 'raise', at } : { kind: 'raise', at, exception: parseQualifiedName(stream) }
  },
  OPEN: parseOpen,
  FETCH: parseFetch,
  CLOSE: (stream, at) => {
    stream.next()
    return { kind: 'close', at, cursor: parseExpression(stream) }
  },
  EXECUTE: parseExecuteImmediate,
  GOTO: (stream, at) => {
    stream.next()
    throw stream.source.error(
      at,
      'PLS-00999: implementation restriction (may be temporary) GOTO statement',
      'Statement ignored',
    )
  },
}

function parseIf(stream: TokenStream, at: number): Statement {
  const branches: { condition: Expression; statements: Statement[] }[] = []
  do {
    stream.next()
    const condition = parseExpression(stream)
    stream.expectWord('THEN')
    branches.push({ condition, statements: parseStatements(stream) })
  } while (stream.isWord('ELSIF'))
  const otherwise = stream.takeWords('ELSE') ? parseStatements(stream) : undefined
  stream.expectWord('END')
  stream.expectWord('IF')
  return { kind: 'if', at, branches, ...(otherwise === undefined ? {} : { otherwise }) }
}

function parseCase(stream: TokenStream, at: number): Statement {
  stream.next()
  const selector = stream.isWord('WHEN') ? undefined : parseExpression(stream)
  const branches: { when: Expression; statements: Statement[] }[] = []
  while (stream.takeWords('WHEN')) {
    const when = parseExpression(stream)
    stream.expectWord('THEN')
    branches.push({ when, statements: parseStatements(stream) })
  }
  if (branches.length === 0) throw stream.unexpected('when')
  const otherwise = stream.takeWords('ELSE') ? parseStatements(stream) : undefined
  stream.expectWord('END')
  stream.expectWord('CASE')
  if (stream.isIdentifier()) stream.next()
  return {
    kind: 'case',
    at,
    branches,
    ...(selector === undefined ? {} : { selector }),
    ...(otherwise === undefined ? {} : { otherwise }),
  }
}

function parseLoop(stream: TokenStream, at: number, label: string | undefined, control: LoopControl): Statement {
  stream.expectWord('LOOP')
  const statements = parseStatements(stream)
  stream.expectWord('END')
  stream.expectWord('LOOP')
  if (stream.isIdentifier()) stream.next()
  return { kind: 'loop', at, control, statements, ...(label === undefined ? {} : { label }) }
}

function parseForControl(stream: TokenStream): LoopControl {
  const variable = stream.expectIdentifier().value
  stream.expectWord('IN')
  if (isQueryInParentheses(stream)) return { kind: 'query', variable, query: parseQueryInParentheses(stream) }
  for (const of of ['VALUES', 'INDICES'] as const) {
    if (stream.takeWords(of, 'OF')) return { kind: 'collection', variable, of, collection: parseExpression(stream) }
  }
  const reverse = stream.takeWords('REVERSE')
  const low = parseExpression(stream)
  if (stream.takeSymbol('..')) return { kind: 'range', variable, reverse, low, high: parseExpression(stream) }
  if (reverse) throw stream.unexpected('..')
  return { kind: 'cursor', variable, cursor: low }
}

function isQueryInParentheses(stream: TokenStream): boolean {
  let ahead = 0
  while (stream.isSymbol('(', ahead)) ahead += 1
  return ahead > 0 && (stream.isWord('SELECT', ahead) || stream.isWord('WITH', ahead))
}

function parseForall(stream: TokenStream, at: number): Statement {
  stream.next()
  const index = stream.expectIdentifier().value
  stream.expectWord('IN')
  const range = parseForallRange(stream)
  return { kind: 'forall', at, index, range, sql: parseSqlStatement(stream) }
}

function parseForallRange(stream: TokenStream): ForallRange {
  if (stream.takeWords('INDICES', 'OF')) return { kind: 'indices', collection: parseExpression(stream) }
  if (stream.takeWords('VALUES', 'OF')) return { kind: 'values', collection: parseExpression(stream) }
  const low = parseExpression(stream)
  stream.expectSymbol('..')
  return { kind: 'range', low, high: parseExpression(stream) }
}

function parseExit(stream: TokenStream, at: number, kind: 'exit' | 'continue'): Statement {
  stream.next()
  const label = stream.isIdentifier() ? stream.next().value : undefined
  const when = stream.takeWords('WHEN') ? parseExpression(stream) : undefined
  return { kind, at, ...(label === undefined ? {} : { label }), ...(when === undefined ? {} : { when }) }
}

function parseOpen(stream: TokenStream, at: number): Statement {
  stream.next()
  const cursor = parseExpression(stream)
  if (!stream.takeWords('FOR')) return { kind: 'open', at, cursor, using: [] }
  if (stream.isWord('SELECT') || stream.isWord('WITH') || isQueryInParentheses(stream)) {
    return { kind: 'open', at, cursor, query: parseSqlStatement(stream), using: [] }
  }
  return { kind: 'open', at, cursor, dynamic: parseExpression(stream), using: parseUsing(stream) }
}

function parseFetch(stream: TokenStream, at: number): Statement {
  stream.next()
  const cursor = parseExpression(stream)
  const into = parseIntoClause(stream)
  if (!stream.takeWords('LIMIT')) return { kind: 'fetch', at, cursor, into }
  return { kind: 'fetch', at, cursor, into: { ...into, limit: parseExpression(stream) } }
}

function parseExecuteImmediate(stream: TokenStream, at: number): Statement {
  stream.next()
  stream.expectWord('IMMEDIATE')
  const text = parseExpression(stream)
  const into = stream.isWord('INTO') || stream.isWord('BULK') ? parseIntoClause(stream) : undefined
  const using = parseUsing(stream)
  const returning = stream.takeWords('RETURNING') || stream.takeWords('RETURN') ? parseIntoClause(stream) : undefined
  return {
    kind: 'executeImmediate',
    at,
    text,
    using,
    ...(into === undefined ? {} : { into }),
    ...(returning === undefined ? {} : { returning }),
  }
}

function parseUsing(stream: TokenStream): UsingArgument[] {
  if (!stream.takeWords('USING')) return []
  return parseList(stream, (inner) => {
    const isIn = inner.takeWords('IN')
    const isOut = inner.takeWords('OUT')
    return { mode: isOut ? (isIn ? 'inOut' : 'out') : 'in', value: parseExpression(inner) }
  })
}
