import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { agentObjectKinds } from '../src/agent/agent-object-kinds.ts'
import { readValue } from '../src/attributes/attribute-types.ts'
import {
  AgentObjectDisabledError,
  AgentObjectExistsError,
  AgentObjectNotFoundError,
  type AgentToolAttributes,
  CallAbortedError,
  DatabaseError,
  InvalidAttributeError,
  type OtherToolType,
  PrivilegeError,
  ProfileNotFoundError,
  ProviderError,
  SelectAIArgumentError,
  type SelectAIPool,
} from '../src/index.ts'
import { type OpenDatabase, openDatabase, roundTrips } from './open-database.ts'

const profileName = 'OCI_AI_PROFILE'
const conversationId = '30C9DB6E-EA4D-AFBA-E063-9C6D46644B92'
const own = { emulator: { users: [{ user: 'OTHER', password: 'other' }] } }

/** The same four kinds of objects, each with attributes and a change of them. */
const kinds = [
  {
    kind: 'agent',
    handle: (pool: SelectAIPool) => pool.agent('Mine'),
    list: (pool: SelectAIPool, pattern?: string) => pool.listAgents({ pattern }),
    attributes: { profile_name: 'P', role: 'You count', enable_human_tool: false },
    change: { role: 'You add' },
    needed: 'profile_name',
  },
  {
    kind: 'task',
    handle: (pool: SelectAIPool) => pool.task('Mine'),
    list: (pool: SelectAIPool, pattern?: string) => pool.listTasks({ pattern }),
    attributes: { instruction: 'Answer {query}', tools: ['A', 'B'], input: 'T', enable_human_tool: true },
    change: { tools: [] },
    needed: 'instruction',
  },
  {
    kind: 'tool',
    handle: (pool: SelectAIPool) => pool.tool('Mine'),
    list: (pool: SelectAIPool, pattern?: string) => pool.listTools({ pattern }),
    attributes: {
      function: 'SHOP.PRICE_OF',
      tool_inputs: [{ name: 'product', description: 'Its name' }],
      tool_params: { subject: 'S', other_param: 1 },
    },
    change: { instruction: 'Only for tea' },
    needed: undefined,
  },
  {
    kind: 'team',
    handle: (pool: SelectAIPool) => pool.team('Mine'),
    list: (pool: SelectAIPool, pattern?: string) => pool.listTeams({ pattern }),
    attributes: { agents: [{ name: 'A', task: 'T' }], process: 'sequential' },
    change: { supervisor_agent: 'B' },
    needed: 'agents',
  },
] as const

/** What all handles can do, whatever their attributes. */
interface AnyHandle {
  create(definition: object): Promise<void>
  createOrReplace(definition: object): Promise<void>
  fetch(): Promise<{
    readonly name: string
    readonly status: string
    readonly description?: string
    attributes: object
  }>
  setAttribute(name: string, value: unknown): Promise<void>
  setAttributes(changes: object): Promise<void>
  enable(): Promise<void>
  disable(): Promise<void>
  delete(options?: { force: boolean }): Promise<void>
  definition(): Promise<string>
}

describe.each(kinds)('the handle of a $kind', ({ kind, handle, list, attributes, change, needed }) => {
  const handleOf = (pool: SelectAIPool) => handle(pool) as unknown as AnyHandle

  it('creates it, and reads it as it was made', async () => {
    await using database = await openDatabase()
    const object = handleOf(database.pool)
    await object.delete({ force: true })
    await object.create({ attributes, description: 'ü'.repeat(1500), enabled: false })
    const description = await object.fetch()
    expect(description).toEqual({
      name: 'MINE',
      status: 'disabled',
      description: 'ü'.repeat(1500),
      created: expect.any(Date),
      lastModified: expect.any(Date),
      attributes,
    })
    expect(Object.isFrozen(description) && Object.values(description.attributes).every(Object.isFrozen)).toBe(true)
    expect(await list(database.pool, '^mi')).toEqual([description])
    expect(await list(database.pool, '^no')).toEqual([])
    await object.delete()
  })

  it('changes it, all at once or one attribute', async () => {
    await using database = await openDatabase()
    const object = handleOf(database.pool)
    await object.createOrReplace({ attributes })
    await object.setAttributes(change)
    expect((await object.fetch()).attributes).toMatchObject({ ...attributes, ...change })
    const [[name, value]] = Object.entries(attributes) as [[string, unknown]]
    await object.setAttribute(name.toUpperCase(), value)
    expect((await object.fetch()).attributes).toMatchObject({ ...attributes, ...change, [name]: value })
    await object.delete()
  })

  it('switches it on and off, however often', async () => {
    await using database = await openDatabase()
    const object = handleOf(database.pool)
    await object.createOrReplace({ attributes })
    for (const each of ['disable', 'disable', 'enable', 'enable'] as const) {
      await object[each]()
      expect((await object.fetch()).status).toBe(`${each}d`)
    }
    await object.delete()
  })

  it('replaces it, and nothing of the old one stays', async () => {
    await using database = await openDatabase()
    const object = handleOf(database.pool)
    await object.createOrReplace({ attributes: { ...attributes, ...change }, description: 'old' })
    await object.createOrReplace({ attributes })
    expect(await list(database.pool, 'trial')).toEqual([])
    expect(await object.fetch()).toMatchObject({ attributes, status: 'enabled' })
    expect((await object.fetch()).description).toBeUndefined()
    await object.delete()
  })

  it('leaves the old one alone when the new one has an attribute that the database refuses', async () => {
    await using database = await openDatabase()
    const object = handleOf(database.pool)
    await object.createOrReplace({ attributes, description: 'old' })
    const refused = object.createOrReplace({ attributes: { ...attributes, colour: 'red' } })
    await expect(refused).rejects.toMatchObject({
      code: 'INVALID_ATTRIBUTE',
      kind,
      object: 'Mine',
      attribute: 'colour',
    })
    const longer = object.createOrReplace({ attributes, description: 'x'.repeat(5000) })
    await expect(longer).rejects.toBeInstanceOf(InvalidAttributeError)
    expect(await object.fetch()).toMatchObject({ attributes, description: 'old' })
    expect(await list(database.pool, 'trial')).toEqual([])
    await object.delete()
  })

  it('tells its definition', async () => {
    await using database = await openDatabase()
    const object = handleOf(database.pool)
    await object.createOrReplace({ attributes })
    const definition = await object.definition()
    await object.delete()
    await database.pool.withConnection((connection) => connection.execute(definition))
    expect((await object.fetch()).attributes).toEqual(attributes)
    await object.delete()
  })

  it('fails with errors that can be told apart', async () => {
    await using database = await openDatabase()
    const object = handleOf(database.pool)
    const missing = { code: 'AGENT_OBJECT_NOT_FOUND', kind, object: 'Mine', retryable: false }
    await expect(object.fetch()).rejects.toMatchObject(missing)
    await expect(object.setAttributes(change)).rejects.toMatchObject(missing)
    await expect(object.setAttribute('colour', 'red')).rejects.toMatchObject(missing)
    await expect(object.enable()).rejects.toMatchObject(missing)
    await expect(object.disable()).rejects.toMatchObject(missing)
    await expect(object.delete()).rejects.toMatchObject(missing)
    await expect(object.definition()).rejects.toMatchObject(missing)
    await object.create({ attributes })
    await expect(object.create({ attributes })).rejects.toBeInstanceOf(AgentObjectExistsError)
    const refused = object.setAttribute('colour', 'red')
    await expect(refused).rejects.toMatchObject({ code: 'INVALID_ATTRIBUTE', kind, attribute: 'colour' })
    await expect(object.setAttributes({ colour: 'red' })).rejects.toBeInstanceOf(InvalidAttributeError)
    await object.delete()
  })

  it('refuses what cannot be right before anything is sent', async () => {
    await using database = await openDatabase()
    const object = handleOf(database.pool)
    const before = roundTrips(database.emulator)
    const wrong: [string, Promise<unknown>][] = [
      ['definition', object.create(undefined as never)],
      ['definition.colour', object.create({ attributes, colour: 'red' })],
      ['definition.attributes', object.create({})],
      ['definition.attributes', object.create({ attributes: {} })],
      ['definition.description', object.create({ attributes, description: 1 })],
      ['definition.enabled', object.createOrReplace({ attributes, enabled: 'yes' })],
      ['definition.attributes.other', object.create({ attributes: { ...attributes, other: null } })],
      ['definition.attributes.other', object.create({ attributes: { ...attributes, other: Number.NaN } })],
      ['attributes', object.setAttributes({})],
      ['attributes.other', object.setAttributes({ other: '' })],
      ['name', object.setAttribute('a b', 1)],
      ['value', object.setAttribute('other', undefined)],
      ['value', object.setAttribute('other', null)],
      ['value', object.setAttribute(Object.keys(attributes)[0] as string, 1)],
      ['options.pattern', list(database.pool, '')],
      ['options.colour', object.delete({ colour: 1 } as never)],
      ['options.force', object.delete({ force: 1 } as never)],
    ]
    if (needed !== undefined) {
      const others = Object.fromEntries(Object.entries(attributes).filter(([name]) => name !== needed))
      const argument = Object.keys(others).length === 0 ? 'definition.attributes' : `definition.attributes.${needed}`
      wrong.push([argument, object.create({ attributes: others })])
    }
    for (const [argument, call] of wrong) {
      await expect(call).rejects.toBeInstanceOf(SelectAIArgumentError)
      await expect(call).rejects.toMatchObject({ argument })
    }
    expect(roundTrips(database.emulator)).toBe(before)
    await object.create({ attributes })
    await expect(list(database.pool, '[')).rejects.toMatchObject({ argument: 'options.pattern' })
    await object.delete()
  })
})

describe('names', () => {
  it.each(['', 'a b', '1A', 'A.B', '"A"', 'x'.repeat(129), undefined])('%j is none', async (name) => {
    await using database = await openDatabase()
    const { pool } = database
    expect(() => pool.agent(name as string)).toThrow(SelectAIArgumentError)
    expect(() => pool.task(name as string)).toThrow(SelectAIArgumentError)
    expect(() => pool.tool(name as string)).toThrow(SelectAIArgumentError)
    if (name !== 'A.B') expect(() => pool.team(name as string)).toThrow(SelectAIArgumentError)
  })
})

it('a team of somebody else is left alone before anything is sent', async () => {
  await using database = await openDatabase()
  const team = database.pool.team('OTHER.CREW')
  const attributes = { agents: [{ name: 'A', task: 'T' }] }
  const before = roundTrips(database.emulator)
  for (const call of [
    team.create({ attributes }),
    team.createOrReplace({ attributes }),
    team.fetch(),
    team.setAttribute('process', 'sequential'),
    team.setAttributes(attributes),
    team.enable(),
    team.disable(),
    team.definition(),
    team.delete({ force: true }),
  ]) {
    await expect(call).rejects.toMatchObject({ code: SelectAIArgumentError.code, argument: 'name' })
  }
  expect(roundTrips(database.emulator)).toBe(before)
})

describe('the parameters of a tool', () => {
  const email = {
    notification_type: 'email',
    credential_name: 'C',
    recipient: 'r@x',
    sender: 's@x',
    smtp_host: 'h',
  } as const
  const complete: AgentToolAttributes[] = [
    { tool_type: 'SQL', tool_params: { profile_name: 'P' } },
    { tool_type: 'RAG', tool_params: { profile_name: 'P' } },
    { tool_type: 'WEBSEARCH', tool_params: { credential_name: 'C' } },
    { tool_type: 'HTTP', tool_params: { credential_name: 'C', endpoint: 'https://x' } },
    { tool_type: 'NOTIFICATION', tool_params: email },
    { tool_type: 'NOTIFICATION', tool_params: { notification_type: 'slack', credential_name: 'C', channel: '#c' } },
    { tool_type: 'HUMAN' },
    { function: 'F' },
  ]

  it.each(complete)('are kept: %j', async (attributes) => {
    await using database = await openDatabase()
    const tool = database.pool.tool('Complete')
    await tool.createOrReplace({ attributes })
    const read = await tool.fetch()
    expect(read.attributes).toMatchObject(attributes)
    await tool.createOrReplace({ attributes: read.attributes })
    expect((await tool.fetch()).attributes).toEqual(read.attributes)
    await tool.delete()
  })

  const needed = complete.flatMap(({ tool_type, tool_params = {} }) =>
    Object.keys(tool_params).map((name) => ({ tool_type, name, tool_params: { ...tool_params, [name]: undefined } })),
  )

  it.each(needed)('of the kind $tool_type must have $name', async ({ tool_type, name, tool_params }) => {
    await using database = await openDatabase()
    const before = roundTrips(database.emulator)
    const failed = database.pool.tool('T').create({ attributes: { tool_type, tool_params } as never })
    await expect(failed).rejects.toMatchObject({ argument: `definition.attributes.tool_params.${name}` })
    expect(roundTrips(database.emulator)).toBe(before)
  })

  it.each([
    [{ tool_type: 'SQL' }, 'tool_params.profile_name'],
    [{ tool_type: 'sql', tool_params: {} }, 'tool_params.profile_name'],
    [{ tool_type: 'SQL', tool_params: { profile_name: ' ' } }, 'tool_params.profile_name'],
    [{ tool_type: 'NOTIFICATION', tool_params: { notification_type: 'pigeon' } }, 'tool_params.notification_type'],
    [{ TOOL_TYPE: 'SQL' }, 'tool_params.profile_name'],
    [{ tool_type: '' }, 'tool_type'],
    [{ tool_type: 1 }, 'tool_type'],
    [{ tool_type: 'SQL', tool_params: [] }, 'tool_params'],
    [{ function: 1 }, 'function'],
    [{ function: 'F', tool_inputs: [{ description: 'x' }] }, 'tool_inputs'],
    [{ function: 'F', tool_params: 'x' }, 'tool_params'],
  ])('%j are refused', async (attributes, argument) => {
    await using database = await openDatabase()
    const failed = database.pool.tool('T').create({ attributes: attributes as never })
    await expect(failed).rejects.toMatchObject({ argument: `definition.attributes.${argument}` })
  })

  it('are checked when they are changed, too', async () => {
    await using database = await openDatabase()
    const tool = database.pool.tool('Changed')
    await tool.createOrReplace({ attributes: { tool_type: 'SQL', tool_params: { profile_name: 'P' } } })
    const failed = tool.setAttributes({ tool_type: 'HTTP', tool_params: { endpoint: 'x' } })
    await expect(failed).rejects.toMatchObject({ argument: 'attributes.tool_params.credential_name' })
    await tool.setAttribute('tool_params', { profile_name: 'Q', max_rows: 3 })
    expect((await tool.fetch()).attributes).toMatchObject({ tool_params: { profile_name: 'Q', max_rows: 3 } })
    await tool.delete()
  })

  it('of a kind that only the database knows are read, and round-trip', async () => {
    await using database = await openDatabase()
    const tool = database.pool.tool('Slack')
    const attributes = { tool_type: 'SLACK' as OtherToolType, tool_params: { channel: '#c', color: 'red' } }
    await tool.createOrReplace({ attributes })
    expect((await tool.fetch()).attributes).toEqual(attributes)
    await tool.delete()
  })

  it.each([
    ['tool_type', 'sql', 'SQL'],
    ['tool_type', 'Fax', 'Fax'],
    ['tool_params', '{"Subject":"S"}', { Subject: 'S' }],
    ['tool_params', '[]', '[]'],
  ])('%s is read from %s', (name, text, value) => {
    expect(readValue(agentObjectKinds.tool.types, name, text)).toEqual(value)
  })

  it('of an unknown kind are sent as they are', async () => {
    await using database = await openDatabase()
    const attributes = { tool_type: 'FAX' as OtherToolType, tool_params: { number: '1' } }
    await expect(database.pool.tool('Fax').create({ attributes })).rejects.toMatchObject({
      code: 'INVALID_ATTRIBUTE',
      attribute: 'tool_type',
    })
  })
})

describe('a team that is created', () => {
  it('is made of attributes that were read, with the task that the database writes', async () => {
    await using database = await openDatabase()
    const team = database.pool.team('Led')
    await team.createOrReplace({ attributes: { agents: [{ name: 'A', task: 'T' }], supervisor_agent: 'B' } })
    const { attributes } = await team.fetch()
    expect(attributes.supervisor_task).toEqual(expect.any(String))
    await team.createOrReplace({ attributes })
    expect((await team.fetch()).attributes).toEqual(attributes)
    await expect(team.setAttributes({ supervisor_task: 'X' })).rejects.toMatchObject({
      code: 'INVALID_ATTRIBUTE',
      attribute: 'supervisor_task',
    })
    await team.delete()
  })

  it('has somebody who works', async () => {
    await using database = await openDatabase()
    const team = database.pool.team('Empty')
    const argument = 'definition.attributes.agents'
    await expect(team.create({ attributes: { agents: [] } })).rejects.toMatchObject({ argument })
    await expect(team.setAttribute('agents', [])).rejects.toMatchObject({ argument: 'value' })
  })
})

/** A team of one agent, with its tools. */
async function createTeam(
  { pool }: Pick<OpenDatabase, 'pool'>,
  name: string,
  changes: { tools?: string[]; enable_human_tool?: boolean } = {},
) {
  await pool.agent(`${name}_AGENT`).createOrReplace({ attributes: { profile_name: profileName, role: 'You help' } })
  const instruction = 'Do {what} for {query}'
  await pool.task(`${name}_TASK`).createOrReplace({ attributes: { instruction, ...changes } })
  const team = pool.team(name)
  await team.createOrReplace({ attributes: { agents: [{ name: `${name}_AGENT`, task: `${name}_TASK` }] } })
  return team
}

describe('a run of a team', () => {
  it('gives the answer, the state and the conversation, in one round trip', async () => {
    await using database = await openDatabase()
    const team = await createTeam(database, 'RUNS')
    await team.run('warm up')
    const before = roundTrips(database.emulator)
    const answer = await team.run('Paris', { variables: { what: 'all' } })
    expect(roundTrips(database.emulator) - before).toBe(1)
    expect(answer).toEqual({
      text: 'RUNS_AGENT: Do all for Paris',
      state: 'succeeded',
      conversationId: expect.stringMatching(/^[0-9A-F-]{36}$/),
    })
    expect(Object.isFrozen(answer)).toBe(true)
    expect((await team.run()).text).toBe('RUNS_AGENT: Do {what} for ')
    expect((await team.run('answer 50000')).text).toBe('x'.repeat(50_000))
  })

  it('waits for a human, and goes on in the same conversation over another connection', async () => {
    await using database = await openDatabase()
    const other = await database.createPool()
    const team = await createTeam(database, 'WAITS')
    const question = await team.run('ask Which year?')
    expect(question).toMatchObject({ text: 'Which year?', state: 'waiting-for-human' })
    const answer = await other.team('waits').run('2001', { conversationId: question.conversationId.toLowerCase() })
    expect(answer).toMatchObject({ text: 'answered 2001', state: 'succeeded', conversationId: question.conversationId })
  })

  it('gives the agents the turns before', async () => {
    await using database = await openDatabase()
    const team = await createTeam(database, 'REMEMBERS')
    const { conversationId: id } = await team.run('one')
    expect(JSON.parse((await team.run('history', { conversationId: id })).text)).toEqual(['one'])
    expect(await database.pool.conversation(id).listPrompts()).toHaveLength(2)
  })

  it('led by a supervisor uses the agents that it chooses', async () => {
    await using database = await openDatabase()
    const team = await createTeam(database, 'LED')
    const { pool } = database
    await pool
      .agent('BOSS')
      .createOrReplace({ attributes: { profile_name: profileName, role: 'You lead', supervisor: true } })
    await team.setAttributes({ supervisor_agent: 'BOSS' })
    expect((await team.run('use led_agent part')).text).toBe('LED_AGENT: Do {what} for part')
    const tasks = await pool.listTaskRuns({ teamName: 'led' })
    expect(tasks.map(({ agentName }) => agentName)).toEqual(['LED_AGENT', 'BOSS'])
  })

  it('fails with what was wrong, also with a part of the team', async () => {
    await using database = await openDatabase()
    const { pool } = database
    const team = await createTeam(database, 'FAILS', { enable_human_tool: false })
    await expect(pool.team('NOBODY').run('x')).rejects.toMatchObject({ kind: 'team', object: 'NOBODY' })
    await expect(team.run('fail out of credit')).rejects.toBeInstanceOf(ProviderError)
    await expect(team.run('ask Which?')).rejects.toMatchObject({ code: DatabaseError.code, errorNumber: 20051 })
    await pool.agent('FAILS_AGENT').setAttribute('profile_name', 'NO_PROFILE')
    await expect(team.run('x')).rejects.toMatchObject({ code: ProfileNotFoundError.code, profile: 'NO_PROFILE' })
    await pool.agent('FAILS_AGENT').disable()
    await expect(team.run('x')).rejects.toBeInstanceOf(AgentObjectDisabledError)
    await pool.task('FAILS_TASK').delete()
    await pool.agent('FAILS_AGENT').enable()
    await expect(team.run('x')).rejects.toMatchObject({
      code: 'AGENT_OBJECT_NOT_FOUND',
      kind: 'task',
      object: 'FAILS_TASK',
    })
    const states = (await pool.listTeamRuns({ teamName: 'FAILS' })).map(({ state }) => state)
    expect(new Set(states)).toEqual(new Set(['failed']))
  })

  it('is broken off by its signal', async () => {
    await using database = await openDatabase()
    const team = await createTeam(database, 'BROKEN')
    const controller = new AbortController()
    const run = team.run('hold it', { signal: controller.signal })
    await database.model.holding(1)
    controller.abort()
    await expect(run).rejects.toBeInstanceOf(CallAbortedError)
    await expect.poll(async () => (await database.pool.listTeamRuns({ teamName: 'BROKEN' }))[0]?.state).toBe('failed')
  })

  it('refuses what cannot be right before anything is sent', async () => {
    await using database = await openDatabase()
    const team = database.pool.team('T')
    const before = roundTrips(database.emulator)
    const wrong: [string, Promise<unknown>][] = [
      ['prompt', team.run(' ')],
      ['prompt', team.run(1 as never)],
      ['options.conversationId', team.run('x', { conversationId: 'mine' })],
      ['options.variables', team.run('x', { variables: { a: {} } as never })],
      ['options.variables', team.run('x', { variables: [] as never })],
      ['options.colour', team.run('x', { colour: 'red' } as never)],
      ['options.timeoutMs', team.run('x', { timeoutMs: 0 })],
    ]
    for (const [argument, call] of wrong) await expect(call).rejects.toMatchObject({ argument })
    expect(roundTrips(database.emulator)).toBe(before)
  })

  it('needs EXECUTE on the package', async () => {
    await using database = await openDatabase(own)
    const admin = await database.createPool({ user: 'ADMIN', password: 'demo' })
    const other = await database.createPool({ user: 'OTHER', password: 'other' })
    await admin.withConnection((connection) => connection.execute('REVOKE EXECUTE ON DBMS_CLOUD_AI_AGENT FROM other'))
    await expect(other.team('T').run('x')).rejects.toBeInstanceOf(PrivilegeError)
  })
})

describe('a tool', () => {
  it('runs by itself with a text or with inputs, and is described', async () => {
    await using database = await openDatabase()
    const { pool } = database
    const data = pool.tool('DATA')
    await data.createOrReplace({ attributes: { tool_type: 'SQL', tool_params: { profile_name: profileName } } })
    expect(JSON.parse(await data.run('sql SELECT 1 AS one FROM dual'))).toEqual([{ ONE: 1 }])
    const quote = pool.tool('QUOTE')
    const tool_inputs = [{ name: 'str', description: 'A text' }]
    await quote.createOrReplace({ attributes: { function: 'DBMS_ASSERT.ENQUOTE_LITERAL', tool_inputs } })
    expect(await quote.run({ str: 'tea' })).toBe("'tea'")
    expect(JSON.parse(await quote.describe())).toMatchObject({ tool_name: 'QUOTE', inputs: tool_inputs })
    await quote.disable()
    await expect(quote.run('x')).rejects.toBeInstanceOf(AgentObjectDisabledError)
    await expect(quote.run('')).rejects.toMatchObject({ argument: 'input' })
    await expect(quote.run([] as never)).rejects.toMatchObject({ argument: 'input' })
    await expect(quote.run({ str: 1n })).rejects.toMatchObject({ argument: 'input' })
    await expect(pool.tool('NOBODY').run('x')).rejects.toMatchObject({ kind: 'tool', object: 'NOBODY' })
    await expect(pool.tool('NOBODY').describe()).rejects.toBeInstanceOf(AgentObjectNotFoundError)
    await expect(quote.describe({ colour: 1 } as never)).rejects.toMatchObject({ argument: 'options.colour' })
  })
})

describe('a team', () => {
  it('is described, with its tools', async () => {
    await using database = await openDatabase()
    await database.pool
      .tool('DATA')
      .createOrReplace({ attributes: { tool_type: 'SQL', tool_params: { profile_name: profileName } } })
    const team = await createTeam(database, 'SHOWN', { tools: ['DATA'] })
    expect(JSON.parse(await team.describe())).toMatchObject({ team_name: 'SHOWN' })
    expect(JSON.parse(await team.listTools())).toMatchObject([{ tool_name: 'DATA' }])
    await expect(database.pool.team('NOBODY').describe()).rejects.toBeInstanceOf(AgentObjectNotFoundError)
    await expect(database.pool.team('NOBODY').listTools()).rejects.toBeInstanceOf(AgentObjectNotFoundError)
  })

  it('is exported as text and imported under other names', async () => {
    await using database = await openDatabase()
    const { pool } = database
    const team = await createTeam(database, 'FIRST')
    const text = await team.export()
    const specification = JSON.parse(text)
    specification.name = 'SECOND_AGENT'
    specification.task.task_name = 'SECOND_TASK'
    await pool.importTeam({ specification, profileName, teamName: 'SECOND' })
    expect((await pool.team('SECOND').run('x')).text).toBe('SECOND_AGENT: Do {what} for x')
    await pool.importTeam({ specification: text, profileName, teamName: 'FIRST', force: true })
    expect(await team.export()).toBe(text)
    const again = pool.importTeam({ specification: text, profileName, teamName: 'FIRST' })
    await expect(again).rejects.toBeInstanceOf(AgentObjectExistsError)
    const elsewhere = pool.importTeam({ specification: text, profileName: 'NO_PROFILE', force: true })
    await expect(elsewhere).rejects.toMatchObject({ code: ProfileNotFoundError.code, profile: 'NO_PROFILE' })
    await expect(pool.team('NOBODY').export()).rejects.toBeInstanceOf(AgentObjectNotFoundError)
  })

  it('is not imported with an attribute that the database refuses, be it that of a task', async () => {
    await using database = await openDatabase()
    const specification = JSON.parse(await (await createTeam(database, 'BLUE')).export())
    specification.task.task_attributes.colour = 'blue'
    const refused = database.pool.importTeam({ specification, profileName, teamName: 'BLUE', force: true })
    const object = { kind: 'team', object: 'BLUE' }
    await expect(refused).rejects.toMatchObject({ code: 'INVALID_ATTRIBUTE', ...object, attribute: 'colour' })
  })

  it('is exported and imported with the parameters that are given, and else with none', async () => {
    await using database = await openDatabase()
    const { pool, emulator } = database
    const team = await createTeam(database, 'PARAMETERS')
    const place = { location: 'https://storage.example.com/team.json', credentialName: 'STORE' }
    const params = { wish: ['ü', 1], other: {} }
    emulator.ledger.reset()
    const specification = await team.export(undefined, { params })
    await team.export()
    await team.export(place, { params }).catch(() => {})
    await pool.importTeam({ specification, profileName, force: true, params })
    await pool.importTeam({ specification, profileName, force: true })
    await pool.importTeam({ ...place, profileName, params }).catch(() => {})
    const sent = emulator.ledger.sessions.flatMap(({ statements }) => statements)
    const text = JSON.stringify(params)
    const found = sent.map(({ binds }) => binds.find(({ name }) => name === 'PARAMS')?.value)
    expect(found).toEqual([text, '{}', text, text, null, text])
  })

  it('is exported to a location and imported from there', async () => {
    await using database = await openDatabase()
    let stored = ''
    await using server = await listen(async (request, response) => {
      if (request.method === 'PUT') for await (const piece of request) stored += String(piece)
      response.end(stored)
    })
    const place = { location: `${server.url}/team.json`, credentialName: 'C' }
    const team = await createTeam(database, 'STORED')
    expect(await team.export(place)).toBeUndefined()
    expect(JSON.parse(stored)).toMatchObject({ name: 'STORED_AGENT' })
    await team.delete()
    await database.pool.importTeam({ ...place, profileName, teamName: 'STORED', force: true })
    expect((await team.run('x')).state).toBe('succeeded')
    const elsewhere = { ...place, location: 'https://example.com/x' }
    await expect(team.export(elsewhere)).rejects.toBeInstanceOf(ProviderError)
  })

  it('refuses transfers that cannot be right before anything is sent', async () => {
    await using database = await openDatabase()
    const { pool } = database
    const before = roundTrips(database.emulator)
    const place = { location: 'l', credentialName: 'c' }
    const wrong: [string, Promise<unknown>][] = [
      ['destination', pool.team('T').export('l' as never)],
      ['destination.credentialName', pool.team('T').export({ location: 'l' } as never)],
      ['destination.colour', pool.team('T').export({ ...place, colour: 'red' } as never)],
      ['options.params', pool.team('T').export(undefined, { params: '{}' as never })],
      ['options.params', pool.team('T').export(place, { params: { wish: 1n } })],
      ['source.params', pool.importTeam({ ...place, profileName, params: [] as never })],
      ['source', pool.importTeam(undefined as never)],
      ['source.profileName', pool.importTeam({ ...place, profileName: 'a b' })],
      ['source.teamName', pool.importTeam({ ...place, profileName, teamName: '' })],
      ['source.specification', pool.importTeam({ profileName } as never)],
      ['source.specification', pool.importTeam({ ...place, profileName, specification: '{}' } as never)],
      ['source.specification', pool.importTeam({ profileName, specification: ' ' })],
      ['source.specification', pool.importTeam({ profileName, specification: { name: 1n } })],
      ['source.location', pool.importTeam({ profileName, credentialName: 'c' } as never)],
      ['source.force', pool.importTeam({ ...place, profileName, force: 1 as never })],
      ['source.colour', pool.importTeam({ ...place, profileName, colour: 'red' } as never)],
    ]
    for (const [argument, call] of wrong) await expect(call).rejects.toMatchObject({ argument })
    expect(roundTrips(database.emulator)).toBe(before)
  })

  it('can be run by another user when that is granted', async () => {
    await using database = await openDatabase(own)
    const other = await database.createPool({ user: 'OTHER', password: 'other' })
    const team = await createTeam(database, 'SHARED')
    const run = () => other.team('DEMO.SHARED').run('x')
    await expect(run()).rejects.toBeInstanceOf(AgentObjectNotFoundError)
    await team.grantAccess('other')
    expect(await run()).toMatchObject({ text: 'SHARED_AGENT: Do {what} for x', state: 'succeeded' })
    await team.revokeAccess('other')
    await expect(run()).rejects.toBeInstanceOf(AgentObjectNotFoundError)
    await expect(team.grantAccess('nobody')).rejects.toMatchObject({ code: 'USER_NOT_FOUND', user: 'NOBODY' })
    await expect(team.revokeAccess('other')).rejects.toMatchObject({ errorNumber: 1927 })
    for (const name of ['', 'two words']) {
      await expect(team.grantAccess(name)).rejects.toMatchObject({ argument: 'userOrRole' })
    }
    await expect(database.pool.team('NOBODY').grantAccess('other')).rejects.toBeInstanceOf(AgentObjectNotFoundError)
  })
})

describe('the histories', () => {
  it('tell runs, tasks and tools, the newest first, by filters', async () => {
    await using database = await openDatabase({ emulator: {} })
    const { pool } = database
    await pool
      .tool('DATA')
      .createOrReplace({ attributes: { tool_type: 'SQL', tool_params: { profile_name: profileName } } })
    const team = await createTeam(database, 'LISTED', { tools: ['DATA'] })
    await createTeam(database, 'OTHERS')
    await pool.team('OTHERS').run('x')
    const { conversationId: id } = await team.run('use data sql SELECT 1 AS one FROM dual', { conversationId })
    await team.run('ask Which?')
    const runs = await pool.listTeamRuns()
    expect(runs.map(({ teamName, state }) => [teamName, state])).toEqual([
      ['LISTED', 'waiting-for-human'],
      ['LISTED', 'succeeded'],
      ['OTHERS', 'succeeded'],
    ])
    expect(runs[0]?.ended).toBeUndefined()
    const [run] = await pool.listTeamRuns({ conversationId: id })
    expect(run).toEqual({
      teamExecId: expect.any(String),
      teamName: 'LISTED',
      teamInstanceId: expect.any(Number),
      state: 'succeeded',
      conversationId,
      params: JSON.stringify({ conversation_id: conversationId }),
      started: expect.any(Date),
      ended: expect.any(Date),
    })
    const { teamExecId } = run as { teamExecId: string }
    expect(await pool.listTaskRuns({ teamExecId })).toEqual([
      {
        teamExecId,
        teamName: 'LISTED',
        taskOrder: 1,
        agentName: 'LISTED_AGENT',
        taskName: 'LISTED_TASK',
        conversationParams: JSON.stringify({ conversation_id: conversationId }),
        input: expect.stringMatching(/^Do \{what\} for use data/),
        result: expect.stringContaining('"ONE" : 1'),
        state: 'succeeded',
        started: expect.any(Date),
        ended: expect.any(Date),
      },
    ])
    expect(await pool.listToolRuns({ toolName: 'data' })).toEqual([
      {
        invocationId: expect.any(String),
        teamExecId,
        taskOrder: 1,
        toolName: 'DATA',
        agentName: 'LISTED_AGENT',
        taskName: 'LISTED_TASK',
        input: JSON.stringify({ query: 'sql SELECT 1 AS one FROM dual' }),
        output: expect.stringContaining('"ONE" : 1'),
        toolOutput: expect.stringContaining('"ONE" : 1'),
        started: expect.any(Date),
        ended: expect.any(Date),
      },
    ])
    expect(await pool.listTeamRuns({ teamName: 'listed', limit: 1 })).toEqual([runs[0]])
    expect(await pool.listTeamRuns({ state: 'failed' })).toEqual([])
    expect(
      await pool.listTaskRuns({ agentName: 'others_agent', taskName: 'others_task', state: 'succeeded' }),
    ).toHaveLength(1)
    expect(await pool.listToolRuns({ agentName: 'OTHERS_AGENT', taskName: 'OTHERS_TASK' })).toEqual([])
    expect(Object.isFrozen(runs) && runs.every(Object.isFrozen)).toBe(true)
  })

  it('refuse filters that cannot be right', async () => {
    await using database = await openDatabase()
    const { pool } = database
    const wrong: [string, Promise<unknown>][] = [
      ['options.limit', pool.listTeamRuns({ limit: 0 })],
      ['options.state', pool.listTeamRuns({ state: 'done' as never })],
      ['options.conversationId', pool.listTeamRuns({ conversationId: 'x' })],
      ['options.teamName', pool.listTaskRuns({ teamName: '' })],
      ['options.teamName', pool.listToolRuns({ teamName: 'T' } as never)],
    ]
    for (const [argument, call] of wrong) await expect(call).rejects.toMatchObject({ argument })
  })
})

async function listen(handler: RequestListener): Promise<AsyncDisposable & { readonly url: string }> {
  const server = createServer(handler)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
