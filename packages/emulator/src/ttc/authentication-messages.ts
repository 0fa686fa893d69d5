import type { ByteReader } from './byte-reader.ts'
import type { ByteWriter } from './byte-writer.ts'
import { FieldVersion } from './capabilities.ts'
import { MessageType } from './message-type.ts'
import { ProtocolError } from './protocol-error.ts'

/** Both phases of the logon have this form. */
export interface AuthenticationRequest {
  readonly user: string
  readonly mode: number
  readonly pairs: ReadonlyMap<string, string>
}

/** SYSDBA, SYSOPER, SYSASM, SYSBACKUP, SYSDG, SYSKM, SYSRAC and preliminary logons. */
const PRIVILEGED = 0x20 | 0x40 | 0x80 | 0x400000 | 0x1000000 | 0x2000000 | 0x4000000 | 0x8000000

/** Whether a logon asks for more than an ordinary session. */
export function isPrivileged(mode: number): boolean {
  return (mode & PRIVILEGED) !== 0
}

const NAME_LIMIT = 1024
const PAIR_LIMIT = 256

export function readAuthentication(reader: ByteReader, conventionalLengths: boolean): AuthenticationRequest {
  const hasUser = reader.uint8() !== 0
  const userLength = reader.count(NAME_LIMIT)
  const mode = reader.integer(4)
  reader.skip(1)
  const pairCount = reader.count(PAIR_LIMIT)
  reader.skip(2)
  let user = ''
  if (hasUser && userLength > 0) {
    const bytes = conventionalLengths ? reader.bytes() : reader.raw(userLength)
    if (bytes?.length !== userLength) throw new ProtocolError('a user name whose lengths differ')
    user = bytes.toString('utf8')
  }
  const pairs = new Map<string, string>()
  for (let index = 0; index < pairCount; index += 1) {
    const key = reader.doubleLengthText()
    pairs.set(key.replace(/\0+$/, ''), reader.doubleLengthText())
    reader.integer(4)
  }
  return { user, mode, pairs }
}

const VERIFIER_12C = 0x4815

export function writeChallenge(
  writer: ByteWriter,
  challenge: { sessionKey: string; salt: string; mixingSalt: string; rounds: number; exchangeRounds: number },
): void {
  writePairs(writer, [
    ['AUTH_SESSKEY', challenge.sessionKey],
    ['AUTH_VFR_DATA', challenge.salt, VERIFIER_12C],
    ['AUTH_PBKDF2_CSK_SALT', challenge.mixingSalt],
    ['AUTH_PBKDF2_VGEN_COUNT', String(challenge.rounds)],
    ['AUTH_PBKDF2_SDER_COUNT', String(challenge.exchangeRounds)],
  ])
}

export interface SessionFacts {
  readonly serverProof: string
  readonly sessionId: number
  readonly serviceName: string
  readonly databaseName: string
  readonly instanceName: string
  readonly maximumCursors: number
  readonly serverFieldVersion: number
  readonly agreedFieldVersion: number
}

export function writeWelcome(writer: ByteWriter, facts: SessionFacts): void {
  writePairs(writer, [
    ['AUTH_VERSION_STRING', '- Development tool, not a database'],
    ['AUTH_VERSION_NO', String(versionNumber(facts.serverFieldVersion, facts.agreedFieldVersion))],
    ['AUTH_SESSION_ID', String(facts.sessionId)],
    ['AUTH_SERIAL_NUM', '1'],
    ['AUTH_INSTANCENAME', facts.instanceName],
    ['AUTH_DBNAME', facts.databaseName],
    ['AUTH_SC_DBUNIQUE_NAME', facts.databaseName],
    ['AUTH_SC_REAL_DBUNIQUE_NAME', facts.databaseName],
    ['AUTH_SC_SERVICE_NAME', facts.serviceName],
    ['AUTH_SC_DB_DOMAIN', ''],
    ['AUTH_MAX_OPEN_CURSORS', String(facts.maximumCursors)],
    ['AUTH_MAX_IDEN_LENGTH', '128'],
    ['AUTH_SVR_RESPONSE', facts.serverProof],
  ])
}

const RELEASES: readonly (readonly [fieldVersion: number, major: number, release: number, portRelease: number])[] = [
  [FieldVersion.release23, 23, 7, 0],
  [FieldVersion.release21, 21, 3, 0],
  [FieldVersion.release18, 19, 3, 0],
  [0, 12, 2, 1],
]

/** The release whose layouts the server speaks, packed as a client of the agreed layouts unpacks it. */
function versionNumber(serverFieldVersion: number, agreedFieldVersion: number): number {
  const [, major = 0, release = 0, portRelease = 0] = RELEASES.find(([version]) => serverFieldVersion >= version) ?? []
  if (agreedFieldVersion >= FieldVersion.release18) return major * 2 ** 24 + (release << 16) + (portRelease << 4)
  return major * 2 ** 24 + (release << 20) + (portRelease << 8)
}

function writePairs(
  writer: ByteWriter,
  pairs: readonly (readonly [key: string, value: string, flags?: number])[],
): void {
  writer.uint8(MessageType.parameter).integers(pairs.length)
  for (const [key, value, flags = 0] of pairs) {
    writer.doubleLengthText(key).doubleLengthText(value).integers(flags)
  }
}
