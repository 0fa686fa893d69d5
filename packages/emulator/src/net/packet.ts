export const PacketType = {
  connect: 1,
  accept: 2,
  refuse: 4,
  data: 6,
  resend: 11,
  marker: 12,
  control: 14,
} as const

export const DataFlag = {
  /** The client closes its side. */
  endOfFile: 0x0040,
  /** The last packet of a request. */
  endOfRequest: 0x0800,
  /** The last packet of a response. */
  endOfResponse: 0x2000,
} as const

export const Marker = { break: 1, reset: 2, interrupt: 3 } as const

export const HEADER_LENGTH = 8
/** A data packet's header with its flags. */
const DATA_HEADER_LENGTH = 10

const SHUTDOWN_NOTICE = 8
const ORACLE_ERROR = 22

/** Packets before and including ACCEPT give their length in two bytes, later ones in four. */
export function packet(type: number, body: Uint8Array, isLargeForm: boolean): Buffer {
  const bytes = Buffer.alloc(HEADER_LENGTH + body.length)
  if (isLargeForm) bytes.writeUInt32BE(bytes.length, 0)
  else bytes.writeUInt16BE(bytes.length, 0)
  bytes[4] = type
  bytes.set(body, HEADER_LENGTH)
  return bytes
}

export function markerPacket(kind: number): Buffer {
  return packet(PacketType.marker, Uint8Array.of(1, 0, kind), true)
}

/** Tells the client between two requests that the server will go away. */
export function noticePacket(error: number): Buffer {
  const body = Buffer.alloc(14)
  body.writeUInt16BE(SHUTDOWN_NOTICE, 0)
  body.writeUInt32BE(ORACLE_ERROR, 2)
  body.writeUInt32BE(error, 6)
  return packet(PacketType.control, body, true)
}

/** Cuts a response into data packets of at most `dataUnit` bytes each, and joins them for one write. */
export function dataPackets(payload: Buffer, dataUnit: number, lastFlags: number): Buffer {
  const room = dataUnit - DATA_HEADER_LENGTH
  const count = Math.max(1, Math.ceil(payload.length / room))
  const bytes = Buffer.alloc(payload.length + count * DATA_HEADER_LENGTH)
  let position = 0
  for (let index = 0; index < count; index += 1) {
    const piece = payload.subarray(index * room, (index + 1) * room)
    bytes.writeUInt32BE(DATA_HEADER_LENGTH + piece.length, position)
    bytes[position + 4] = PacketType.data
    bytes.writeUInt16BE(index === count - 1 ? lastFlags : 0, position + HEADER_LENGTH)
    bytes.set(piece, position + DATA_HEADER_LENGTH)
    position += DATA_HEADER_LENGTH + piece.length
  }
  return bytes
}
