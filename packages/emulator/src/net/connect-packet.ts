import { ProtocolError } from '../ttc/protocol-error.ts'
import { HEADER_LENGTH, PacketType, packet } from './packet.ts'

/** The oldest protocol version whose drivers this server knows. */
export const OLDEST_VERSION = 315
export const NEWEST_VERSION = 319
const LARGE_FLAGS_VERSION = 318
const END_OF_RESPONSE_VERSION = 319

const SMALLEST_UNIT = 512
const LARGEST_UNIT = 2_097_152
const LARGEST_SMALL_UNIT = 0xffff
const DEFAULT_UNIT = 8192

const NOT_OUT_OF_BAND = 0x0001
const NO_NETWORK_SERVICES = 0x0c
const FAST_AUTHENTICATION = 0x1000_0000
const END_OF_RESPONSE = 0x0200_0000

export interface ConnectRequest {
  readonly version: number
  readonly dataUnit: number
  /** How long the connect descriptor is, and the part of it that came in the packet: all or nothing. */
  readonly descriptorLength: number
  readonly descriptor: string | undefined
}

/** Reads a CONNECT packet's body. Offsets are those of the whole packet, as its description gives them. */
export function readConnect(body: Buffer): ConnectRequest {
  if (body.length < 50) throw new ProtocolError('a CONNECT packet that is too short')
  const at = (offset: number) => offset - HEADER_LENGTH
  const version = body.readUInt16BE(at(8))
  const lowestVersion = body.readUInt16BE(at(10))
  if (version < OLDEST_VERSION) throw new ProtocolError(`a client of protocol version ${version}`)
  if (lowestVersion > NEWEST_VERSION) throw new ProtocolError(`a client that needs protocol version ${lowestVersion}`)
  const smallUnit = body.readUInt16BE(at(14))
  const largeUnit = body.length >= at(62) ? body.readUInt32BE(at(58)) : 0
  const descriptorLength = body.readUInt16BE(at(24))
  const start = at(body.readUInt16BE(at(26)))
  const isInside = start >= 0 && start + descriptorLength <= body.length
  return {
    version,
    dataUnit: Math.min(LARGEST_UNIT, Math.max(SMALLEST_UNIT, largeUnit || smallUnit || DEFAULT_UNIT)),
    descriptorLength,
    descriptor: isInside ? body.toString('latin1', start, start + descriptorLength) : undefined,
  }
}

export interface Acceptance {
  readonly version: number
  readonly dataUnit: number
  readonly fastAuthentication: boolean
  readonly endOfResponse: boolean
}

/** What both sides can do. */
export function settle(
  request: ConnectRequest,
  offer: { readonly version: number; readonly fastAuthentication: boolean; readonly endOfResponse: boolean },
): Acceptance {
  const version = Math.min(request.version, offer.version)
  return {
    version,
    dataUnit: request.dataUnit,
    fastAuthentication: offer.fastAuthentication && version >= LARGE_FLAGS_VERSION,
    endOfResponse: offer.endOfResponse && version >= END_OF_RESPONSE_VERSION,
  }
}

export function acceptPacket(acceptance: Acceptance): Buffer {
  const hasFlags = acceptance.version >= LARGE_FLAGS_VERSION
  const body = Buffer.alloc(hasFlags ? 37 : 33)
  const at = (offset: number) => offset - HEADER_LENGTH
  const smallUnit = Math.min(LARGEST_SMALL_UNIT, acceptance.dataUnit)
  body.writeUInt16BE(acceptance.version, at(8))
  body.writeUInt16BE(NOT_OUT_OF_BAND, at(10))
  body.writeUInt16BE(smallUnit, at(12))
  body.writeUInt16BE(smallUnit, at(14))
  body.writeUInt16BE(1, at(16))
  body.writeUInt16BE(body.length + HEADER_LENGTH, at(20))
  body[at(22)] = NO_NETWORK_SERVICES
  body[at(23)] = NO_NETWORK_SERVICES
  body.writeUInt32BE(acceptance.dataUnit, at(32))
  body.writeUInt32BE(acceptance.dataUnit, at(36))
  if (hasFlags) {
    const fast = acceptance.fastAuthentication ? FAST_AUTHENTICATION : 0
    const end = acceptance.endOfResponse ? END_OF_RESPONSE : 0
    body.writeUInt32BE(fast + end, at(41))
  }
  return packet(PacketType.accept, body, false)
}

export function refusePacket(error: number): Buffer {
  const text = `(DESCRIPTION=(TMP=)(VSNNUM=385875968)(ERR=${error})(ERROR_STACK=(ERROR=(CODE=${error})(EMFI=4))))`
  const body = Buffer.alloc(4 + text.length)
  body.writeUInt16BE(0x2222, 0)
  body.writeUInt16BE(text.length, 2)
  body.write(text, 4, 'latin1')
  return packet(PacketType.refuse, body, false)
}
