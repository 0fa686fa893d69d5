import type { ByteReader } from './byte-reader.ts'
import type { ByteWriter } from './byte-writer.ts'
import { type ClientDataTypes, compileCapabilities, hasTimeZone, runtimeCapabilities } from './capabilities.ts'
import { MessageType } from './message-type.ts'
import { ProtocolError } from './protocol-error.ts'

const UTF8 = 873
const UTF16 = 2000
const BANNER = 'Select AI emulator'
const TEXT_LIMIT = 256
const TYPE_LIMIT = 4096
const CONVENTIONAL_LENGTHS = 0x02
/** The database's time zone, +00:00, in the form of an interval. */
const TIME_ZONE = Uint8Array.of(0x80, 0, 0, 0, 60, 60, 0x80, 0, 0, 0, 0)

/** Reads what follows the type byte of a PROTOCOL message: the driver's name. */
export function readProtocol(reader: ByteReader): string {
  let versions = 0
  while (reader.uint8() !== 0) {
    versions += 1
    if (versions > 16) throw new ProtocolError('a list of protocol versions without an end')
  }
  return reader.zeroTerminated(TEXT_LIMIT)
}

export function writeProtocol(writer: ByteWriter, fieldVersion: number, endOfResponse: boolean): void {
  const characterSets = new Uint8Array(11)
  characterSets.set([UTF16 >> 8, UTF16 & 0xff], 9)
  writer
    .uint8(MessageType.protocol, 6, 0)
    .raw(Buffer.from(`${BANNER}\0`, 'latin1'))
    .uint16LittleEndian(UTF8)
    .uint8(1)
    .uint16LittleEndian(0)
    .uint16(characterSets.length)
    .raw(characterSets)
    .bytes(compileCapabilities(fieldVersion, endOfResponse))
    .bytes(runtimeCapabilities())
}

/** Reads what follows the type byte of a DATA TYPES message. */
export function readDataTypes(reader: ByteReader): ClientDataTypes {
  reader.skip(4)
  const flags = reader.uint8()
  const compile = reader.raw(reader.uint8())
  const runtime = reader.raw(reader.uint8())
  if (hasTimeZone(runtime)) reader.skip(TIME_ZONE.length)
  const types = new Map<number, number>()
  for (let count = 0; ; count += 1) {
    if (count > TYPE_LIMIT) throw new ProtocolError('a list of data types without an end')
    const type = reader.uint16()
    if (type === 0) break
    const conversion = reader.uint16()
    if (conversion === 0) types.set(type, 0)
    else {
      types.set(type, reader.uint16())
      reader.skip(2)
    }
  }
  return {
    conventionalLengths: (flags & CONVENTIONAL_LENGTHS) !== 0,
    compile: Uint8Array.from(compile),
    runtime: Uint8Array.from(runtime),
    types,
  }
}

export function writeDataTypes(writer: ByteWriter, client: ClientDataTypes): void {
  writer.uint8(MessageType.dataTypes)
  if (hasTimeZone(client.runtime)) writer.raw(TIME_ZONE)
  writer.uint16(0)
}
