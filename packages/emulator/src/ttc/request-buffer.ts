import { ByteReader } from './byte-reader.ts'
import { ProtocolError, Underflow, UnsupportedMessage } from './protocol-error.ts'

/** Hands out the message that was read, or the fact that it was one that this server does not speak. */
export type Reading<Message> = { readonly message: Message } | { readonly unsupported: string }

/**
 * Collects what a client sends until it makes a whole request. Some clients mark the end of requests, though not of all;
 * what is not marked can be told to be whole only by reading it.
 */
export class RequestBuffer {
  #pieces: Buffer[] = []
  #length = 0
  /** Where marked requests end, counted from the start of the buffer. */
  #ends: number[] = []
  #marksEnds = false
  #needed = 1

  get length(): number {
    return this.#length
  }

  /** @throws ProtocolError when more waits here than `limit` bytes. */
  append(bytes: Buffer, endsRequest: boolean, limit: number): void {
    if (this.#length + bytes.length > limit) throw new ProtocolError(`a request of more than ${limit} bytes`)
    this.#pieces.push(bytes)
    this.#length += bytes.length
    if (!endsRequest) return
    this.#marksEnds = true
    this.#ends.push(this.#length)
  }

  clear(): void {
    this.#pieces = []
    this.#length = 0
    this.#ends = []
    this.#needed = 1
  }

  /** Undefined while the next request is not complete. */
  next<Message>(read: (reader: ByteReader) => Message): Reading<Message> | undefined {
    const [end] = this.#ends
    if (end === undefined && this.#length < this.#needed) return undefined
    const bytes = this.#joined()
    const reader = new ByteReader(bytes.subarray(0, end))
    try {
      const message = read(reader)
      if (end !== undefined && reader.position !== end) throw new ProtocolError('bytes behind the end of a request')
      this.#consume(reader.position)
      return { message }
    } catch (error) {
      if (error instanceof Underflow) return this.#tooShort(error, end)
      if (!(error instanceof UnsupportedMessage) || !this.#marksEnds) throw error
      return end === undefined ? this.#awaitEnd() : this.#refuse(error, end)
    }
  }

  #refuse(error: UnsupportedMessage, end: number): { readonly unsupported: string } {
    this.#consume(end)
    return { unsupported: error.message }
  }

  /** Where a request that cannot be read ends, its mark alone can tell. */
  #awaitEnd(): undefined {
    this.#needed = this.#length + 1
  }

  #tooShort(underflow: Underflow, end: number | undefined): undefined {
    if (end !== undefined) throw new ProtocolError('a request that ends too early')
    this.#needed = underflow.needed
    return undefined
  }

  #joined(): Buffer {
    if (this.#pieces.length !== 1) this.#pieces = [Buffer.concat(this.#pieces)]
    return this.#pieces[0] as Buffer
  }

  #consume(count: number): void {
    const rest = this.#joined().subarray(count)
    this.#length -= count
    this.#pieces = this.#length === 0 ? [] : [rest]
    this.#ends = this.#ends.map((end) => end - count).filter((end) => end > 0)
    this.#needed = 1
  }
}
