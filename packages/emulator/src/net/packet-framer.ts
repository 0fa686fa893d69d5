import { ProtocolError } from '../ttc/protocol-error.ts'
import { HEADER_LENGTH, PacketType } from './packet.ts'

const KNOWN_TYPES: ReadonlySet<number> = new Set(Object.values(PacketType))

export interface Packet {
  readonly type: number
  /** What follows the header. */
  readonly body: Buffer
}

/** Cuts a stream of bytes into packets. */
export class PacketFramer {
  #pieces: Buffer[] = []
  #length = 0
  /** Whether packets give their length in four bytes, as they do after ACCEPT. */
  isLargeForm = false
  /** The longest packet to take. */
  maximumLength = 0xffff

  append(bytes: Buffer): void {
    this.#pieces.push(bytes)
    this.#length += bytes.length
  }

  /** Undefined while the next packet is not complete. @throws ProtocolError for an impossible length or type. */
  next(): Packet | undefined {
    if (this.#length < HEADER_LENGTH) return undefined
    const header = this.#joinedTo(HEADER_LENGTH)
    const length = this.isLargeForm ? header.readUInt32BE(0) : header.readUInt16BE(0)
    if (length < HEADER_LENGTH || length > this.maximumLength) throw new ProtocolError(`a packet of ${length} bytes`)
    // The type is looked at before the rest has come, so that a client of another protocol is not waited for.
    if (!KNOWN_TYPES.has(header[4] as number)) throw new ProtocolError(`a packet of type ${header[4]}`)
    if (this.#length < length) return undefined
    const bytes = this.#joinedTo(length)
    this.#pieces[0] = bytes.subarray(length)
    if (this.#pieces[0].length === 0) this.#pieces.shift()
    this.#length -= length
    return { type: bytes[4] as number, body: bytes.subarray(HEADER_LENGTH, length) }
  }

  /** The first piece, after joining pieces so that it has at least so many bytes. */
  #joinedTo(length: number): Buffer {
    const first = this.#pieces[0] as Buffer
    if (first.length >= length) return first
    const whole = Buffer.concat(this.#pieces)
    this.#pieces = [whole]
    return whole
  }
}
