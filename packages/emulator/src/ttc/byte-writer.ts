const SHORT_LENGTH = 252
const LONG_LENGTH = 254
const CHUNK = 32767

/** Builds a message from the protocol's primitives. */
export class ByteWriter {
  #bytes: Buffer = Buffer.allocUnsafe(512)
  #length = 0

  get length(): number {
    return this.#length
  }

  /** What was written so far: a view, valid until the next write. */
  toBuffer(): Buffer {
    return this.#bytes.subarray(0, this.#length)
  }

  #reserve(count: number): number {
    const start = this.#length
    const end = start + count
    if (end > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(end, this.#bytes.length * 2))
      this.#bytes.copy(larger, 0, 0, start)
      this.#bytes = larger
    }
    this.#length = end
    return start
  }

  uint8(...values: readonly number[]): this {
    const start = this.#reserve(values.length)
    for (let index = 0; index < values.length; index += 1) this.#bytes[start + index] = values[index] as number
    return this
  }

  uint16(value: number): this {
    const start = this.#reserve(2)
    this.#bytes.writeUInt16BE(value, start)
    return this
  }

  uint16LittleEndian(value: number): this {
    const start = this.#reserve(2)
    this.#bytes.writeUInt16LE(value, start)
    return this
  }

  uint32(value: number): this {
    const start = this.#reserve(4)
    this.#bytes.writeUInt32BE(value, start)
    return this
  }

  raw(bytes: Uint8Array): this {
    const start = this.#reserve(bytes.length)
    this.#bytes.set(bytes, start)
    return this
  }

  /** Numbers with their own length in front. */
  integers(...values: readonly number[]): this {
    for (const value of values) this.#integer(value)
    return this
  }

  #integer(value: number): void {
    const magnitude = Math.abs(value)
    const sign = value < 0 ? 0x80 : 0
    if (magnitude === 0) this.uint8(0)
    else if (magnitude < 0x100) this.uint8(sign | 1, magnitude)
    else if (magnitude < 0x1_0000) this.uint8(sign | 2, magnitude >> 8, magnitude & 0xff)
    else {
      const length = magnitude < 0x100_0000 ? 3 : magnitude < 0x1_0000_0000 ? 4 : 6
      const start = this.uint8(sign | length).#reserve(length)
      this.#bytes.writeUIntBE(magnitude, start, length)
    }
  }

  /** Length-prefixed bytes; null and the empty array are NULL. */
  bytes(value: Uint8Array | null): this {
    if (value === null || value.length === 0) return this.uint8(0)
    if (value.length <= SHORT_LENGTH) return this.uint8(value.length).raw(value)
    this.uint8(LONG_LENGTH)
    for (let start = 0; start < value.length; start += CHUNK) {
      const chunk = value.subarray(start, start + CHUNK)
      this.integers(chunk.length).raw(chunk)
    }
    return this.integers(0)
  }

  text(value: string): this {
    return this.bytes(Buffer.from(value, 'utf8'))
  }

  doubleLengthText(value: string): this {
    const bytes = Buffer.from(value, 'utf8')
    this.integers(bytes.length)
    return bytes.length === 0 ? this : this.bytes(bytes)
  }
}
