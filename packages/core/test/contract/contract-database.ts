import { type Emulator, startEmulator } from '@select-ai/emulator'
import { afterAll, expect } from 'vitest'
import { createPool, type PoolOptions, type ProfileAttributes, type SelectAIPool } from '../../src/index.ts'
import { type DocumentServer, serveDocuments } from '../document-server.ts'
import { type RealDatabase, realDatabase } from './real-database.ts'

/** The database whose behaviour is checked: the one of the `SELECT_AI_TEST_` variables, or else an emulator. */
export interface ContractDatabase extends AsyncDisposable {
  readonly pool: SelectAIPool
  /** A pool of an administrator. */
  readonly admin: SelectAIPool
  /** The user of `pool`, as the dictionary spells it. */
  readonly user: string
  /** Attributes with which a profile answers questions about the schema SH. */
  readonly attributes: ProfileAttributes
  /** Where a text is that a vector index can load. */
  readonly documents: RealDatabase['documents']
  /** A pool of another user of the same database. */
  createPool(user: { readonly user: string; readonly password: string }): Promise<SelectAIPool>
  /** A name that nobody else uses. */
  freshName(): string
  /** Runs `work` at the end, whatever happened, the last one first. What it throws does not count. */
  afterwards(work: () => Promise<unknown>): void
}

export const real: RealDatabase | undefined = realDatabase(process.env)

/** Whether there is an administrator to check with; always so with the emulator. */
export const hasAdministrator: boolean = real === undefined || real.administrator !== undefined

/** Whether there is a text for a vector index to load; always so with the emulator. */
export const hasDocuments: boolean = real === undefined || real.documents !== undefined

let emulator: Promise<Emulator> | undefined
let server: Promise<DocumentServer> | undefined

afterAll(async () => {
  await (await emulator)?.close()
  await (await server)?.[Symbol.asyncDispose]()
})

async function emulated(): Promise<RealDatabase> {
  emulator ??= startEmulator()
  server ??= serveDocuments({ 'handbook.txt': 'The workshop opens at nine. The lathe needs two people.' })
  const { connectString } = await emulator
  const { origin } = await server
  return {
    connection: { user: 'DEMO', password: 'demo', connectString },
    administrator: { user: 'ADMIN', password: 'demo' },
    attributes: {
      provider: 'oci',
      credential_name: 'OCI$RESOURCE_PRINCIPAL',
      object_list: [{ owner: 'SH' }],
      comments: true,
    },
    documents: { location: `${origin}/handbook.txt` },
  }
}

// Several runs may share a database.
const run = `${Date.now().toString(36)}${process.pid.toString(36)}`.toUpperCase()
let names = 0

export async function openContractDatabase(): Promise<ContractDatabase> {
  const { connection, administrator, attributes, documents } = real ?? (await emulated())
  const pools: SelectAIPool[] = []
  const works: (() => Promise<unknown>)[] = []
  const open = async (options: PoolOptions): Promise<SelectAIPool> => {
    const pool = await createPool({ poolMax: 2, callTimeoutMs: 120_000, ...options })
    pools.push(pool)
    return pool
  }
  return {
    pool: await open({ ...connection, name: 'contract' }),
    admin: await open({ ...connection, ...administrator, name: 'administrator', verify: 'none' }),
    user: connection.user.toUpperCase(),
    attributes,
    documents,
    createPool: (user) => open({ ...connection, ...user, name: 'another user' }),
    freshName() {
      names += 1
      return `SELECT_AI_${run}_${names}`
    },
    afterwards(work) {
      works.push(work)
    },
    async [Symbol.asyncDispose]() {
      for (const work of works.toReversed()) await work().catch(() => {})
      for (const pool of pools) {
        await pool.close()
        expect(pool.stats()).toMatchObject({ state: 'closed', inUse: 0, waiting: 0 })
      }
    },
  }
}
