import type { ByteReader } from './byte-reader.ts'
import { MessageType } from './message-type.ts'
import { ProtocolError } from './protocol-error.ts'
import type { LobRequest } from './request.ts'

export const LobOperation = {
  length: 0x0001,
  read: 0x0002,
  trim: 0x0020,
  write: 0x0040,
  createTemporary: 0x0110,
  freeTemporary: 0x0111,
  chunkSize: 0x4000,
  open: 0x8000,
  close: 0x10000,
  isOpen: 0x11000,
  /** A flag: the source is a list of locators. */
  array: 0x80000,
} as const

const MAXIMUM_LOCATORS = 16 * 1024 * 1024

export function readLobRequest(reader: ByteReader): LobRequest {
  const hasSource = reader.uint8() !== 0
  const sourceLength = reader.count(MAXIMUM_LOCATORS)
  const hasDestination = reader.uint8() !== 0
  const destinationLength = reader.count(MAXIMUM_LOCATORS)
  reader.integer(4)
  reader.integer(4)
  const hasCharacterSet = reader.uint8() !== 0
  reader.skip(2)
  const operation = reader.integer(4)
  reader.skip(2)
  const sourceOffset = reader.count(Number.MAX_SAFE_INTEGER)
  const destinationOffset = reader.count(Number.MAX_SAFE_INTEGER)
  const hasAmount = reader.uint8() !== 0
  reader.skip(6)
  const source = hasSource ? Buffer.from(reader.raw(sourceLength)) : Buffer.alloc(0)
  if (hasDestination) reader.skip(destinationLength)
  if (hasCharacterSet) reader.integer(4)
  const data = operation === LobOperation.write ? readData(reader) : undefined
  const amount = hasAmount ? reader.count(Number.MAX_SAFE_INTEGER) : undefined
  return { kind: 'lob', operation, source, sourceOffset, destinationOffset, data, amount }
}

function readData(reader: ByteReader): Buffer {
  if (reader.uint8() !== MessageType.lobData) throw new ProtocolError('a LOB write without data')
  return Buffer.from(reader.bytes() ?? [])
}
