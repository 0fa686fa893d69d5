import { PLSQL_LEXIS, tokenize } from '../language/lexer.ts'
import { parseDeclarations } from './parse-declaration.ts'
import { parseExpression, parseReference } from './parse-expression.ts'
import { parseStatements } from './parse-statement.ts'
import { SourceText } from './source-text.ts'
import type { Block, Declaration, Handler, QualifiedName, Statement, TypeName } from './syntax.ts'
import { TokenStream } from './token-stream.ts'

/** A block that was read but not yet resolved. */
export interface ParsedBlock {
  readonly source: SourceText
  readonly block: Block
  /** True for a CALL statement, whose errors differ from those of a block. */
  readonly isCall: boolean
  /** Distinct names in order of first appearance. */
  readonly bindNames: readonly string[]
  readonly anchors: readonly TypeName[]
}

/**
 * Reads an anonymous block or a CALL statement.
 * @throws OracleError ORA-06550 with PLS-00103 where the text stops being PL/SQL.
 */
export function parsePlsql(text: string): ParsedBlock {
  const source = new SourceText(text)
  const tokens = tokenize(text, PLSQL_LEXIS)
  const stream = new TokenStream(source, tokens)
  const isCall = stream.isWord('CALL')
  const block = withinStack(source, () => (isCall ? parseCall(stream) : parseOuterBlock(stream)))
  const bindNames = [...new Set(tokens.filter((token) => token.kind === 'bind').map((token) => token.value))]
  return { source, block, isCall, bindNames, anchors: stream.anchors }
}

/** Text nested so deeply that the process runs out of stack is an error of the text. @throws OracleError PLS-00123 */
export function withinStack<Result>(source: SourceText, work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    if (error instanceof RangeError) throw source.error(0, 'PLS-00123: program too large (Diana nodes)')
    throw error
  }
}

function parseOuterBlock(stream: TokenStream): Block {
  const label = parseLabel(stream)
  const block = parseBlock(stream, label)
  stream.expectSymbol(';')
  stream.takeSymbol('/')
  if (stream.peek().kind !== 'end') throw stream.unexpected()
  return block
}

function parseCall(stream: TokenStream): Block {
  const { start: at } = stream.expectWord('CALL')
  const call = parseReference(stream)
  const into = stream.takeWords('INTO') ? parseExpression(stream) : undefined
  stream.takeSymbol(';')
  if (stream.peek().kind !== 'end') throw stream.unexpected('into', ';')
  const statement: Statement = { kind: 'call', at: call.at, call, ...(into === undefined ? {} : { into }) }
  return { at, declarations: [], statements: [statement], handlers: [] }
}

/** `<<label>>`, when one comes next; of several the last counts. */
export function parseLabel(stream: TokenStream): string | undefined {
  let label: string | undefined
  while (stream.takeSymbol('<<')) {
    label = stream.expectIdentifier().value
    stream.expectSymbol('>>')
  }
  return label
}

/** A block from DECLARE or BEGIN up to its END and the label behind it; the semicolon stays. */
export function parseBlock(stream: TokenStream, label?: string): Block {
  const { start: at } = stream.peek()
  const declarations = stream.takeWords('DECLARE') ? parseDeclarations(stream) : []
  return parseBody(stream, at, declarations, label)
}

/** The part from BEGIN on; the semicolon behind it stays. */
export function parseBody(
  stream: TokenStream,
  at: number,
  declarations: readonly Declaration[],
  label?: string,
): Block {
  if (!stream.isWord('BEGIN')) {
    throw stream.unexpected('begin case declare exit for goto if loop mod null pragma raise return select update while')
  }
  stream.next()
  const statements = parseStatements(stream)
  const handlers = stream.takeWords('EXCEPTION') ? parseHandlers(stream) : []
  stream.expectWord('END')
  if (stream.isIdentifier()) stream.next()
  return { at, declarations, statements, handlers, ...(label === undefined ? {} : { label }) }
}

function parseHandlers(stream: TokenStream): Handler[] {
  const handlers: Handler[] = []
  while (stream.isWord('WHEN')) {
    const { start: at } = stream.next()
    const exceptions = stream.takeWords('OTHERS') ? undefined : parseExceptionNames(stream)
    stream.expectWord('THEN')
    handlers.push({ at, exceptions, statements: parseStatements(stream) })
  }
  if (handlers.length === 0) throw stream.unexpected('pragma when')
  return handlers
}

function parseExceptionNames(stream: TokenStream): QualifiedName[] {
  const names = [parseQualifiedName(stream)]
  while (stream.takeWords('OR')) names.push(parseQualifiedName(stream))
  return names
}

/** `name` or `name.name`. @throws OracleError PLS-00103 */
export function parseQualifiedName(stream: TokenStream): QualifiedName {
  const first = stream.expectIdentifier()
  const parts = [first.value]
  while (stream.takeSymbol('.')) parts.push(stream.expectIdentifier().value)
  return { at: first.start, parts }
}
