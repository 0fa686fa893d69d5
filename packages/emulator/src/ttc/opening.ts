import type { DatabaseSession } from '../execution/database-session.ts'
import { OracleError } from '../oracle-error.ts'
import type { Ledger } from '../session/ledger.ts'
import { denied, Logon } from '../session/logon.ts'
import { Session, type SessionLimits } from '../session/session.ts'
import type { StatementFailures } from '../session/statement-failures.ts'
import { foldName, type UserDirectory } from '../session/user-directory.ts'
import { type AuthenticationRequest, isPrivileged, writeChallenge, writeWelcome } from './authentication-messages.ts'
import { ByteWriter } from './byte-writer.ts'
import { type Agreement, agree, type ClientDataTypes, OLDEST_FIELD_VERSION } from './capabilities.ts'
import { writeEndOfCall, writeStatus } from './end-of-call.ts'
import { MessageType } from './message-type.ts'
import { writeDataTypes, writeProtocol } from './negotiation.ts'
import { ProtocolError } from './protocol-error.ts'
import type { Request } from './request.ts'

export interface OpeningServices {
  readonly users: UserDirectory
  readonly ledger: Ledger
  readonly failures: StatementFailures
  readonly sessionLimits: SessionLimits
  /** The newest message layouts to speak. */
  readonly fieldVersion: number
  /** Whether a user may log on once the password is right. @throws OracleError */
  checkLogon(user: string): void
  createSession(user: string): DatabaseSession
  log(line: string): void
}

/** What was settled while connecting. */
export interface ConversationSetup {
  readonly service: string
  readonly fastAuthentication: boolean
  readonly endOfResponse: boolean
}

export type OpeningRequest = Extract<
  Request,
  { kind: 'protocol' | 'dataTypes' | 'fastAuthentication' | 'authentication' }
>

const OPENING_KINDS: ReadonlySet<string> = new Set(['protocol', 'dataTypes', 'fastAuthentication', 'authentication'])
const FAILED_LOGONS = 3

export function isOpeningRequest(request: Request): request is OpeningRequest {
  return OPENING_KINDS.has(request.kind)
}

/** The beginning of a conversation: versions and data types are agreed on, and the client proves who it is. */
export class Opening {
  readonly #services: OpeningServices
  readonly #setup: ConversationSetup
  #driver = ''
  #agreement: Agreement | undefined
  #attempt: { readonly logon: Logon; readonly user: string; readonly program: string | undefined } | undefined
  #failedLogons = 0
  #session: Session | undefined
  /** The logon of the session, under whose key a client sends another password. */
  #accepted: { readonly logon: Logon; readonly user: string } | undefined

  constructor(services: OpeningServices, setup: ConversationSetup) {
    this.#services = services
    this.#setup = setup
  }

  /** The driver's name, as it introduced itself. */
  get driver(): string {
    return this.#driver
  }

  /** Undefined until the data types were exchanged. */
  get agreement(): Agreement | undefined {
    return this.#agreement
  }

  /** Undefined until the logon. */
  get session(): Session | undefined {
    return this.#session
  }

  /** @throws ProtocolError for messages out of order. */
  async answer(request: OpeningRequest, signal: AbortSignal): Promise<ByteWriter> {
    const writer = new ByteWriter()
    if (request.kind === 'authentication') {
      if (request.phase === 1) this.#challenge(writer, request.authentication)
      else return this.#logOn(request.authentication, signal)
      return writer
    }
    if (this.#agreement) throw new ProtocolError('a second negotiation')
    if (request.kind !== 'dataTypes') this.#introduce(writer, request.driver)
    if (request.kind !== 'protocol') this.#agreeWith(writer, request.client)
    if (request.kind === 'fastAuthentication') {
      if (!this.#setup.fastAuthentication) throw new ProtocolError('a fast authentication that was not offered')
      this.#challenge(writer, request.authentication)
    }
    return writer
  }

  #introduce(writer: ByteWriter, driver: string): void {
    this.#driver = driver
    writeProtocol(writer, this.#services.fieldVersion, this.#setup.endOfResponse)
  }

  #agreeWith(writer: ByteWriter, client: ClientDataTypes): void {
    const { fieldVersion } = this.#services
    const agreement = agree(client, { fieldVersion, endOfResponse: this.#setup.endOfResponse })
    if (agreement.fieldVersion < OLDEST_FIELD_VERSION) {
      throw new ProtocolError(`a client of field version ${agreement.fieldVersion}`)
    }
    this.#agreement = agreement
    writeDataTypes(writer, client)
  }

  #challenge(writer: ByteWriter, request: AuthenticationRequest): void {
    // Before a new password, older drivers prove the old one with a challenge of its own.
    const isOther = this.#accepted !== undefined && this.#accepted.user !== foldName(request.user)
    if (isOther) throw new ProtocolError('a second logon')
    const logon = new Logon(this.#services.users.verifier(request.user))
    this.#attempt = { logon, user: foldName(request.user), program: request.pairs.get('AUTH_PROGRAM_NM') }
    writeChallenge(writer, logon.challenge)
    writeStatus(writer, false)
  }

  async #logOn(request: AuthenticationRequest, signal: AbortSignal): Promise<ByteWriter> {
    try {
      const writer = new ByteWriter()
      // A logged-on client that wants another password comes this way.
      if (this.#session) this.#changePassword(writer, this.#session, request)
      else await this.#welcome(writer, request, signal)
      return writer
    } catch (error) {
      if (!(error instanceof OracleError)) throw error
      this.#noteDenial(request, error)
      return this.#report(error)
    }
  }

  /** @throws OracleError ORA-01017 for the password of somebody else, ORA-28008 when the old one is wrong */
  #changePassword(writer: ByteWriter, session: Session, request: AuthenticationRequest): void {
    const { user, pairs } = request
    const { users } = this.#services
    const accepted = this.#accepted
    if (accepted === undefined || foldName(user) !== accepted.user) throw denied()
    if (pairs.has('AUTH_SESSKEY')) {
      this.#writeWelcome(writer, session, this.#check(request).serverProof)
    } else {
      const old = accepted.logon.readPassword(pairs.get('AUTH_PASSWORD') ?? '')
      const isRight = old !== undefined && users.verifier(user).matchesPassword(old)
      if (!isRight) throw new OracleError(28008, 'invalid old password')
      this.#setPassword(accepted, pairs.get('AUTH_NEWPASSWORD'))
      writer.uint8(MessageType.parameter).integers(0)
    }
    writeEndOfCall(writer, this.#mustAgree(), { inTransaction: false })
  }

  #setPassword({ logon, user }: { readonly logon: Logon; readonly user: string }, sent: string | undefined): void {
    const password = logon.readPassword(sent ?? '')
    if (!password) throw new OracleError(988, 'missing or invalid password(s)')
    this.#services.users.setPassword(user, password)
  }

  #noteDenial(request: AuthenticationRequest, error: OracleError): void {
    this.#failedLogons += 1
    // A name that nobody has may be a password in the wrong place.
    const user = this.#services.users.knows(request.user) ? foldName(request.user) : 'an unknown user'
    this.#services.log(`logon of ${user} denied: ORA-${String(error.number).padStart(5, '0')}`)
    if (this.#failedLogons >= FAILED_LOGONS) throw new ProtocolError('too many failed logons')
  }

  #report({ number, message, offset }: OracleError): ByteWriter {
    const writer = new ByteWriter()
    writeEndOfCall(writer, this.#mustAgree(), { inTransaction: false, error: { number, message, offset } })
    return writer
  }

  async #welcome(writer: ByteWriter, request: AuthenticationRequest, signal: AbortSignal): Promise<void> {
    const { user, program, serverProof } = this.#check(request)
    const session = this.#open(user, program)
    await applyLogonStatement(session.database, request.pairs.get('AUTH_ALTER_SESSION'), signal)
    this.#writeWelcome(writer, session, serverProof)
    writeEndOfCall(writer, this.#mustAgree(), { inTransaction: false })
  }

  #writeWelcome(writer: ByteWriter, session: Session, serverProof: string): void {
    writeWelcome(writer, {
      serverProof,
      sessionId: session.entry.id,
      serviceName: this.#setup.service,
      databaseName: 'FREE',
      instanceName: 'FREE',
      maximumCursors: this.#services.sessionLimits.cursors,
      serverFieldVersion: this.#services.fieldVersion,
      agreedFieldVersion: this.#mustAgree().fieldVersion,
    })
  }

  /** @throws OracleError ORA-01017 or ORA-28150, or what keeps the user from logging on */
  #check({ user, mode, pairs }: AuthenticationRequest): {
    readonly user: string
    readonly program: string | undefined
    readonly serverProof: string
  } {
    const attempt = this.#attempt
    this.#attempt = undefined
    const sessionKey = pairs.get('AUTH_SESSKEY')
    if (!attempt || sessionKey === undefined || attempt.user !== foldName(user)) throw denied()
    const serverProof = attempt.logon.accept({
      sessionKey,
      speedyKey: pairs.get('AUTH_PBKDF2_SPEEDY_KEY'),
      password: pairs.get('AUTH_PASSWORD'),
    })
    if (isPrivileged(mode)) throw denied()
    if (pairs.has('PROXY_CLIENT_NAME')) throw new OracleError(28150, 'proxy not authorized to connect as client')
    this.#services.checkLogon(attempt.user)
    const newPassword = pairs.get('AUTH_NEWPASSWORD')
    if (newPassword !== undefined) this.#setPassword(attempt, newPassword)
    this.#accepted = attempt
    return { user: attempt.user, program: attempt.program, serverProof }
  }

  #open(user: string, program: string | undefined): Session {
    const { ledger, failures, sessionLimits: limits } = this.#services
    const entry = ledger.openSession({ user, service: this.#setup.service, program: program?.slice(0, 256) })
    this.#session = new Session(() => this.#services.createSession(user), { entry, failures, limits })
    return this.#session
  }

  #mustAgree(): Agreement {
    if (!this.#agreement) throw new ProtocolError('a logon before the negotiation')
    return this.#agreement
  }
}

/** The client's ALTER SESSION for its time zone. A session is usable without it, so its errors do not matter. */
async function applyLogonStatement(
  database: DatabaseSession,
  statement: string | undefined,
  signal: AbortSignal,
): Promise<void> {
  const text = statement?.replace(/\0+$/, '').trim()
  if (!text) return
  try {
    await database.prepare(text).execute([], signal)
  } catch (error) {
    if (!(error instanceof OracleError)) throw error
  }
}
