import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ConnectError, createPool } from '../src/index.ts'
import { openDatabase } from './open-database.ts'

describe('the wallet', () => {
  let folder = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'select-ai-wallet-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  /** What the driver says about a TLS connection with the folder as `configDir`; this emulator speaks no TLS. */
  async function failureOf(connectString: string): Promise<string> {
    const failure = await createPool({ user: 'DEMO', password: 'demo', connectString, configDir: folder }).catch(
      (error: unknown) => error,
    )
    expect(ConnectError.isInstance(failure)).toBe(true)
    return String((failure as ConnectError).cause)
  }

  it('is looked for beside tnsnames.ora when no folder is named, and not missed where there is none', async () => {
    await using database = await openDatabase()
    const connectString = `tcps://${database.emulator.connectString}`
    const without = await failureOf(connectString)
    await writeFile(join(folder, 'ewallet.pem'), 'no certificate')
    const withWallet = await failureOf(connectString)
    expect(without).toContain('TLS handshake')
    expect(withWallet).not.toContain('TLS handshake')
  })
})
