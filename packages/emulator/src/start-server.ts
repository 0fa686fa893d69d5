import { statSync } from 'node:fs'
import { createSecureContext } from 'node:tls'
import type { Emulator, EmulatorOptions, TlsOptions } from './emulator.ts'
import type { DatabaseSession } from './execution/database-session.ts'
import type { UserAccounts } from './execution/user-accounts.ts'
import { NEWEST_VERSION, OLDEST_VERSION } from './net/connect-packet.ts'
import { Listener } from './net/listener.ts'
import { Ledger } from './session/ledger.ts'
import type { SessionLimits } from './session/session.ts'
import { StatementFailures } from './session/statement-failures.ts'
import { foldName, UserDirectory } from './session/user-directory.ts'
import { FieldVersion, NEWEST_FIELD_VERSION, OLDEST_FIELD_VERSION } from './ttc/capabilities.ts'
import type { ConversationServices } from './ttc/conversation.ts'

/** What executes statements: the one thing that the server needs from a database. */
export interface SessionSource {
  /** @param user - upper case unless the name was quoted. */
  session(user: string): DatabaseSession
  /** Whether a user may log on once the password is right. @throws OracleError */
  checkLogon?(user: string): void
  /** Takes notice of where passwords are kept. */
  useAccounts?(accounts: UserAccounts): void
  close(): void
}

/** Bounds that keep a client from using up the server. */
export interface ServerLimits {
  /** Clients at once; further ones are refused with ORA-12516. */
  readonly maximumConnections: number
  /** Milliseconds from connecting to the end of the logon. */
  readonly logonTimeoutMs: number
  /** Bytes of one request, before and after the logon. */
  readonly requests: { readonly beforeLogon: number; readonly afterLogon: number }
  readonly session: SessionLimits
}

const MEGABYTE = 1024 * 1024

const LIMITS: ServerLimits = {
  maximumConnections: 1000,
  logonTimeoutMs: 15_000,
  requests: { beforeLogon: 64 * 1024, afterLogon: 64 * MEGABYTE },
  session: {
    cursors: 1000,
    lobs: {
      temporaryCount: 10_000,
      temporarySize: 256 * MEGABYTE,
      fetchedCount: 10_000,
      fetchedSize: 64 * MEGABYTE,
    },
  },
}

/** Serves a database to drivers. `options` must have passed `checkOptions`. */
export async function startServer(
  options: EmulatorOptions,
  database: SessionSource,
  otherLimits: Partial<ServerLimits> = {},
): Promise<Emulator> {
  const limits = { ...LIMITS, ...otherLimits }
  const { host = '127.0.0.1', service = 'FREEPDB1', protocol = {} } = options
  const ledger = new Ledger(options.ledger)
  const failures = new StatementFailures()
  const fieldVersion = protocol.fieldVersion ?? NEWEST_FIELD_VERSION
  const users = directoryOf(options)
  database.useAccounts?.(users)
  const services: ConversationServices = {
    users,
    checkLogon: (user) => database.checkLogon?.(user),
    ledger,
    failures,
    sessionLimits: limits.session,
    fieldVersion,
    requestLimits: limits.requests,
    createSession: (user) => database.session(user),
    log: options.log ?? (() => {}),
  }
  const offer = {
    version: protocol.tnsVersion ?? NEWEST_VERSION,
    fastAuthentication: protocol.fastAuthentication ?? true,
    endOfResponse: (protocol.endOfResponse ?? true) && fieldVersion >= FieldVersion.endOfResponse,
  }
  const connection = { service, offer, logonTimeoutMs: limits.logonTimeoutMs }
  const listener = await Listener.open(
    {
      host,
      port: options.port ?? 0,
      tls: options.tls && { key: Buffer.from(options.tls.key), cert: Buffer.from(options.tls.cert) },
      connection,
      maximumConnections: limits.maximumConnections,
    },
    services,
  )
  return emulatorOf({ host, service, scheme: options.tls ? 'tcps://' : '', listener, ledger, failures, database })
}

/** Everybody who may log on: the users of the options, and the administrator with the password of the first. */
export function usersOf(options: EmulatorOptions): readonly { readonly user: string; readonly password: string }[] {
  const { user = 'DEMO', password = 'demo', users = [] } = options
  return [{ user: 'ADMIN', password }, { user, password }, ...users].map((one) => ({
    ...one,
    user: foldName(one.user),
  }))
}

function directoryOf(options: EmulatorOptions): UserDirectory {
  const directory = new UserDirectory()
  for (const { user, password } of usersOf(options)) directory.add(`"${user}"`, password)
  return directory
}

function emulatorOf(parts: {
  host: string
  service: string
  scheme: string
  listener: Listener
  ledger: Ledger
  failures: StatementFailures
  database: SessionSource
}): Emulator {
  const { host, service, scheme, listener, ledger, failures, database } = parts
  const { port } = listener
  let closing: Promise<void> | undefined
  const close = (): Promise<void> => {
    closing ??= listener.close().then(() => database.close())
    return closing
  }
  const shownHost = host.includes(':') ? `[${host}]` : host
  return {
    host,
    port,
    service,
    connectString: `${scheme}${shownHost}:${port}/${service}`,
    ledger,
    failNext: (match, error) => failures.add(match, error),
    dropConnections: () => listener.dropConnections(),
    notifyShutdown: () => listener.notifyShutdown(),
    close,
    [Symbol.asyncDispose]: close,
  }
}

/** @throws TypeError or RangeError that names the option. */
export function checkOptions(options: EmulatorOptions): void {
  const { host, port = 0, service = 'FREEPDB1', user = 'DEMO', password = 'demo', users = [], protocol = {} } = options
  if (host !== undefined) checkText('host', host)
  checkRange('port', port, 0, 65_535)
  checkText('service', service)
  if (!/^[A-Za-z][\w$#.-]*$/.test(service)) throw new TypeError(`service must be a service name, not ${quote(service)}`)
  checkUser('user', user)
  checkPassword('password', password)
  users.forEach((more, index) => {
    checkUser(`users[${index}].user`, more.user)
    checkPassword(`users[${index}].password`, more.password)
  })
  const { tnsVersion = NEWEST_VERSION, fieldVersion = NEWEST_FIELD_VERSION } = protocol
  checkRange('protocol.tnsVersion', tnsVersion, OLDEST_VERSION, NEWEST_VERSION)
  checkRange('protocol.fieldVersion', fieldVersion, OLDEST_FIELD_VERSION, NEWEST_FIELD_VERSION)
  checkRange('ledger.statements', options.ledger?.statements ?? 0, 0, Number.MAX_SAFE_INTEGER)
  checkRange('ledger.sessions', options.ledger?.sessions ?? 0, 0, Number.MAX_SAFE_INTEGER)
  if (options.tls !== undefined) checkTls(options.tls)
  if (options.documentsDirectory !== undefined) checkFolder('documentsDirectory', options.documentsDirectory)
  if (options.log !== undefined && typeof options.log !== 'function') throw new TypeError('log must be a function')
}

function checkText(name: string, value: unknown): asserts value is string {
  if (typeof value !== 'string' || value === '') throw new TypeError(`${name} must be a text that is not empty`)
}

/** The message must not show the key. */
function checkTls(tls: unknown): void {
  const { key, cert } = (tls ?? {}) as Partial<TlsOptions>
  for (const [name, value] of Object.entries({ key, cert })) {
    if (typeof value !== 'string' && !(value instanceof Uint8Array)) {
      throw new TypeError(`tls.${name} must be a text or bytes in PEM form`)
    }
  }
  try {
    createSecureContext({ key: Buffer.from(key as string), cert: Buffer.from(cert as string) })
  } catch (error) {
    throw new TypeError('tls.key and tls.cert must be a private key and its certificate in PEM form', { cause: error })
  }
}

function checkFolder(name: string, value: unknown): void {
  checkText(name, value)
  if (statSync(value, { throwIfNoEntry: false })?.isDirectory()) return
  throw new TypeError(`${name} must be a folder that exists, not ${quote(value)}`)
}

function checkRange(name: string, value: unknown, lowest: number, highest: number): void {
  if (typeof value === 'number' && Number.isInteger(value) && value >= lowest && value <= highest) return
  throw new RangeError(`${name} must be a whole number from ${lowest} to ${highest}, not ${quote(value)}`)
}

function checkUser(name: string, value: unknown): void {
  checkText(name, value)
  if (/^(?:[\p{L}][\p{L}\p{N}_$#]*|"[^"\0]+")$/u.test(value) && Buffer.byteLength(value) <= 128) return
  throw new TypeError(`${name} must be a user name, not ${quote(value)}`)
}

/** The message must not show the value. */
function checkPassword(name: string, value: unknown): void {
  checkText(name, value)
  if (Buffer.byteLength(value) > 1024) throw new TypeError(`${name} must not be longer than 1024 bytes`)
}

function quote(value: unknown): string {
  return JSON.stringify(value) ?? String(value)
}
