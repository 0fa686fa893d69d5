import { errorAt } from '../../language/lexer.ts'
import type { AlterUser, CreateRole, CreateUser, DropRole, DropUser, UserOptions } from './syntax-tree.ts'
import type { TokenReader } from './token-reader.ts'

/** Reads CREATE USER from the name on. */
export function parseCreateUser(reader: TokenReader): CreateUser {
  const ifNotExists = reader.takeWords('IF', 'NOT', 'EXISTS')
  const name = reader.identifier(1935, 'missing user or role name')
  const options = parseUserOptions(reader)
  if (options.password === undefined && !options.withoutPassword) {
    throw reader.error(1935, 'missing user or role name')
  }
  return { kind: 'create-user', name, ifNotExists, options }
}

/** Reads ALTER USER from the name on. */
export function parseAlterUser(reader: TokenReader): AlterUser {
  const name = reader.identifier(1935, 'missing user or role name')
  const options = parseUserOptions(reader)
  if (Object.keys(options).length === 1 && options.quotas.length === 0 && reader.current.kind === 'end') {
    throw reader.error(922, 'missing or invalid option')
  }
  return { kind: 'alter-user', name, options }
}

/** Reads DROP USER from the name on. */
export function parseDropUser(reader: TokenReader): DropUser {
  const ifExists = reader.takeWords('IF', 'EXISTS')
  const name = reader.identifier(1935, 'missing user or role name')
  return { kind: 'drop-user', name, ifExists, cascade: reader.takeWords('CASCADE') }
}

/** Reads CREATE ROLE from the name on. Roles that a password or a package must switch on there are none. */
export function parseCreateRole(reader: TokenReader): CreateRole {
  const ifNotExists = reader.takeWords('IF', 'NOT', 'EXISTS')
  const name = reader.identifier(1935, 'missing user or role name')
  if (!reader.takeWords('NOT', 'IDENTIFIED') && reader.isWord('IDENTIFIED')) {
    throw reader.error(3001, 'unimplemented feature (IDENTIFIED)')
  }
  return { kind: 'create-role', name, ifNotExists }
}

/** Reads DROP ROLE from the name on. */
export function parseDropRole(reader: TokenReader): DropRole {
  const ifExists = reader.takeWords('IF', 'EXISTS')
  return { kind: 'drop-role', name: reader.identifier(1935, 'missing user or role name'), ifExists }
}

type Options = { -readonly [Key in keyof UserOptions]: UserOptions[Key] }

function parseUserOptions(reader: TokenReader): UserOptions {
  const options: Options = { quotas: [] }
  while (reader.current.kind !== 'end') {
    if (reader.takeWords('IDENTIFIED')) parseIdentification(reader, options)
    else if (reader.takeWords('NO', 'AUTHENTICATION')) options.withoutPassword = true
    else if (reader.takeWords('DEFAULT', 'TABLESPACE') || reader.takeWords('TEMPORARY', 'TABLESPACE'))
      reader.identifier()
    else if (reader.takeWords('DEFAULT', 'ROLE')) parseDefaultRoles(reader)
    else if (reader.takeWords('PROFILE')) reader.next()
    else if (reader.takeWords('QUOTA')) options.quotas = [...options.quotas, parseQuota(reader)]
    else if (reader.takeWords('ACCOUNT')) options.locked = parseLock(reader)
    else if (reader.isWord('PASSWORD')) throw reader.error(3001, 'unimplemented feature (PASSWORD EXPIRE)')
    else throw reader.error(922, 'missing or invalid option')
  }
  return options
}

/** An unquoted password keeps its case, which no other word of SQL does. */
function parseIdentification(reader: TokenReader, options: Options): void {
  if (!reader.takeWords('BY')) throw reader.error(3001, 'unimplemented feature')
  options.password = parsePassword(reader)
  if (reader.takeWords('REPLACE')) parsePassword(reader)
}

function parsePassword(reader: TokenReader): string {
  const token = reader.next()
  if (token.kind === 'quoted') return token.value
  if (token.kind === 'word') return reader.text.slice(token.start, token.end)
  throw errorAt(reader.text, token.start, 988, 'missing or invalid password(s)')
}

function parseDefaultRoles(reader: TokenReader): void {
  do reader.next()
  while (reader.takeSymbol(','))
}

const UNITS: Readonly<Record<string, number>> = { K: 1024, M: 1024 ** 2, G: 1024 ** 3, T: 1024 ** 4 }

function parseQuota(reader: TokenReader): number {
  const unlimited = reader.takeWords('UNLIMITED')
  const bytes = unlimited ? Number.POSITIVE_INFINITY : parseSize(reader)
  reader.expectWord('ON', 969, 'missing ON keyword')
  reader.identifier(959, 'missing or invalid tablespace name')
  return bytes
}

/** `100M`, which the lexer takes for a number and a word. */
function parseSize(reader: TokenReader): number {
  const count = reader.integer()
  const unit = reader.current.kind === 'word' ? UNITS[reader.current.value] : undefined
  if (unit !== undefined) reader.next()
  return count * (unit ?? 1)
}

function parseLock(reader: TokenReader): boolean {
  if (reader.takeWords('LOCK')) return true
  reader.expectWord('UNLOCK', 922, 'missing or invalid option')
  return false
}
