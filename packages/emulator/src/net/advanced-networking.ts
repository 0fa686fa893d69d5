const MAGIC = 0xdeadbeef
const VERSION = 0x17000000

const SubPacket = { bytes: 1, uint8: 2, version: 5, status: 6 } as const
const AUTHENTICATION_NOT_USED = 0xfbff
const SUPERVISOR_OK = 31

/** Whether a data packet's payload opens the negotiation of encryption, integrity and external authentication. */
export function isNetworkServicesRequest(payload: Buffer): boolean {
  return payload.length >= 4 && payload.readUInt32BE(0) === MAGIC
}

/** The answer that turns all of it down. */
export function networkServicesAnswer(): Buffer {
  const services = [
    service(4, [subPacket(SubPacket.version, uint32(VERSION)), subPacket(SubPacket.status, uint16(SUPERVISOR_OK))]),
    service(1, [
      subPacket(SubPacket.version, uint32(VERSION)),
      subPacket(SubPacket.status, uint16(AUTHENTICATION_NOT_USED)),
    ]),
    service(2, [subPacket(SubPacket.version, uint32(VERSION)), subPacket(SubPacket.uint8, Buffer.of(0))]),
    service(3, [subPacket(SubPacket.version, uint32(VERSION)), subPacket(SubPacket.uint8, Buffer.of(0))]),
  ]
  const body = Buffer.concat(services)
  const header = Buffer.alloc(13)
  header.writeUInt32BE(MAGIC, 0)
  header.writeUInt16BE(header.length + body.length, 4)
  header.writeUInt32BE(VERSION, 6)
  header.writeUInt16BE(services.length, 10)
  return Buffer.concat([header, body])
}

function service(id: number, subPackets: readonly Buffer[]): Buffer {
  return Buffer.concat([uint16(id), uint16(subPackets.length), uint32(0), ...subPackets])
}

function subPacket(type: number, bytes: Buffer): Buffer {
  return Buffer.concat([uint16(bytes.length), uint16(type), bytes])
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16BE(value)
  return bytes
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
