import { OracleError } from '../oracle-error.ts'

export type LobKind = 'CLOB' | 'NCLOB' | 'BLOB'

/** A large object of one session. Character data is counted in UTF-16 units, as the protocol counts it. */
export interface Lob {
  readonly id: number
  readonly kind: LobKind
  /** A temporary LOB belongs to the client until it frees it; any other is the read-only copy of a fetched value. */
  readonly temporary: boolean
  content: string | Uint8Array
  open: boolean
}

export interface LobLimits {
  /** How many temporary LOBs may exist at once. */
  readonly temporaryCount: number
  /** Characters and bytes of all temporary LOBs together. */
  readonly temporarySize: number
  /** Fetched LOBs beyond this number are forgotten, oldest first. */
  readonly fetchedCount: number
  /** Characters and bytes of all fetched LOBs together; beyond it the oldest are forgotten. */
  readonly fetchedSize: number
}

export const LOB_CHUNK_SIZE = 8132

/** The large objects that one session has handed out. */
export class LobStore {
  readonly #lobs = new Map<number, Lob>()
  readonly #limits: LobLimits
  #lastId = 0
  #temporaryCount = 0
  #temporarySize = 0
  #fetchedSize = 0

  constructor(limits: LobLimits) {
    this.#limits = limits
  }

  get size(): number {
    return this.#lobs.size
  }

  /** @throws OracleError ORA-01000 or ORA-01652 when the session has too much already. */
  createTemporary(kind: LobKind, content: string | Uint8Array = kind === 'BLOB' ? new Uint8Array(0) : ''): Lob {
    if (this.#temporaryCount >= this.#limits.temporaryCount) {
      throw new OracleError(1000, 'maximum open cursors exceeded')
    }
    this.#claim(content.length)
    this.#temporaryCount += 1
    // A copy, because writes change the bytes in place.
    return this.#add(kind, true, typeof content === 'string' ? content : new Uint8Array(content))
  }

  /** Hands out a value that a query returned. */
  createFetched(kind: LobKind, content: string | Uint8Array): Lob {
    this.#fetchedSize += content.length
    const lob = this.#add(kind, false, content)
    this.#forgetOldest(lob)
    return lob
  }

  #add(kind: LobKind, temporary: boolean, content: string | Uint8Array): Lob {
    this.#lastId = (this.#lastId % 0xffff_ffff) + 1
    const lob: Lob = { id: this.#lastId, kind, temporary, content, open: false }
    this.#lobs.set(lob.id, lob)
    return lob
  }

  #forgetOldest(newest: Lob): void {
    const fetchedCount = () => this.#lobs.size - this.#temporaryCount
    for (const lob of this.#lobs.values()) {
      if (fetchedCount() <= this.#limits.fetchedCount && this.#fetchedSize <= this.#limits.fetchedSize) return
      if (lob.temporary || lob === newest) continue
      this.#lobs.delete(lob.id)
      this.#fetchedSize -= lob.content.length
    }
  }

  #claim(growth: number): void {
    if (growth > 0 && this.#temporarySize + growth > this.#limits.temporarySize) {
      throw new OracleError(1652, 'unable to extend temp segment by 128 in tablespace TEMP')
    }
    this.#temporarySize += growth
  }

  /** @throws OracleError ORA-22922 for a LOB that was freed or never was. */
  get(id: number): Lob {
    const lob = this.#lobs.get(id)
    if (!lob) throw new OracleError(22922, 'nonexistent LOB value')
    return lob
  }

  free(id: number): void {
    const lob = this.#lobs.get(id)
    if (!lob?.temporary) return
    this.#lobs.delete(id)
    this.#temporaryCount -= 1
    this.#temporarySize -= lob.content.length
  }

  freeAll(): void {
    this.#lobs.clear()
    this.#temporaryCount = 0
    this.#temporarySize = 0
    this.#fetchedSize = 0
  }

  /** Writes at a zero-based offset; a gap is filled with spaces, or with zero bytes in a BLOB. */
  write(lob: Lob, offset: number, data: string | Uint8Array): void {
    this.#mustBeWritable(lob)
    const length = lob.content.length
    this.#claim(Math.max(length, offset + data.length) - length)
    lob.content =
      typeof lob.content === 'string'
        ? writeText(lob.content, offset, String(data))
        : writeBytes(lob.content, offset, data as Uint8Array)
  }

  /** @throws OracleError ORA-22926 when the new length is larger than the old one. */
  trim(lob: Lob, length: number): void {
    this.#mustBeWritable(lob)
    if (length > lob.content.length) {
      throw new OracleError(22926, "specified trim length is greater than current LOB value's length")
    }
    this.#claim(length - lob.content.length)
    lob.content = lob.content.slice(0, length)
  }

  #mustBeWritable(lob: Lob): void {
    if (!lob.temporary) throw new OracleError(22920, 'row containing the LOB value is not locked')
  }
}

function writeText(content: string, offset: number, data: string): string {
  if (offset === content.length) return content + data
  if (offset > content.length) return content.padEnd(offset, ' ') + data
  return content.slice(0, offset) + data + content.slice(offset + data.length)
}

function writeBytes(content: Uint8Array, offset: number, data: Uint8Array): Uint8Array {
  const end = offset + data.length
  if (end > content.length) return appendBytes(content, offset, data)
  content.set(data, offset)
  return content
}

/** Grows by doubling the memory behind the view, so that many small appends stay cheap. */
function appendBytes(content: Uint8Array, offset: number, data: Uint8Array): Uint8Array {
  const end = offset + data.length
  const room = content.buffer.byteLength - content.byteOffset
  let grown: Uint8Array
  if (end <= room && content.byteOffset === 0) {
    grown = new Uint8Array(content.buffer, 0, end)
    grown.fill(0, content.length, Math.max(content.length, Math.min(offset, end)))
  } else {
    grown = new Uint8Array(new ArrayBuffer(Math.max(end, content.length * 2)), 0, end)
    grown.set(content)
  }
  grown.set(data, offset)
  return grown
}
