import type { Socket } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { SessionEnd } from '../session/ledger.ts'
import { Conversation, type ConversationServices, type Response } from '../ttc/conversation.ts'
import { ProtocolError, UnsupportedMessage } from '../ttc/protocol-error.ts'
import { isNetworkServicesRequest, networkServicesAnswer } from './advanced-networking.ts'
import { readConnectDescriptor } from './connect-descriptor.ts'
import { acceptPacket, type ConnectRequest, readConnect, refusePacket, settle } from './connect-packet.ts'
import { DataFlag, dataPackets, Marker, markerPacket, noticePacket, PacketType } from './packet.ts'
import { type Packet, PacketFramer } from './packet-framer.ts'

export interface ConnectionOptions {
  readonly service: string
  /** Protocol version and features to offer. */
  readonly offer: { readonly version: number; readonly fastAuthentication: boolean; readonly endOfResponse: boolean }
  /** How long a client may take from connecting to its logon, in milliseconds. */
  readonly logonTimeoutMs: number
  /** Turns the client away with this listener error; for a server that is full. */
  readonly refuseWith: number | undefined
}

const UNKNOWN_SERVICE = 12_514
const UNKNOWN_SID = 12_505
const SHUTTING_DOWN = 12_572
/** Bytes that a client may leave unread and still send breaks: more than any response of one fetch should have. */
const UNREAD_LIMIT = 64 * 1024 * 1024

/** One client's socket: packets in, packets out, breaks, and one request at a time. */
export class ClientConnection {
  readonly #socket: Socket
  readonly #options: ConnectionOptions
  readonly #services: ConversationServices
  readonly #framer = new PacketFramer()
  readonly #peer: string
  readonly #logonTimer: NodeJS.Timeout
  #connecting: ConnectRequest | undefined
  #conversation: Conversation | undefined
  #dataUnit = 8192
  #running: AbortController | undefined
  #isServing = false
  /** Between a break and the client's reset, what arrives is thrown away. */
  #awaitsReset = false
  /** The client has reset and waits for the report of its break. */
  #owesBreakReport = false
  #isOver = false
  #isRefused = false
  #declinedServices = false
  /** Resolved when the socket is closed and nothing of this connection runs any more. */
  readonly closed: Promise<void>
  #resolveClosed: () => void = () => {}

  constructor(socket: Socket, options: ConnectionOptions, services: ConversationServices) {
    this.#socket = socket
    this.#options = options
    this.#services = services
    this.#peer = `${socket.remoteAddress}:${socket.remotePort}`
    this.closed = new Promise((resolve) => {
      this.#resolveClosed = resolve
    })
    this.#logonTimer = setTimeout(() => this.#fail('no logon in time'), options.logonTimeoutMs)
    socket.setNoDelay(true)
    socket.on('data', (bytes) => this.#guard(() => this.#receive(bytes)))
    socket.on('end', () => socket.end())
    socket.on('error', () => {})
    socket.on('close', () => this.#over('disconnect'))
  }

  get isLoggedOn(): boolean {
    return this.#conversation?.isLoggedOn ?? false
  }

  /** Cuts the connection off without a word. */
  drop(): void {
    this.#over('dropped')
  }

  /** Tells the client that the server is about to go away. */
  notifyShutdown(): void {
    if (this.isLoggedOn && !this.#isOver) this.#socket.write(noticePacket(SHUTTING_DOWN))
  }

  #guard(work: () => void): void {
    try {
      work()
    } catch (error) {
      this.#failWith(error)
    }
  }

  #failWith(error: unknown): void {
    if (error instanceof ProtocolError || error instanceof UnsupportedMessage) this.#fail(error.message)
    else this.#fail(`internal error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  }

  #fail(reason: string): void {
    if (this.#isOver) return
    this.#services.log(`connection from ${this.#peer} ended: ${reason}`)
    this.#over('protocol error')
  }

  /** Ends everything once; the conversation is closed when nothing runs on it any more. */
  #over(how: SessionEnd): void {
    if (this.#isOver) return
    this.#isOver = true
    clearTimeout(this.#logonTimer)
    this.#socket.destroy()
    this.#running?.abort()
    this.#conversation?.end(how)
    if (!this.#isServing) this.#finish()
  }

  #finish(): void {
    this.#conversation?.close()
    this.#resolveClosed()
  }

  #receive(bytes: Buffer): void {
    if (this.#isRefused) return
    this.#framer.append(bytes)
    while (!this.#isOver && !this.#isRefused) {
      const packet = this.#framer.next()
      if (!packet) return
      if (this.#conversation) this.#receivePacket(this.#conversation, packet)
      else this.#receiveConnect(packet)
    }
  }

  #receiveConnect(packet: Packet): void {
    if (this.#connecting) {
      if (packet.type !== PacketType.data || packet.body.length !== this.#connecting.descriptorLength + 2) {
        throw new ProtocolError('connect data that does not fit its announcement')
      }
      this.#accept(this.#connecting, packet.body.toString('latin1', 2))
      return
    }
    if (packet.type !== PacketType.connect) throw new ProtocolError(`a first packet of type ${packet.type}`)
    const request = readConnect(packet.body)
    if (request.descriptor === undefined) this.#connecting = request
    else this.#accept(request, request.descriptor)
  }

  #accept(request: ConnectRequest, descriptor: string): void {
    const refusal = this.#options.refuseWith ?? this.#refusalOf(descriptor)
    if (refusal !== undefined) {
      this.#isRefused = true
      this.#socket.end(refusePacket(refusal))
      return
    }
    const acceptance = settle(request, this.#options.offer)
    this.#dataUnit = acceptance.dataUnit
    this.#framer.isLargeForm = true
    this.#framer.maximumLength = acceptance.dataUnit
    this.#conversation = new Conversation(this.#services, { service: this.#options.service, ...acceptance })
    this.#socket.write(acceptPacket(acceptance))
  }

  #refusalOf(descriptor: string): number | undefined {
    const { serviceName, sid } = readConnectDescriptor(descriptor)
    if (serviceName === undefined && sid !== undefined) return UNKNOWN_SID
    return serviceName?.toUpperCase() === this.#options.service.toUpperCase() ? undefined : UNKNOWN_SERVICE
  }

  #receivePacket(conversation: Conversation, packet: Packet): void {
    if (packet.type === PacketType.marker) {
      this.#receiveMarker(conversation, packet.body)
      return
    }
    if (packet.type !== PacketType.data || packet.body.length < 2) {
      throw new ProtocolError(`a packet of type ${packet.type}`)
    }
    const flags = packet.body.readUInt16BE(0)
    const payload = packet.body.subarray(2)
    if ((flags & DataFlag.endOfFile) !== 0) {
      this.#over('disconnect')
      return
    }
    if (this.#awaitsReset) return
    if (!this.#declinedServices && isNetworkServicesRequest(payload)) {
      this.#declinedServices = true
      this.#socket.write(dataPackets(networkServicesAnswer(), this.#dataUnit, 0))
      return
    }
    conversation.receive(payload, (flags & DataFlag.endOfRequest) !== 0)
    void this.#serve(conversation)
  }

  #receiveMarker(conversation: Conversation, body: Buffer): void {
    const kind = body[2]
    if (kind === Marker.reset) {
      if (!this.#awaitsReset) return
      this.#awaitsReset = false
      this.#owesBreakReport = true
      this.#socket.write(markerPacket(Marker.reset))
      if (!this.#isServing) this.#reportBreak(conversation)
      return
    }
    if (kind !== Marker.break && kind !== Marker.interrupt) throw new ProtocolError(`a marker of kind ${kind}`)
    if (this.#awaitsReset) return
    if (this.#socket.writableLength > UNREAD_LIMIT) throw new ProtocolError('breaks without reading their answers')
    this.#awaitsReset = true
    conversation.interrupt()
    this.#running?.abort()
    this.#socket.write(markerPacket(Marker.break))
  }

  #reportBreak(conversation: Conversation): void {
    if (!this.#owesBreakReport || this.#isOver) return
    this.#owesBreakReport = false
    this.#send(conversation.reportBreak())
  }

  /** Answers the requests that are there, one after another. */
  async #serve(conversation: Conversation): Promise<void> {
    if (this.#isServing) return
    this.#isServing = true
    try {
      for (;;) {
        this.#reportBreak(conversation)
        if (this.#isOver) break
        const request = this.#awaitsReset ? undefined : conversation.next()
        if (!request) break
        await this.#answer(conversation, request)
        // Other connections come first when a client has sent more than one request.
        if (conversation.hasInput) await nextTurn()
      }
    } catch (error) {
      this.#failWith(error)
    } finally {
      this.#isServing = false
      if (this.#isOver) this.#finish()
    }
  }

  async #answer(conversation: Conversation, request: NonNullable<ReturnType<Conversation['next']>>): Promise<void> {
    const running = new AbortController()
    this.#running = running
    const response = await conversation.answer(request, running.signal)
    this.#running = undefined
    if (conversation.isLoggedOn) clearTimeout(this.#logonTimer)
    if (!response) return
    if (running.signal.aborted || this.#isOver) {
      response.discard()
      return
    }
    this.#send(response)
    await this.#drained()
  }

  #send(response: Response): void {
    const flags = response.isMarked ? DataFlag.endOfResponse : 0
    this.#socket.write(dataPackets(response.bytes, this.#dataUnit, flags))
  }

  /** Waits until the client has taken enough, so that one who does not read costs no memory. */
  async #drained(): Promise<void> {
    if (!this.#socket.writableNeedDrain) return
    await new Promise<void>((resolve) => {
      const settle = () => {
        this.#socket.off('drain', settle)
        this.#socket.off('close', settle)
        resolve()
      }
      this.#socket.once('drain', settle)
      this.#socket.once('close', settle)
    })
  }
}
