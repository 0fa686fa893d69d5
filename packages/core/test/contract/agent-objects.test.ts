import { expect, it } from 'vitest'
import type { AgentObject, SelectAIPool } from '../../src/index.ts'
import { openContractDatabase } from './contract-database.ts'
import { createProfile } from './contract-objects.ts'

type Handle = AgentObject<never, never>

interface Kind {
  readonly handle: (pool: SelectAIPool, name: string) => unknown
  /** What it is made of; only the profile must be there. */
  readonly attributes: (profileName: string) => object
}

const kinds: Readonly<Record<string, Kind>> = {
  agent: {
    handle: (pool, name) => pool.agent(name),
    attributes: (profileName) => ({ profile_name: profileName, role: 'You help.' }),
  },
  task: { handle: (pool, name) => pool.task(name), attributes: () => ({ instruction: 'Help.' }) },
  tool: { handle: (pool, name) => pool.tool(name), attributes: () => ({ function: 'SELECT_AI_NOWHERE' }) },
  team: {
    handle: (pool, name) => pool.team(name),
    attributes: () => ({ agents: [{ name: 'SELECT_AI_NOWHERE', task: 'SELECT_AI_NOWHERE' }] }),
  },
}

const changes = {
  agent: ['role', 'You help much.'],
  task: ['instruction', 'Help much.'],
  tool: ['instruction', 'Help much.'],
  team: ['process', 'sequential'],
} as const

it.each(Object.entries(kinds))('the database keeps, changes, switches and replaces a single %s', async (kind, made) => {
  await using database = await openContractDatabase()
  const { pool } = database
  const attributes = made.attributes((await createProfile(database)).name)
  const object = made.handle(pool, database.freshName()) as Handle
  database.afterwards(() => object.delete({ force: true }))
  const definition = { attributes: attributes as never }
  const [name, value] = changes[kind as keyof typeof changes]
  await object.create(definition)
  await object.setAttribute(name as never, value as never)
  expect((await object.fetch()).attributes).toMatchObject({ [name]: value })
  await object.setAttributes({ [name]: value } as never)
  await object.disable()
  expect(await object.fetch()).toMatchObject({ status: 'disabled' })
  await object.enable()
  expect(await object.fetch()).toMatchObject({ status: 'enabled' })
  expect(await object.definition()).toContain(object.name)
  await object.createOrReplace(definition)
  expect(await object.fetch()).toMatchObject({ attributes })
  await object.delete()
})
