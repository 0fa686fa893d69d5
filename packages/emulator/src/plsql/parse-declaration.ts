import type { Token } from '../language/lexer.ts'
import { parseBody } from './parse-block.ts'
import { parseExpression, parseList } from './parse-expression.ts'
import { parseSqlStatement } from './parse-sql.ts'
import { parseTypeName } from './parse-type-name.ts'
import type {
  Block,
  CursorDeclaration,
  Declaration,
  Expression,
  FormalParameter,
  SubprogramDeclaration,
  TypeDeclaration,
  TypeDefinition,
  TypeName,
  VariableDeclaration,
} from './syntax.ts'
import type { TokenStream } from './token-stream.ts'

/** Declarations up to BEGIN or END, neither of which is taken. @throws OracleError PLS-00103 */
export function parseDeclarations(stream: TokenStream): Declaration[] {
  const declarations: Declaration[] = []
  while (!stream.isWord('BEGIN')) {
    if (stream.peek().kind === 'end')
      throw stream.unexpected('begin function pragma procedure subtype type', '<an identifier>')
    declarations.push(parseDeclaration(stream))
  }
  return declarations
}

function parseDeclaration(stream: TokenStream): Declaration {
  const { start: at } = stream.peek()
  if (stream.isWord('PROCEDURE') || stream.isWord('FUNCTION')) return parseSubprogram(stream)
  if (stream.takeWords('PRAGMA')) return parsePragma(stream, at)
  if (stream.takeWords('CURSOR')) return parseCursor(stream, at)
  if (stream.isWord('TYPE') && stream.isWord('IS', 2)) return parseType(stream)
  if (stream.isWord('SUBTYPE') && stream.isWord('IS', 2)) return parseSubtype(stream)
  const variable = parseVariable(stream)
  stream.expectSymbol(';')
  return variable
}

function parseVariable(stream: TokenStream): Declaration {
  const { start: at, value: name } = stream.expectIdentifier()
  if (stream.takeWords('EXCEPTION')) return { kind: 'exception', at, name }
  const constant = stream.takeWords('CONSTANT')
  return parseVariableTail(stream, at, name, constant)
}

function parseVariableTail(stream: TokenStream, at: number, name: string, constant: boolean): VariableDeclaration {
  const type = parseTypeName(stream)
  const notNull = stream.takeWords('NOT', 'NULL')
  if (!notNull) stream.takeWords('NULL')
  const initial = parseInitial(stream)
  if (initial === undefined && constant) {
    throw stream.source.error(
      at,
      `PLS-00322: declaration of a constant '${name}' must contain an initialization assignment`,
    )
  }
  if (initial === undefined && notNull) {
    throw stream.source.error(at, 'PLS-00218: a variable declared NOT NULL must have an initialization assignment')
  }
  return { kind: 'variable', at, name, type, constant, notNull, ...(initial === undefined ? {} : { initial }) }
}

function parseInitial(stream: TokenStream): Expression | undefined {
  return stream.takeSymbol(':=') || stream.takeWords('DEFAULT') ? parseExpression(stream) : undefined
}

function parsePragma(stream: TokenStream, at: number): Declaration {
  const name = stream.expectIdentifier().value
  let list: Expression[] = []
  if (stream.takeSymbol('(')) {
    list = parseList(stream, parseExpression)
    stream.expectSymbol(')')
  }
  stream.expectSymbol(';')
  return { kind: 'pragma', at, name, arguments: list }
}

function parseCursor(stream: TokenStream, at: number): CursorDeclaration {
  const name = stream.expectIdentifier().value
  const parameters = parseParameters(stream)
  if (stream.takeWords('RETURN')) parseTypeName(stream)
  stream.expectWord('IS')
  const query = parseSqlStatement(stream)
  stream.expectSymbol(';')
  return { kind: 'cursor', at, name, parameters, query }
}

function parseType(stream: TokenStream): TypeDeclaration {
  const { start: at } = stream.next()
  const name = stream.expectIdentifier().value
  stream.expectWord('IS')
  const definition = parseTypeDefinition(stream)
  stream.expectSymbol(';')
  return { kind: 'type', at, name, definition }
}

function parseTypeDefinition(stream: TokenStream): TypeDefinition {
  if (stream.takeWords('RECORD')) {
    stream.expectSymbol('(')
    const fields = parseList(stream, (inner) => {
      const field = inner.expectIdentifier()
      return parseVariableTail(inner, field.start, field.value, false)
    })
    stream.expectSymbol(')')
    return { kind: 'record', fields }
  }
  if (stream.takeWords('REF', 'CURSOR')) {
    if (stream.takeWords('RETURN')) parseTypeName(stream)
    return { kind: 'refCursor' }
  }
  if (stream.takeWords('TABLE', 'OF')) return parseTableType(stream)
  if (stream.takeWords('VARRAY') || stream.takeWords('VARYING', 'ARRAY')) {
    stream.expectSymbol('(')
    const limit = Number(stream.next().value)
    stream.expectSymbol(')')
    stream.expectWord('OF')
    return { ...parseElement(stream), limit }
  }
  throw stream.unexpected('( array limited new private range record varray char_base', 'number_base table ref')
}

function parseTableType(stream: TokenStream): TypeDefinition {
  const element = parseElement(stream)
  if (!stream.takeWords('INDEX', 'BY')) return element
  return { ...element, indexBy: parseTypeName(stream) }
}

function parseElement(stream: TokenStream): { kind: 'collection'; element: TypeName; notNull: boolean } {
  const element = parseTypeName(stream)
  return { kind: 'collection', element, notNull: stream.takeWords('NOT', 'NULL') }
}

function parseSubtype(stream: TokenStream): TypeDeclaration {
  const { start: at } = stream.next()
  const name = stream.expectIdentifier().value
  stream.expectWord('IS')
  const base = parseTypeName(stream)
  const range = stream.takeWords('RANGE') ? parseRange(stream) : undefined
  const notNull = stream.takeWords('NOT', 'NULL')
  stream.expectSymbol(';')
  return {
    kind: 'type',
    at,
    name,
    definition: { kind: 'subtype', base, notNull, ...(range === undefined ? {} : { range }) },
  }
}

function parseRange(stream: TokenStream): { low: Expression; high: Expression } {
  const low = parseExpression(stream)
  stream.expectSymbol('..')
  return { low, high: parseExpression(stream) }
}

function parseSubprogram(stream: TokenStream): SubprogramDeclaration {
  const isFunction = stream.next().value === 'FUNCTION'
  return parseSubprogramFrom(stream, isFunction, stream.expectIdentifier(), 'local')
}

/** A function or procedure behind its name, up to and with the semicolon. @throws OracleError PLS-00103 */
export function parseSubprogramFrom(
  stream: TokenStream,
  isFunction: boolean,
  { start: at, value: name }: Token,
  place: 'local' | 'stored',
): SubprogramDeclaration {
  const parameters = parseParameters(stream)
  let returns: TypeName | undefined
  if (isFunction) {
    stream.expectWord('RETURN')
    returns = parseTypeName(stream)
  }
  const properties = parseProperties(stream, place)
  const head = {
    kind: 'subprogram',
    at,
    name,
    parameters,
    properties,
    ...(returns === undefined ? {} : { returns }),
  } as const
  if (place === 'local' && stream.takeSymbol(';')) return head
  if (!stream.takeWords('IS') && !stream.takeWords('AS')) throw stream.unexpected('; is as')
  const body: Block = parseBody(stream, at, parseDeclarations(stream))
  stream.expectSymbol(';')
  return { ...head, body }
}

/** What stands between a subprogram's head and its body. Whose rights count is said for stored units only. */
function parseProperties(stream: TokenStream, place: 'local' | 'stored'): ReadonlySet<string> {
  const properties = new Set<string>()
  for (;;) {
    const hint = ['DETERMINISTIC', 'PARALLEL_ENABLE', 'RESULT_CACHE'].find((word) => stream.takeWords(word))
    if (hint !== undefined) properties.add(hint)
    else if (place === 'stored' && stream.takeWords('AUTHID')) {
      if (!stream.isWord('DEFINER') && !stream.isWord('CURRENT_USER')) throw stream.unexpected('current_user definer')
      properties.add(stream.next().value)
    } else return properties
  }
}

function parseParameters(stream: TokenStream): FormalParameter[] {
  if (!stream.takeSymbol('(')) return []
  const parameters = parseList(stream, parseParameter)
  stream.expectSymbol(')')
  return parameters
}

function parseParameter(stream: TokenStream): FormalParameter {
  const { start: at, value: name } = stream.expectIdentifier()
  const isIn = stream.takeWords('IN')
  const isOut = stream.takeWords('OUT')
  stream.takeWords('NOCOPY')
  const type = parseTypeName(stream)
  const initial = parseInitial(stream)
  const mode = isOut ? (isIn ? 'inOut' : 'out') : 'in'
  return { at, name, mode, type, ...(initial === undefined ? {} : { initial }) }
}
