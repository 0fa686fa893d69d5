import { ConnectError } from './connect-error.ts'
import { ConnectionLostError } from './connection-lost-error.ts'
import { DataAccessDisabledError } from './data-access-disabled-error.ts'
import { DatabaseError } from './database-error.ts'
import { LoginError } from './login-error.ts'
import { NetworkAccessError } from './network-access-error.ts'
import { oracleErrorNumber } from './oracle-error-number.ts'
import { PrivilegeError } from './privilege-error.ts'
import { ProfileCredentialError } from './profile-credential-error.ts'
import { ProfileNotFoundError } from './profile-not-found-error.ts'
import { ProviderError } from './provider-error.ts'
import { SelectAIError } from './select-ai-error.ts'

/** What was being done when the driver failed: some numbers mean different things while connecting and during a call. */
export interface DriverErrorContext {
  readonly phase: 'connect' | 'call'
  readonly profile?: string | undefined
}

type ErrorKind =
  | 'connect'
  | 'credential'
  | 'dataAccess'
  | 'lost'
  | 'login'
  | 'network'
  | 'privilege'
  | 'profile'
  | 'provider'

const create: Readonly<Record<ErrorKind, (cause: unknown, context: DriverErrorContext) => SelectAIError>> = {
  connect: (cause) => new ConnectError({ cause }),
  credential: (cause, { profile }) => new ProfileCredentialError({ credential: credentialOf(cause), profile, cause }),
  dataAccess: (cause) => new DataAccessDisabledError({ cause }),
  lost: (cause) => new ConnectionLostError({ cause }),
  login: (cause) => new LoginError({ cause }),
  network: (cause) => new NetworkAccessError({ cause }),
  privilege: (cause) => new PrivilegeError({ cause }),
  profile: (cause, { profile }) =>
    profile === undefined ? fallback(cause) : new ProfileNotFoundError({ profile, cause }),
  provider: (cause) => new ProviderError({ cause }),
}

const kinds: Readonly<Record<ErrorKind, readonly string[]>> = {
  login: [
    'ORA-01005', // null password
    'ORA-01017', // wrong user name or password
    'ORA-01045', // no CREATE SESSION
    'ORA-25708', // token expired
    'ORA-28000', // account locked
    'ORA-28001', // password expired
    'ORA-28040', // no matching authentication protocol
    'ORA-28221', // password change required
    'NJS-087', // token expired
    'NJS-116', // password verifier not supported
  ],
  connect: [
    ...['ORA-00018', 'ORA-00020', 'ORA-01033', 'ORA-01034', 'ORA-01035'],
    ...['ORA-12154', 'ORA-12170', 'ORA-12505', 'ORA-12506', 'ORA-12514', 'ORA-12516', 'ORA-12518', 'ORA-12519'],
    ...['ORA-12520', 'ORA-12521', 'ORA-12526', 'ORA-12527', 'ORA-12528', 'ORA-12541', 'ORA-12545', 'ORA-12560'],
    ...['NJS-138', 'NJS-503', 'NJS-504', 'NJS-505', 'NJS-506', 'NJS-507', 'NJS-508', 'NJS-510', 'NJS-511', 'NJS-512'],
    ...['NJS-514', 'NJS-515', 'NJS-516', 'NJS-517', 'NJS-518', 'NJS-519', 'NJS-520', 'NJS-522', 'NJS-523', 'NJS-529'],
    ...['NJS-530', 'NJS-532', 'NJS-533', 'NJS-536'],
  ],
  lost: [
    ...['ORA-00022', 'ORA-00028', 'ORA-00031', 'ORA-00045', 'ORA-00600', 'ORA-00602', 'ORA-00603', 'ORA-00609'],
    ...['ORA-01012', 'ORA-01041', 'ORA-01043', 'ORA-01089', 'ORA-01092', 'ORA-02396', 'ORA-02399'],
    ...['ORA-03113', 'ORA-03114', 'ORA-03122', 'ORA-03135', 'ORA-12153', 'ORA-12537', 'ORA-12547', 'ORA-12570'],
    ...['ORA-12583', 'ORA-27146', 'ORA-28511', 'ORA-56600'],
    ...['NJS-003', 'NJS-500', 'NJS-501', 'NJS-509', 'NJS-513', 'NJS-521', 'DPI-1010', 'DPI-1080'],
  ],
  privilege: [
    'ORA-01031', // insufficient privileges
    'ORA-01720',
    'ORA-41900', // missing privilege, as 23ai says it
  ],
  profile: ['ORA-20046'],
  credential: ['ORA-20004'],
  network: ['ORA-24247'],
  dataAccess: [], // told by its text alone
  provider: [
    'ORA-20000',
    'ORA-20001',
    'ORA-20010', // missing or invalid credential name
    'ORA-24263', // certificate
    'ORA-28759', // wallet of the database
    'ORA-29024', // certificate validation
    'ORA-29273', // HTTP request failed
    'ORA-29276', // transfer timeout
  ],
}

const kindByCode: ReadonlyMap<string, ErrorKind> = new Map(
  Object.entries(kinds).flatMap(([kind, codes]) => codes.map((code) => [code, kind as ErrorKind] as const)),
)

/** DBMS_CLOUD reports the provider's HTTP status as 20000 plus the status, for example ORA-20401. */
const httpStatusRange: readonly [number, number] = [20_300, 20_599]

/**
 * Turns an error of the driver into one of this package's. Errors that are ours already pass unchanged.
 * The driver's text is kept in `cause` and never becomes part of the message.
 */
export function fromDriverError(error: unknown, context: DriverErrorContext): SelectAIError {
  if (SelectAIError.isInstance(error)) return error
  const kind = kindOf(error, context)
  return kind === undefined ? fallback(error) : create[kind](error, context)
}

/** True when the connection that raised `error` must not be used again. */
export function isConnectionFatal(error: unknown): boolean {
  const codes = codesOf(error)
  return codes.some((code) => kindByCode.get(code) === 'lost') || isRecoverableFlag(error)
}

/** True for the database's confirmation that a break ended the call. */
export function isBreakConfirmation(error: unknown): boolean {
  const codes = codesOf(error)
  return codes.includes('ORA-01013') || codes.includes('NJS-123')
}

function kindOf(error: unknown, context: DriverErrorContext): ErrorKind | undefined {
  const codes = codesOf(error)
  for (const code of codes) {
    const kind = refine(code, kindByCode.get(code), error, context)
    if (kind !== undefined) return kind
  }
  if (context.phase === 'connect' && codes.length > 0) return 'connect'
  return undefined
}

function refine(
  code: string,
  kind: ErrorKind | undefined,
  error: unknown,
  context: DriverErrorContext,
): ErrorKind | undefined {
  if (kind === 'lost' && context.phase === 'connect') return 'connect'
  if (code === 'ORA-06550') return /PLS-00201|PLS-00904/.test(messageOf(error)) ? 'privilege' : undefined
  if (kind === 'provider' && messageOf(error).includes('ORA-24247')) return 'network'
  if (kind === 'provider' && /\bdata access is disabled\b/i.test(messageOf(error))) return 'dataAccess'
  if (kind === 'provider' && /profile\b[^\n]*\b(does not exist|not found|invalid)/i.test(messageOf(error))) {
    return context.profile === undefined ? kind : 'profile'
  }
  if (kind !== undefined) return kind
  const number = code.startsWith('ORA-') ? Number(code.slice(4)) : 0
  return number >= httpStatusRange[0] && number <= httpStatusRange[1] ? 'provider' : undefined
}

function fallback(error: unknown): DatabaseError {
  const [databaseCode] = codesOf(error)
  const errorNumber = oracleErrorNumber(error)
  return new DatabaseError({
    ...(errorNumber === undefined ? {} : { errorNumber }),
    ...(databaseCode === undefined ? {} : { databaseCode }),
    cause: error,
  })
}

/** The driver's code first, then Oracle's number: a broken connection arrives as NJS-500 around ORA-03113. */
function codesOf(error: unknown): string[] {
  if (typeof error !== 'object' || error === null) return []
  const { code } = error as { code?: unknown }
  const errorNumber = oracleErrorNumber(error)
  const codes: string[] = []
  if (typeof code === 'string' && /^(ORA|NJS|DPI)-\d+$/.test(code)) codes.push(code)
  if (errorNumber !== undefined) {
    const oracleCode = `ORA-${String(errorNumber).padStart(5, '0')}`
    if (!codes.includes(oracleCode)) codes.push(oracleCode)
  }
  return codes
}

function isRecoverableFlag(error: unknown): boolean {
  return (error as { isRecoverable?: unknown } | null)?.isRecoverable === true
}

/** The name between the words of ORA-20004. */
function credentialOf(error: unknown): string | undefined {
  return /\bcredential\s+(\S+)\s+does not exist/i.exec(messageOf(error))?.[1]?.replaceAll('"', '')
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : ''
}
