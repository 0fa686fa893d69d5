import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import oracledb from 'oracledb'
import { generate } from 'selfsigned'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEmulator } from '../src/index.ts'
import { decimal, fetchAll, numeric, startScripted } from './protocol-fixture.ts'
import { rows } from './scripted-database.ts'

let pair: { key: string; cert: string }
/** A folder with a wallet that trusts the certificate, and one that trusts another. */
let wallet: string
let otherWallet: string

async function makePair(): Promise<{ key: string; cert: string }> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keySize: 2048,
    extensions: [
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  })
  return { key, cert }
}

/** The driver wants a key of its own in a wallet, whether the server asks for it or not. */
async function makeWallet({ key, cert }: { key: string; cert: string }): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'emulator-wallet-'))
  await writeFile(join(folder, 'ewallet.pem'), `${key}\n${cert}`)
  return folder
}

beforeAll(async () => {
  pair = await makePair()
  wallet = await makeWallet(pair)
  otherWallet = await makeWallet(await makePair())
})

afterAll(async () => {
  for (const folder of [wallet, otherWallet]) await rm(folder, { recursive: true })
})

describe('TLS', () => {
  it('carries everything to clients that trust the certificate', async () => {
    await using server = await startScripted({}, { tls: pair })
    server.database.on('select n from t', () => rows([numeric('N')], [[decimal(42)]]))
    expect(server.emulator.connectString).toMatch(/^tcps:\/\/127\.0\.0\.1:\d+\/FREEPDB1$/)
    const connection = await server.connect({ walletLocation: wallet })
    expect(await fetchAll(connection, 'select n from t')).toEqual([[42]])
    const large = 'x'.repeat(1_000_000)
    server.database.on('begin :a := :b; end;', ([, given]) => ({
      kind: 'plsql',
      binds: [
        { direction: 'out', value: given?.value ?? null },
        { direction: 'in', value: null },
      ],
    }))
    const { outBinds } = await connection.execute<{ a: string }>('begin :a := :b; end;', {
      a: { dir: oracledb.BIND_OUT, type: oracledb.STRING, maxSize: 2_000_000 },
      b: large,
    })
    expect(outBinds?.a).toBe(large)
    await connection.close()
  })

  it('is refused by clients that do not trust it, and clients without it get nowhere', async () => {
    await using server = await startScripted({}, { tls: pair })
    const plain = server.emulator.connectString.replace('tcps://', '')
    await expect(server.connect({ walletLocation: otherWallet })).rejects.toThrow(/certificate/i)
    await expect(server.connect({ connectString: plain })).rejects.toThrow(/NJS-/)
    const connection = await server.connect({ walletLocation: wallet })
    await connection.close()
  })

  it('ends with the server, also in the middle of a handshake', async () => {
    const emulator = await startEmulator({ tls: pair })
    const socket = connect(emulator.port, '127.0.0.1')
    await once(socket, 'connect')
    const closed = once(socket, 'close')
    await emulator.close()
    await closed
  })

  it.each([
    [{ key: 'no key', cert: 'no certificate' }, 'tls.key and tls.cert must be a private key and its certificate'],
    [{ cert: 'x' }, 'tls.key must be a text or bytes'],
    [{ key: 'x' }, 'tls.cert must be a text or bytes'],
  ])('names what is wrong with %j', async (tls, message) => {
    await expect(startEmulator({ tls: tls as never })).rejects.toThrow(message)
  })
})
