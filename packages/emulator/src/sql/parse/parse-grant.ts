import { errorAt } from '../../language/lexer.ts'
import { OBJECT_PRIVILEGES, type ObjectPrivilege } from '../catalog/object-grants.ts'
import type { Identifier, Statement } from './syntax-tree.ts'
import type { TokenReader } from './token-reader.ts'

/** Reads GRANT and REVOKE: of privileges on an object, or of system privileges and roles. */
export function parseGrant(reader: TokenReader): Statement {
  const kind = reader.next().value === 'GRANT' ? 'grant' : 'revoke'
  const privileges = [parsePrivilege(reader)]
  while (reader.takeSymbol(',')) privileges.push(parsePrivilege(reader))
  const isOnObject = privileges.some(({ name }) => isObjectPrivilege(name.split(' ')[0] ?? ''))
  if (!isOnObject && reader.isWord('TO', 'FROM')) {
    const grantees = parseGrantees(reader, kind)
    if (reader.isWord('IDENTIFIED', 'WITH', 'CONTAINER')) throw reader.error(3001, 'unimplemented feature')
    return { kind: `${kind}-system`, privileges, grantees }
  }
  reader.expectWord('ON', 905, 'missing keyword')
  const object = reader.path(4042, 'procedure, function, package, or package body does not exist')
  const named = privileges.flatMap(({ name, start }) => objectPrivileges(name, start, reader))
  const grantees = parseGrantees(reader, kind)
  if (reader.isWord('WITH', 'CASCADE', 'FORCE')) throw reader.error(3001, 'unimplemented feature')
  return { kind, privileges: named, object, grantees }
}

/** The words up to the comma, ON, TO or FROM behind a privilege. */
function parsePrivilege(reader: TokenReader): { readonly name: string; readonly start: number } {
  const { start } = reader.current
  const words: string[] = []
  while (!reader.isWord('ON', 'TO', 'FROM') && (reader.current.kind === 'word' || reader.current.kind === 'quoted')) {
    words.push(reader.next().value)
  }
  if (reader.isSymbol('(')) throw reader.error(3001, 'unimplemented feature (privileges on columns)')
  if (words.length === 0) throw reader.error(990, 'missing or invalid privilege')
  return { name: words.join(' '), start }
}

function objectPrivileges(name: string, start: number, reader: TokenReader): readonly ObjectPrivilege[] {
  if (name === 'ALL' || name === 'ALL PRIVILEGES') return OBJECT_PRIVILEGES
  if (!isObjectPrivilege(name)) throw errorAt(reader.text, start, 990, 'missing or invalid privilege')
  return [name]
}

function isObjectPrivilege(name: string): name is ObjectPrivilege {
  return OBJECT_PRIVILEGES.some((privilege) => privilege === name)
}

function parseGrantees(reader: TokenReader, kind: 'grant' | 'revoke'): readonly Identifier[] {
  reader.expectWord(kind === 'grant' ? 'TO' : 'FROM', 905, 'missing keyword')
  const grantees: Identifier[] = []
  do grantees.push(reader.identifier(987, 'missing or invalid username(s)'))
  while (reader.takeSymbol(','))
  return grantees
}
