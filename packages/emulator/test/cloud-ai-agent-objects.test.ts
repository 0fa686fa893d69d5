import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AgentDatabase, createTeam, openAgentDatabase } from './cloud-ai-agent-fixture.ts'

let database: AgentDatabase

beforeAll(async () => {
  database = await openAgentDatabase({ users: [{ user: 'OTHER', password: 'other' }] })
})
afterAll(() => database[Symbol.asyncDispose]())

const kinds = [
  {
    kind: 'agent',
    number: 20050,
    view: 'ai_agents',
    column: 'agent_name',
    attributes: { profile_name: 'P', role: 'You count' },
    change: ['role', 'You add'],
    missing: { profile_name: 'P' },
  },
  {
    kind: 'task',
    number: 20051,
    view: 'ai_agent_tasks',
    column: 'task_name',
    attributes: { instruction: 'Answer {query}', tools: ['NOT_THERE'], enable_human_tool: false },
    change: ['instruction', 'Count {query}'],
    missing: { tools: [] },
  },
  {
    kind: 'tool',
    number: 20052,
    view: 'ai_agent_tools',
    column: 'tool_name',
    attributes: { tool_type: 'SQL', tool_params: { profile_name: 'NOT_THERE' }, instruction: 'Ask it' },
    change: ['instruction', 'Ask it now'],
    missing: { instruction: 'Ask' },
  },
  {
    kind: 'team',
    number: 20053,
    view: 'ai_agent_teams',
    column: 'agent_team_name',
    attributes: { agents: [{ name: 'A', task: 'T' }], process: 'sequential' },
    change: ['agents', '[{"name":"B","task":"T"}]'],
    missing: { process: 'sequential' },
  },
] as const

describe.each(kinds)('a $kind', ({ kind, number, view, column, attributes, change, missing }) => {
  const word = kind.toUpperCase()
  const name = { [`${kind}_name`]: 'mine' }
  const rows = () => database.rows(`SELECT * FROM user_${view} WHERE ${column} = 'MINE'`)
  const attributesOfMine = async () => {
    const found = await database.rows(
      `SELECT attribute_name, attribute_value FROM user_${view.replace(/s$/, '')}_attributes WHERE ${column} = 'MINE'`,
    )
    return Object.fromEntries(found.map(({ ATTRIBUTE_NAME, ATTRIBUTE_VALUE }) => [ATTRIBUTE_NAME, ATTRIBUTE_VALUE]))
  }
  const create = (more: Record<string, string> = {}) =>
    database.call(`CREATE_${word}`, { ...name, attributes, ...more })

  test('is created, shown, switched, changed and dropped', async () => {
    await create({ description: 'ü'.repeat(3000), status: 'disabled' })
    const [row] = await rows()
    expect(row).toMatchObject({ STATUS: 'DISABLED', DESCRIPTION: 'ü'.repeat(3000), CREATED: expect.any(Date) })
    await database.call(`ENABLE_${word}`, name)
    await database.call('SET_ATTRIBUTE', {
      object_name: 'Mine',
      object_type: kind,
      attribute_name: change[0],
      attribute_value: change[1],
    })
    const expected = Object.entries({ ...attributes, [change[0]]: change[1] }).map(([key, value]) => [
      key,
      typeof value === 'string' ? value : JSON.stringify(value),
    ])
    expect(await attributesOfMine()).toEqual(Object.fromEntries(expected))
    await database.call('SET_ATTRIBUTES', { object_name: 'mine', object_type: word, attributes })
    const [changed] = await rows()
    expect(changed).toMatchObject({ STATUS: 'ENABLED', CREATED: row?.CREATED })
    expect(Number(changed?.LAST_MODIFIED)).toBeGreaterThanOrEqual(Number(row?.CREATED))
    await database.call(`DISABLE_${word}`, name)
    expect(await rows()).toMatchObject([{ STATUS: 'DISABLED' }])
    await database.call(`DROP_${word}`, { ...name, force: false })
    expect(await rows()).toEqual([])
    expect(await attributesOfMine()).toEqual({})
  })

  test('fails with its number', async () => {
    await create()
    const set = (attribute: string, value: string | null) =>
      database.call('SET_ATTRIBUTE', {
        object_name: 'mine',
        object_type: kind,
        attribute_name: attribute,
        attribute_value: value,
      })
    const error = { errorNum: number }
    await expect(create()).rejects.toMatchObject(error)
    await expect(set('description', 'x')).rejects.toMatchObject(error)
    await expect(set(change[0], null)).rejects.toMatchObject(error)
    await expect(set(change[0], '')).rejects.toMatchObject(error)
    await database.call(`DROP_${word}`, name)
    for (const verb of ['DROP', 'ENABLE', 'DISABLE']) {
      await expect(database.call(`${verb}_${word}`, name)).rejects.toMatchObject(error)
    }
    await expect(set(change[0], change[1])).rejects.toMatchObject(error)
    await database.call(`DROP_${word}`, { ...name, force: true })
    const other = { [`${kind}_name`]: 'other', attributes: missing }
    await expect(database.call(`CREATE_${word}`, other)).rejects.toMatchObject(error)
    await expect(create({ [`${kind}_name`]: 'a b' })).rejects.toMatchObject(error)
    await expect(create({ [`${kind}_name`]: '' })).rejects.toMatchObject(error)
    await expect(create({ attributes: 'no JSON' })).rejects.toMatchObject({ errorNum: 40441 })
  })

  test('belongs to its user; the administrator sees all of them', async () => {
    await create()
    const other = await database.connect('other', 'other')
    const admin = await database.connect('admin', 'demo')
    expect(await other.rows(`SELECT * FROM user_${view}`)).toEqual([])
    await expect(other.rows(`SELECT * FROM dba_${view}`)).rejects.toMatchObject({ errorNum: 942 })
    expect(await admin.rows(`SELECT * FROM dba_${view}`)).toMatchObject([{ OWNER: 'DEMO' }])
    await database.call(`DROP_${word}`, name)
  })
})

describe('the views', () => {
  const instants = ['CREATED TIMESTAMP WITH TIME ZONE', 'LAST_MODIFIED TIMESTAMP WITH TIME ZONE']
  const span = ['START_DATE TIMESTAMP', 'END_DATE TIMESTAMP']
  const exec = 'TEAM_EXEC_ID VARCHAR2(128)'
  test.each([
    [
      'USER_AI_AGENTS',
      ['AGENT_ID NUMBER', 'AGENT_NAME VARCHAR2(128)', 'STATUS VARCHAR2(8)', 'DESCRIPTION CLOB', ...instants],
    ],
    [
      'USER_AI_AGENT_TEAM_ATTRIBUTES',
      [
        'AGENT_TEAM_ID NUMBER',
        'AGENT_TEAM_NAME VARCHAR2(128)',
        'ATTRIBUTE_NAME VARCHAR2(128)',
        'ATTRIBUTE_VALUE CLOB',
        instants[1],
      ],
    ],
    [
      'USER_AI_AGENT_TEAM_HISTORY',
      [
        exec,
        'TEAM_NAME VARCHAR2(128)',
        'TEAM_INSTANCE_ID NUMBER',
        'STATE VARCHAR2(30)',
        'CONVERSATION_ID VARCHAR2(128)',
        'PARAMS VARCHAR2(4000)',
        ...span,
      ],
    ],
    [
      'USER_AI_AGENT_TOOL_HISTORY',
      [
        'INVOCATION_ID VARCHAR2(128)',
        exec,
        'TASK_ORDER NUMBER',
        'TOOL_NAME VARCHAR2(128)',
        'AGENT_NAME VARCHAR2(128)',
        'TASK_NAME VARCHAR2(128)',
        ...span,
        'INPUT CLOB',
        'OUTPUT CLOB',
        'TOOL_OUTPUT CLOB',
      ],
    ],
  ])('%s has the columns of the database', async (view, columns) => {
    const { metaData } = await database.connection.execute(`SELECT * FROM ${view}`)
    const found = (metaData ?? []).map(({ name, dbTypeName, byteSize }) =>
      dbTypeName === 'VARCHAR2' ? `${name} VARCHAR2(${byteSize})` : `${name} ${dbTypeName}`,
    )
    expect(found).toEqual(columns)
  })
})

describe('what is special', () => {
  test('a SQL tool without instruction gets one from the database', async () => {
    const attributes = { tool_type: 'sql', tool_params: { profile_name: 'P' } }
    await database.call('CREATE_TOOL', { tool_name: 'SQL_TOOL', attributes })
    const found = await database.rows(
      "SELECT attribute_value FROM user_ai_agent_tool_attributes WHERE tool_name = 'SQL_TOOL' AND attribute_name = 'instruction'",
    )
    expect(String(found[0]?.ATTRIBUTE_VALUE)).toMatch(/sql/i)
    await database.call('DROP_TOOL', { tool_name: 'SQL_TOOL' })
  })

  test('a team cannot be enabled or disabled twice, and has no other process', async () => {
    await createTeam(database, 'TWICE')
    const name = { team_name: 'TWICE' }
    await expect(database.call('ENABLE_TEAM', name)).rejects.toThrow('ORA-20053: Team TWICE is already enabled')
    await database.call('DISABLE_TEAM', name)
    await expect(database.call('DISABLE_TEAM', name)).rejects.toMatchObject({ errorNum: 20053 })
    await expect(database.text('RUN_TEAM', name)).rejects.toThrow('ORA-20053: Team TWICE is disabled')
    await expect(
      database.call('SET_ATTRIBUTES', { object_name: 'TWICE', object_type: 'team', attributes: { process: 'magic' } }),
    ).rejects.toThrow('ORA-20053: Invalid value for team attribute - process')
    await expect(
      database.call('SET_ATTRIBUTES', { object_name: 'TWICE', object_type: 'crew', attributes: {} }),
    ).rejects.toThrow('ORA-20000: Invalid object type - crew')
    await expect(database.text('RUN_TEAM', { team_name: '' })).rejects.toThrow('ORA-20053: Team name must be provided')
  })

  test('definitions create the object anew', async () => {
    const attributes = { instruction: "It's {query}", tools: ['A'] }
    await database.call('CREATE_TASK', { task_name: 'DEFINED', attributes, description: "Bob's", status: 'disabled' })
    const definition = await database.text('GET_DEFINITION', { object_type: 'task', object_name: 'defined' })
    await database.call('DROP_TASK', { task_name: 'DEFINED' })
    await database.connection.execute(String(definition))
    expect(await database.rows("SELECT * FROM user_ai_agent_tasks WHERE task_name = 'DEFINED'")).toMatchObject([
      { STATUS: 'DISABLED', DESCRIPTION: "Bob's" },
    ])
    expect(await database.text('GET_DEFINITION', { object_type: 'task', object_name: 'defined' })).toBe(definition)
  })

  test('the package can be named with its owner', async () => {
    const block = `BEGIN C##CLOUD$SERVICE.DBMS_CLOUD_AI_AGENT.CREATE_TASK('QUALIFIED', '{"instruction": "Help"}'); END;`
    await database.connection.execute(block)
    expect(
      await database.rows("SELECT task_name FROM user_ai_agent_tasks WHERE REGEXP_LIKE(task_name, '^qual', 'i')"),
    ).toEqual([{ TASK_NAME: 'QUALIFIED' }])
  })

  test('needs EXECUTE on the package', async () => {
    const admin = await database.connect('admin', 'demo')
    const other = await database.connect('other', 'other')
    await admin.connection.execute('REVOKE EXECUTE ON DBMS_CLOUD_AI_AGENT FROM other')
    await expect(other.text('LIST_TEAMS')).rejects.toMatchObject({ errorNum: 6550 })
    await admin.connection.execute('GRANT EXECUTE ON DBMS_CLOUD_AI_AGENT TO other')
    expect(await other.text('LIST_TEAMS')).toBe('[]')
  })
})
