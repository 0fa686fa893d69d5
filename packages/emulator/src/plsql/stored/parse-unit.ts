import type { StoredUnit } from '../../execution/stored-unit.ts'
import { PLSQL_LEXIS, tokenize } from '../../language/lexer.ts'
import { withinStack } from '../parse-block.ts'
import { parseSubprogramFrom } from '../parse-declaration.ts'
import { SourceText } from '../source-text.ts'
import type { SubprogramDeclaration, TypeName } from '../syntax.ts'
import { TokenStream } from '../token-stream.ts'

/** A stored function or procedure that was read but not yet resolved. */
export interface ParsedUnit {
  readonly source: SourceText
  readonly declaration: SubprogramDeclaration
  readonly anchors: readonly TypeName[]
}

/**
 * Reads the source of a stored unit, from the word FUNCTION or PROCEDURE on.
 * @throws OracleError ORA-06550 with PLS-00103 where the text stops being PL/SQL, and with PLS-00049 at a bind
 */
export function parseUnit(unit: StoredUnit): ParsedUnit {
  const source = new SourceText(unit.text, unit)
  const tokens = tokenize(unit.text, PLSQL_LEXIS)
  const bind = tokens.find((token) => token.kind === 'bind')
  if (bind !== undefined) throw source.error(bind.start, `PLS-00049: bad bind variable '${bind.value}'`)
  const stream = new TokenStream(source, tokens)
  const declaration = withinStack(source, () => parseDeclaration(stream, unit.kind === 'FUNCTION'))
  return { source, declaration, anchors: stream.anchors }
}

function parseDeclaration(stream: TokenStream, isFunction: boolean): SubprogramDeclaration {
  stream.next()
  stream.takeWords('IF', 'NOT', 'EXISTS')
  let name = stream.expectIdentifier()
  if (stream.takeSymbol('.')) name = stream.expectIdentifier()
  const declaration = parseSubprogramFrom(stream, isFunction, name, 'stored')
  stream.takeSymbol('/')
  if (stream.peek().kind !== 'end') throw stream.unexpected()
  return declaration
}
