import type { Identifier, Statement } from './syntax-tree.ts'
import type { TokenReader } from './token-reader.ts'

/** Reads GRANT EXECUTE ON a package TO users, and REVOKE EXECUTE ON it FROM them. Other privileges do not exist here. */
export function parseGrant(reader: TokenReader): Statement {
  const kind = reader.next().value === 'GRANT' ? 'grant' : 'revoke'
  if (!reader.takeWords('EXECUTE')) throw reader.error(3001, 'unimplemented feature')
  reader.expectWord('ON', 905, 'missing keyword')
  const object = reader.path(4042, 'procedure, function, package, or package body does not exist')
  reader.expectWord(kind === 'grant' ? 'TO' : 'FROM', 905, 'missing keyword')
  const grantees: Identifier[] = []
  do grantees.push(reader.identifier(987, 'missing or invalid username(s)'))
  while (reader.takeSymbol(','))
  if (reader.takeWords('WITH')) throw reader.error(3001, 'unimplemented feature')
  return { kind, object, grantees }
}
