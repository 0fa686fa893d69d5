import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import oracledb from 'oracledb'
import { describe, expect, it } from 'vitest'
import { dataPackets, PacketType, packet } from '../src/net/packet.ts'
import { decimal, fetchAll, numeric, startScripted } from './protocol-fixture.ts'
import { rows } from './scripted-database.ts'

const DESCRIPTOR = '(DESCRIPTION=(CONNECT_DATA=(SERVICE_NAME=FREEPDB1)))'

function connectPacket(overrides: { version?: number; length?: number; descriptor?: string } = {}): Buffer {
  const { version = 319, descriptor = DESCRIPTOR, length = descriptor.length } = overrides
  const body = Buffer.alloc(66 + descriptor.length)
  body.writeUInt16BE(version, 0)
  body.writeUInt16BE(300, 2)
  body.writeUInt16BE(8192, 6)
  body.writeUInt16BE(length, 16)
  body.writeUInt16BE(74, 18)
  body.writeUInt32BE(8192, 50)
  body.write(descriptor, 66, 'latin1')
  return packet(PacketType.connect, body, false)
}

/** Opens a raw socket and collects what comes until the server ends it. */
async function open(port: number): Promise<{ socket: Socket; ended: Promise<Buffer> }> {
  const socket = connect(port, '127.0.0.1')
  const pieces: Buffer[] = []
  socket.on('data', (bytes) => pieces.push(bytes))
  socket.on('error', () => {})
  const ended = new Promise<Buffer>((resolve) => {
    socket.on('close', () => resolve(Buffer.concat(pieces)))
  })
  await once(socket, 'connect')
  return { socket, ended }
}

async function accepted(port: number): Promise<{ socket: Socket; ended: Promise<Buffer> }> {
  const client = await open(port)
  client.socket.write(connectPacket())
  const [first] = (await once(client.socket, 'data')) as [Buffer]
  expect(first[4]).toBe(PacketType.accept)
  return client
}

const data = (...bytes: number[]) => dataPackets(Buffer.from(bytes), 8192, 0)
const request = (...bytes: number[]) => dataPackets(Buffer.from(bytes), 8192, 0x0800)

const beforeAccept: readonly (readonly [name: string, bytes: Buffer])[] = [
  ['text of another protocol', Buffer.from('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')],
  ['zeros', Buffer.alloc(64)],
  ['a packet shorter than its header', Buffer.from([0, 4, 0, 0, 1, 0, 0, 0])],
  ['a data packet first', packet(PacketType.data, Buffer.alloc(10), false)],
  ['a truncated CONNECT', packet(PacketType.connect, Buffer.alloc(10), false)],
  ['a client that is too old', connectPacket({ version: 310 })],
  [
    'connect data that never fit',
    Buffer.concat([connectPacket({ length: 9999 }), packet(PacketType.data, Buffer.alloc(20), false)]),
  ],
]

const afterAccept: readonly (readonly [name: string, bytes: Buffer])[] = [
  ['a packet larger than agreed', Buffer.from([0x7f, 0xff, 0xff, 0xff, 6, 0, 0, 0, 0, 0])],
  ['an unknown packet type', packet(99, Buffer.alloc(4), true)],
  ['a data packet without flags', packet(PacketType.data, Buffer.alloc(1), true)],
  ['an unknown marker', packet(PacketType.marker, Uint8Array.of(1, 0, 77), true)],
  ['an unknown message', data(200, 1, 2, 3)],
  ['a function before the negotiation', data(3, 94, 1)],
  ['a piggyback before the negotiation', data(17, 105, 1)],
  [
    'data types without an end',
    Buffer.concat([
      data(2, 0, 0, 0, 0, 3, 0, 0),
      ...Array.from({ length: 5 }, () => data(...new Uint8Array(8000).fill(1))),
    ]),
  ],
  ['a driver name without an end', data(1, 6, 0, ...Array.from({ length: 400 }, () => 65))],
  ['a request that ends before it is whole', request(1, 6)],
  ['bytes behind a request', request(1, 6, 0, 65, 0, 9, 9, 9)],
  [
    'a break before the negotiation',
    Buffer.concat([
      packet(PacketType.marker, Uint8Array.of(1, 0, 3), true),
      packet(PacketType.marker, Uint8Array.of(1, 0, 2), true),
    ]),
  ],
  [
    'a large request before the logon',
    Buffer.concat(Array.from({ length: 12 }, () => data(34, ...Array.from({ length: 8000 }, () => 0xff)))),
  ],
]

describe('a client that breaks the protocol', () => {
  it.each(beforeAccept)('with %s loses its connection, and one line is logged', async (_name, bytes) => {
    await using server = await startScripted()
    const { socket, ended } = await open(server.emulator.port)
    socket.write(bytes)
    expect((await ended).length).toBe(0)
    expect(server.log).toEqual([expect.stringMatching(/^connection from 127\.0\.0\.1:\d+ ended: [^\n]+$/)])
  })

  it.each(afterAccept)('with %s loses its connection alone', async (_name, bytes) => {
    await using server = await startScripted()
    server.database.on('select n from t', () => rows([numeric('N')], [[decimal(1)]]))
    const neighbour = await server.connect()
    const { socket, ended } = await accepted(server.emulator.port)
    socket.write(bytes)
    await ended
    expect(server.log).toEqual([expect.stringMatching(/^connection from 127\.0\.0\.1:\d+ ended: [^\n]+$/)])
    expect(await fetchAll(neighbour, 'select n from t')).toEqual([[1]])
    await neighbour.close()
  })

  it('with random bytes, whole or in pieces, harms nobody', async () => {
    await using server = await startScripted()
    const neighbour = await server.connect()
    let seed = 42
    const random = () => {
      seed = (seed * 1_103_515_245 + 12_345) & 0x7fff_ffff
      return seed >> 16
    }
    for (let round = 0; round < 60; round += 1) {
      const noise = Buffer.from(Array.from({ length: 1 + (random() % 300) }, () => random() & 0xff))
      const { socket, ended } =
        round % 2 === 0 ? await open(server.emulator.port) : await accepted(server.emulator.port)
      socket.write(round % 2 === 0 ? noise : dataPackets(noise, 8192, round % 4 === 1 ? 0x0800 : 0))
      socket.end()
      await ended
    }
    await neighbour.ping()
    await neighbour.close()
    expect(server.log.filter((line) => /internal error/.test(line))).toEqual([])
  })

  it('by garbling what a logged-on session sends ends that session as a protocol error', async () => {
    await using server = await startScripted()
    const { createServer } = await import('node:net')
    let garble = false
    const proxy = createServer((client) => {
      const upstream = connect(server.emulator.port, '127.0.0.1')
      for (const side of [client, upstream]) side.on('error', () => {})
      client.on('data', (bytes) => {
        if (garble) bytes[10] = 250
        upstream.write(bytes)
      })
      upstream.on('data', (bytes) => client.write(bytes))
      upstream.on('close', () => client.destroy())
      client.on('close', () => upstream.destroy())
    })
    proxy.listen(0, '127.0.0.1')
    await once(proxy, 'listening')
    const { port } = proxy.address() as { port: number }
    const connection = await server.connect({ connectString: `127.0.0.1:${port}/FREEPDB1` })
    garble = true
    await expect(connection.ping()).rejects.toThrow('NJS-500')
    await server.emulator.ledger.waitFor((ledger) => ledger.open === 0)
    expect(server.emulator.ledger.sessions[0]?.ended).toBe('protocol error')
    await connection.close().catch(() => {})
    proxy.close()
    await once(proxy, 'close')
  })
})

describe('a logged-on client', () => {
  it('that sends a request without an end loses its connection', async () => {
    await using server = await startScripted({}, {}, { requests: { beforeLogon: 65_536, afterLogon: 100_000 } })
    const connection = await server.connect()
    const lob = await connection.createLob(oracledb.CLOB)
    const failed = once(lob, 'error')
    lob.end('x'.repeat(200_000))
    await failed
    await server.emulator.ledger.waitFor((ledger) => ledger.open === 0)
    expect(server.log).toEqual([expect.stringMatching(/ended: a request of more than 100000 bytes$/)])
    await connection.close().catch(() => {})
  })

  it('that hoards large objects gets an error, and may go on when it has freed some', async () => {
    const lobs = { temporaryCount: 3, temporarySize: 1000, fetchedCount: 10, fetchedSize: 1000 }
    await using server = await startScripted({}, {}, { session: { cursors: 10, lobs } })
    const connection = await server.connect()
    const hoard = [await connection.createLob(oracledb.CLOB), await connection.createLob(oracledb.BLOB)]
    hoard.push(await connection.createLob(oracledb.CLOB))
    await expect(connection.createLob(oracledb.CLOB)).rejects.toThrow('ORA-01000')
    const full = once(hoard[0] as oracledb.Lob, 'error')
    hoard[0]?.end('x'.repeat(1001))
    expect((await full)[0]).toMatchObject({ errorNum: 1652 })
    for (const lob of hoard.slice(1)) await lob.close()
    const fresh = await connection.createLob(oracledb.CLOB)
    await fresh.close()
    await connection.close()
  })
})

describe('a client that says nothing', () => {
  it('is cut off when its time to log on is over', async () => {
    await using server = await startScripted({}, {}, { logonTimeoutMs: 50 })
    const { ended } = await open(server.emulator.port)
    await ended
    const { ended: later } = await accepted(server.emulator.port)
    await later
    expect(server.log).toEqual([expect.stringMatching(/no logon in time$/), expect.stringMatching(/no logon in time$/)])
  })

  it('does not keep the emulator from closing', async () => {
    const server = await startScripted()
    const { ended } = await open(server.emulator.port)
    const refused = await open(server.emulator.port)
    refused.socket.write(connectPacket({ descriptor: '(SERVICE_NAME=other)' }))
    await once(refused.socket, 'data')
    await server[Symbol.asyncDispose]()
    await Promise.all([ended, refused.ended])
  })
})

describe('a full server', () => {
  it('refuses further clients until one leaves', async () => {
    await using server = await startScripted({}, {}, { maximumConnections: 2 })
    const first = await server.connect()
    const second = await server.connect()
    await expect(server.connect()).rejects.toThrow(/NJS-5\d\d/)
    await first.close()
    await server.emulator.ledger.waitFor((ledger) => ledger.open === 1)
    await (await server.connect()).close()
    await second.close()
  })
})
