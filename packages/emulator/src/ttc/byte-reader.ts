import { ProtocolError, Underflow } from './protocol-error.ts'

const NULL_LENGTH = 255
const LONG_LENGTH = 254
const EMPTY: Uint8Array = new Uint8Array(0)

/**
 * Reads the primitives of a message. Byte arrays are views of the input unless they came in chunks.
 * Every method throws Underflow when the input ends too early and ProtocolError when it makes no sense.
 */
export class ByteReader {
  readonly #bytes: Buffer
  #position: number

  constructor(bytes: Buffer, position = 0) {
    this.#bytes = bytes
    this.#position = position
  }

  get position(): number {
    return this.#position
  }

  /** Raw bytes. */
  raw(length: number): Buffer {
    const end = this.#position + length
    if (end > this.#bytes.length) throw new Underflow(end)
    const bytes = this.#bytes.subarray(this.#position, end)
    this.#position = end
    return bytes
  }

  skip(length: number): void {
    this.raw(length)
  }

  uint8(): number {
    return this.raw(1)[0] as number
  }

  peek(): number {
    if (this.#position >= this.#bytes.length) throw new Underflow(this.#position + 1)
    return this.#bytes[this.#position] as number
  }

  uint16(): number {
    return this.raw(2).readUInt16BE()
  }

  uint16LittleEndian(): number {
    return this.raw(2).readUInt16LE()
  }

  /** A number with its own length in front: a length byte (high bit for negative), then magnitude bytes. */
  integer(maximumBytes = 8): number {
    const head = this.uint8()
    const length = head & 0x7f
    if (length === 0) return 0
    if (length > maximumBytes)
      throw new ProtocolError(`an integer of ${length} bytes where ${maximumBytes} are allowed`)
    const bytes = this.raw(length)
    const value = length <= 6 ? bytes.readUIntBE(0, length) : Number(BigInt(`0x${bytes.toString('hex')}`))
    if (value > Number.MAX_SAFE_INTEGER) throw new ProtocolError('an integer that is too large')
    return head & 0x80 ? -value : value
  }

  /** An integer that counts or measures something: never negative, never above `maximum`. */
  count(maximum: number): number {
    const value = this.integer()
    if (value < 0 || value > maximum) throw new ProtocolError(`a count of ${value} where at most ${maximum} is allowed`)
    return value
  }

  /** Length-prefixed bytes, in chunks when they are long; null for NULL. */
  bytes(): Buffer | null {
    const length = this.uint8()
    if (length === 0 || length === NULL_LENGTH) return null
    return length === LONG_LENGTH ? this.#chunks() : this.raw(length)
  }

  #chunks(): Buffer {
    const chunks: Buffer[] = []
    for (;;) {
      const length = this.count(0x7fffffff)
      if (length === 0) break
      chunks.push(this.raw(length))
    }
    return chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)
  }

  /** Bytes with their length given twice, as keys, names and object ids have it; empty for none. */
  doubleLengthBytes(): Uint8Array {
    if (this.integer(4) === 0) return EMPTY
    return this.bytes() ?? EMPTY
  }

  doubleLengthText(): string {
    return Buffer.from(this.doubleLengthBytes()).toString('utf8')
  }

  /** Text up to a zero byte. */
  zeroTerminated(maximum: number): string {
    const start = this.#position
    for (let length = 0; length <= maximum; length += 1) {
      if (this.uint8() === 0) return this.#bytes.toString('latin1', start, this.#position - 1)
    }
    throw new ProtocolError('a text without an end')
  }
}
