import { OracleError } from '../oracle-error.ts'
import type { SessionEnd } from '../session/ledger.ts'
import type { Session } from '../session/session.ts'
import { ByteWriter } from './byte-writer.ts'
import { Call } from './call.ts'
import type { Agreement } from './capabilities.ts'
import { type CallError, writeEndOfCall, writeStatus } from './end-of-call.ts'
import { answerExecute, answerFetch, answerReexecute, CursorError } from './execute-handler.ts'
import { answerLob } from './lob-handler.ts'
import { MessageType } from './message-type.ts'
import {
  type ConversationSetup,
  isOpeningRequest,
  Opening,
  type OpeningRequest,
  type OpeningServices,
} from './opening.ts'
import { applyPiggyback } from './piggyback-handler.ts'
import { ProtocolError } from './protocol-error.ts'
import type { Envelope, Request } from './request.ts'
import { RequestBuffer } from './request-buffer.ts'
import { readEnvelope } from './request-reader.ts'

/** What every conversation of a server shares. */
export interface ConversationServices extends OpeningServices {
  /** Bytes that may wait to be read, before and after the logon. */
  readonly requestLimits: { readonly beforeLogon: number; readonly afterLogon: number }
}

export interface Response {
  readonly bytes: Buffer
  /** Whether its last packet says that the response ends there. */
  readonly isMarked: boolean
  /** Must be called instead of sending when the client no longer waits for it. */
  discard(): void
}

/** A request that was read and waits to be answered. */
export type PendingRequest = Envelope | { readonly unsupported: string }

type CallRequest = Exclude<Request, OpeningRequest>
type AnsweredRequest = Exclude<CallRequest, { kind: 'releaseSession' }>
type PlainKind = 'ping' | 'commit' | 'rollback' | 'logoff' | 'pipelineEnd'

const SESSION_RETURN = 4
const SESSION_CHANGED = 4
const CANCELLED: CallError = {
  number: 1013,
  message: 'ORA-01013: user requested cancel of current operation',
  offset: 0,
}

/** One client's talk with the server, from the first message to the last: bytes of requests in, bytes of responses out. */
export class Conversation {
  readonly #services: ConversationServices
  readonly #opening: Opening
  readonly #input = new RequestBuffer()
  #announcesSession = false
  #pipelineAborts = false
  #pipelineFailed = false
  #loggedOff = false

  constructor(services: ConversationServices, setup: ConversationSetup) {
    this.#services = services
    this.#opening = new Opening(services, setup)
  }

  get isLoggedOn(): boolean {
    return this.#session !== undefined
  }

  get #session(): Session | undefined {
    return this.#opening.session
  }

  /** Whether something waits to be read. */
  get hasInput(): boolean {
    return this.#input.length > 0
  }

  /** Takes a piece of a request. @throws ProtocolError when it grows too large. */
  receive(bytes: Buffer, endsRequest: boolean): void {
    const { beforeLogon, afterLogon } = this.#services.requestLimits
    this.#input.append(bytes, endsRequest, this.#session ? afterLogon : beforeLogon)
  }

  /** Throws away what is not yet read, because the client broke off. */
  interrupt(): void {
    this.#session?.entry.broken()
    this.#input.clear()
    this.#leavePipeline()
  }

  /** The next complete request. @throws ProtocolError */
  next(): PendingRequest | undefined {
    const context = { agreement: this.#opening.agreement, cursors: this.#session?.cursors }
    const reading = this.#input.next((reader) => readEnvelope(reader, context))
    if (reading === undefined) return undefined
    return 'message' in reading ? reading.message : reading
  }

  /**
   * Answers a request; undefined when it has no answer.
   * @throws ProtocolError
   */
  async answer(pending: PendingRequest, signal: AbortSignal): Promise<Response | undefined> {
    if ('unsupported' in pending) return this.#refuse(pending.unsupported)
    const { request } = pending
    if (!isOpeningRequest(request)) return this.#answerCall(pending, request, signal)
    // The end of the negotiation's own messages is not marked yet; with a logon in them it is.
    const isMarked = request.kind !== 'protocol' && request.kind !== 'dataTypes'
    return this.#finish(await this.#opening.answer(request, signal), isMarked)
  }

  /** The report that follows a break. */
  reportBreak(): Response {
    const writer = new ByteWriter()
    writeEndOfCall(writer, this.#mustAgree(), { inTransaction: this.#inTransaction, error: CANCELLED })
    return this.#finish(writer)
  }

  /** Notes how the session ended. `close` follows when nothing runs any more. */
  end(how: SessionEnd): void {
    this.#session?.end(this.#loggedOff ? 'logoff' : how)
  }

  close(): void {
    this.#session?.close()
  }

  get #inTransaction(): boolean {
    return this.#session?.database.inTransaction ?? false
  }

  #mustAgree(): Agreement {
    if (!this.#opening.agreement) throw new ProtocolError('a request before the negotiation')
    return this.#opening.agreement
  }

  #finish(writer: ByteWriter, mayBeMarked = true, discard: () => void = () => {}): Response {
    const isMarked = mayBeMarked && this.#mustAgree().endOfResponse
    if (isMarked) writer.uint8(MessageType.endOfResponse)
    return { bytes: writer.toBuffer(), isMarked, discard }
  }

  #leavePipeline(): void {
    this.#pipelineAborts = false
    this.#pipelineFailed = false
  }

  /** Answers a message that was recognised but is not spoken. */
  #refuse(what: string): Response {
    this.#services.log(`a client sent ${what}, which is not supported`)
    this.#session?.entry.roundTrip()
    const writer = new ByteWriter()
    const error = this.#describe(new OracleError(3001, `unimplemented feature (${what})`))
    writeEndOfCall(writer, this.#mustAgree(), { inTransaction: this.#inTransaction, error })
    return this.#finish(writer)
  }

  async #answerCall(envelope: Envelope, request: CallRequest, signal: AbortSignal): Promise<Response | undefined> {
    const session = this.#session
    if (!session || this.#loggedOff) throw new ProtocolError('a request without a session')
    const isNode = this.#opening.driver.startsWith('node-oracledb')
    const call = new Call(session, this.#mustAgree(), signal, isNode)
    if (request.kind === 'releaseSession') return this.#release(session, envelope)
    try {
      await this.#perform(call, envelope, request)
      return this.#finish(this.#headed(envelope, call.writer), true, () => call.discard())
    } catch (error) {
      call.discard()
      return this.#finish(this.#failure(call, envelope, error))
    } finally {
      // The requests of a pipeline come and go together with its end.
      if (!signal.aborted && envelope.token === 0) session.entry.roundTrip()
    }
  }

  async #perform(call: Call, envelope: Envelope, request: AnsweredRequest): Promise<void> {
    for (const piggyback of envelope.piggybacks) {
      applyPiggyback(call.session, piggyback)
      if (piggyback.kind === 'pipelineBegin') this.#pipelineAborts = piggyback.abortOnError
    }
    if (this.#pipelineFailed && request.kind !== 'pipelineEnd') {
      call.end({ error: CANCELLED })
      return
    }
    switch (request.kind) {
      case 'execute':
        return answerExecute(call, request)
      case 'reexecute':
        return answerReexecute(call, request)
      case 'fetch':
        return answerFetch(call, request)
      case 'lob':
        return answerLob(call, request)
      default:
        return this.#performPlain(call, request.kind)
    }
  }

  async #performPlain(call: Call, kind: PlainKind): Promise<void> {
    const { database } = call.session
    if (kind === 'commit') await database.commit()
    if (kind === 'rollback') await database.rollback()
    if (kind === 'logoff') this.#loggedOff = true
    if (kind === 'pipelineEnd') this.#leavePipeline()
    writeStatus(call.writer, database.inTransaction)
  }

  /** A response with its head: the news that the session is another one, and the request's token. */
  #headed(envelope: Envelope, body: ByteWriter): ByteWriter {
    if (envelope.token === 0 && !this.#announcesSession) return body
    const writer = new ByteWriter()
    if (this.#announcesSession) {
      this.#announcesSession = false
      writer.uint8(MessageType.serverPiggyback, SESSION_RETURN).integers(0).uint8(0)
      writer.integers(0, SESSION_CHANGED, this.#session?.entry.id ?? 0, 1)
    }
    if (envelope.token !== 0) writer.uint8(MessageType.token).integers(envelope.token)
    return writer.raw(body.toBuffer())
  }

  #failure(call: Call, envelope: Envelope, thrown: unknown): ByteWriter {
    const cursorId = thrown instanceof CursorError ? thrown.cursorId : 0
    const error = this.#describe(thrown instanceof CursorError ? thrown.cause : thrown)
    if (this.#pipelineAborts) this.#pipelineFailed = true
    const writer = new ByteWriter()
    writeEndOfCall(writer, call.agreement, { inTransaction: this.#inTransaction, cursorId, error })
    return this.#headed(envelope, writer)
  }

  /** An error that is no OracleError is a defect of the emulator, and is reported as the database reports its own. */
  #describe(error: unknown): CallError {
    if (error instanceof OracleError) return { number: error.number, message: error.message, offset: error.offset }
    this.#services.log(`internal error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    const detail = error instanceof Error ? error.message : String(error)
    return { number: 600, message: `ORA-00600: internal error code, arguments: [${detail}]`, offset: 0 }
  }

  /** The message has no answer, so errors of its piggybacks go to the log. */
  #release(session: Session, envelope: Envelope): undefined {
    try {
      for (const piggyback of envelope.piggybacks) applyPiggyback(session, piggyback)
    } catch (error) {
      this.#services.log(`while a session was released: ${this.#describe(error).message}`)
    }
    session.release()
    this.#announcesSession = true
  }
}
