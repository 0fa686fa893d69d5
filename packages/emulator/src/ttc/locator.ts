import type { Lob } from '../session/lob-store.ts'

/** Drivers hand in a buffer of this size when they ask for a temporary LOB. */
export const LOCATOR_LENGTH = 40

const BLOB = 0x01
const VARIABLE_WIDTH = 0x80
const TEMPORARY = 0x01
const ID_OFFSET = 10

/** A client's reference to a LOB. Character data goes with the flag that makes it travel as UTF-16, so that a cut surrogate pair survives. */
export function encodeLocator(lob: Lob): Buffer {
  const locator = Buffer.alloc(LOCATOR_LENGTH)
  locator.writeUInt16BE(LOCATOR_LENGTH - 2, 0)
  locator[4] = lob.kind === 'BLOB' ? BLOB : 0
  locator[6] = lob.kind === 'BLOB' ? 0 : VARIABLE_WIDTH
  locator[7] = lob.temporary ? TEMPORARY : 0
  locator.writeUInt32BE(lob.id, ID_OFFSET)
  return locator
}

/** The LOB's number; 0, which is nobody's, for bytes that are no locator. */
export function locatorId(locator: Buffer): number {
  return locator.length >= ID_OFFSET + 4 ? locator.readUInt32BE(ID_OFFSET) : 0
}

/** A LOB that a bind refers to; it is looked up when the statement runs. */
export class LobReference {
  readonly id: number

  constructor(id: number) {
    this.id = id
  }
}

/** A cursor that a bind refers to. */
export class CursorReference {
  readonly id: number

  constructor(id: number) {
    this.id = id
  }
}

export function decodeUtf16(bytes: Uint8Array): string {
  const even = Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2)))
  return even.swap16().toString('utf16le')
}

export function encodeUtf16(text: string): Buffer {
  return Buffer.from(text, 'utf16le').swap16()
}
