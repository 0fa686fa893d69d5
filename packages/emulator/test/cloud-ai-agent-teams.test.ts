import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { AgentRequest, AgentStep, Model } from '../src/index.ts'
import { type AgentDatabase, createTeam, openAgentDatabase } from './cloud-ai-agent-fixture.ts'
import { scriptedModel } from './cloud-ai-fixture.ts'

const conversation = '30C9DB6E-EA4D-AFBA-E063-9C6D46644B92'

let act: (request: AgentRequest) => AgentStep | Promise<AgentStep>
let asked: AgentRequest[]
let database: AgentDatabase

/** Answers SQL that counts, and acts as the test says. */
const model: Model = scriptedModel({
  generateSql: async () => ({ sql: 'SELECT COUNT(*) AS n FROM sh.channels' }),
  actAsAgent: async (request) => {
    asked.push(request)
    return act(request)
  },
})

beforeAll(async () => {
  database = await openAgentDatabase({ model, users: [{ user: 'OTHER', password: 'other' }] })
  await database.call('CREATE_TOOL', {
    tool_name: 'COUNT_TOOL',
    attributes: { tool_type: 'SQL', tool_params: { profile_name: 'OCI_AI_PROFILE' } },
    description: 'Counts',
  })
  await database.call('CREATE_TOOL', {
    tool_name: 'QUOTE_TOOL',
    attributes: { function: 'DBMS_ASSERT.ENQUOTE_LITERAL', tool_inputs: [{ name: 'str', description: 'A text' }] },
  })
})
afterAll(() => database[Symbol.asyncDispose]())
beforeEach(() => {
  asked = []
  act = ({ instruction }) => ({ answer: `done: ${instruction}` })
})

/** Uses a tool once, and answers with its output. */
function using(tool: string, input: Record<string, string>): (request: AgentRequest) => AgentStep {
  return ({ steps: [step] }) => (step !== undefined && 'output' in step ? { answer: step.output } : { tool, input })
}

const historyOf = (what: string, team: string) =>
  database.rows(
    `SELECT h.* FROM user_ai_agent_${what}_history h JOIN user_ai_agent_team_history t
       ON t.team_exec_id = h.team_exec_id WHERE t.team_name = '${team}' ORDER BY h.start_date`,
  )

describe('a sequential team', () => {
  test('fills in the question and the variables, and hands a result on', async () => {
    await createTeam(database, 'TWO', { task: { instruction: 'Find {what} for {query}, {unknown}' } })
    await database.call('CREATE_TASK', {
      task_name: 'SECOND',
      attributes: { instruction: 'Shorten', input: 'two_task', enable_human_tool: false },
    })
    const agents = [
      { name: 'TWO_AGENT', task: 'TWO_TASK' },
      { name: 'two_agent', task: 'second' },
    ]
    await database.call('SET_ATTRIBUTES', { object_name: 'TWO', object_type: 'team', attributes: { agents } })
    const params = { variables: { what: 'promotions' } }
    const answer = await database.text('RUN_TEAM', { team_name: 'two', user_prompt: 'Paris', params })
    expect(answer).toBe('done: Shorten')
    expect(asked.map(({ instruction, input, prompt }) => [instruction, input, prompt])).toEqual([
      ['Find promotions for Paris, {unknown}', undefined, 'Paris'],
      ['Shorten', 'done: Find promotions for Paris, {unknown}', 'Paris'],
    ])
    expect(asked[0]).toMatchObject({
      agent: { name: 'TWO_AGENT', role: 'You are TWO' },
      mayAskHuman: false,
      history: [],
    })
    expect(await historyOf('team', 'TWO')).toMatchObject([
      { STATE: 'SUCCEEDED', PARAMS: JSON.stringify(params), START_DATE: expect.any(Date), END_DATE: expect.any(Date) },
    ])
    expect(await historyOf('task', 'TWO')).toMatchObject([
      { TASK_ORDER: 1, TASK_NAME: 'TWO_TASK', STATE: 'SUCCEEDED' },
      {
        TASK_ORDER: 2,
        AGENT_NAME: 'TWO_AGENT',
        TASK_NAME: 'SECOND',
        INPUT: 'Shorten\n\ndone: Find promotions for Paris, {unknown}',
        RESULT: 'done: Shorten',
      },
    ])
  })

  test('fails for an input that no task before has given', async () => {
    await createTeam(database, 'EARLY', { task: { input: 'LATER_TASK' } })
    await expect(database.text('RUN_TEAM', { team_name: 'EARLY', user_prompt: 'x' })).rejects.toThrow(
      'ORA-20051: Task LATER_TASK has no result that task EARLY_TASK could use',
    )
  })

  test('goes on with a conversation of the caller, and starts one of its own otherwise', async () => {
    await createTeam(database, 'TALK')
    const params = { conversation_id: conversation.toLowerCase() }
    await database.text('RUN_TEAM', { team_name: 'TALK', user_prompt: 'one', params })
    await database.text('RUN_TEAM', { team_name: 'TALK', user_prompt: 'two', params })
    await database.text('RUN_TEAM', { team_name: 'TALK', user_prompt: 'three' })
    expect(asked.map(({ history }) => history.map(({ prompt }) => prompt))).toEqual([[], ['one'], []])
    const ids = (await historyOf('team', 'TALK')).map(({ CONVERSATION_ID }) => CONVERSATION_ID)
    expect(ids.slice(0, 2)).toEqual([conversation, conversation])
    expect(ids[2]).not.toBe(conversation)
    const wrong = { team_name: 'TALK', params: { conversation_id: 'mine' } }
    await expect(database.text('RUN_TEAM', wrong)).rejects.toThrow('ORA-20050: Invalid value for conversation id')
    const unknown = { team_name: 'TALK', params: { colour: 'red' } }
    await expect(database.text('RUN_TEAM', unknown)).rejects.toThrow('ORA-20053: Invalid parameter in params - colour')
  })

  test('waits for a human, and goes on in the same conversation', async () => {
    await createTeam(database, 'WAITS', { task: { enable_human_tool: true } })
    act = ({ steps }) => {
      const [step] = steps
      return step !== undefined && 'answered' in step ? { answer: `You chose ${step.answered}` } : { ask: 'Which one?' }
    }
    const run = (user_prompt: string) =>
      database.text('RUN_TEAM', { team_name: 'WAITS', user_prompt, params: { conversation_id: conversation } })
    expect(await run('Choose')).toBe('Which one?')
    expect(await historyOf('team', 'WAITS')).toMatchObject([{ STATE: 'WAITING_FOR_HUMAN', END_DATE: null }])
    expect(await historyOf('task', 'WAITS')).toMatchObject([{ STATE: 'WAITING_FOR_HUMAN', RESULT: null }])
    expect(await run('the second')).toBe('You chose the second')
    expect(await historyOf('team', 'WAITS')).toMatchObject([{ STATE: 'SUCCEEDED', END_DATE: expect.any(Date) }])
    expect(await historyOf('task', 'WAITS')).toMatchObject([{ STATE: 'SUCCEEDED', RESULT: 'You chose the second' }])
  })

  test('fails as its agents fail, and says so in the histories', async () => {
    await createTeam(database, 'FAILS', { task: { tools: ['COUNT_TOOL'] } })
    act = () => Promise.reject(new Error('out of credit'))
    const run = () => database.text('RUN_TEAM', { team_name: 'FAILS', user_prompt: 'x' })
    await expect(run()).rejects.toThrow('ORA-20000: out of credit')
    expect(await historyOf('task', 'FAILS')).toMatchObject([
      { STATE: 'FAILED', RESULT: null, END_DATE: expect.any(Date) },
    ])
    act = () => ({ tool: 'OTHER_TOOL', input: {} })
    await expect(run()).rejects.toMatchObject({ errorNum: 20052 })
    act = () => ({ ask: 'Which one?' })
    await expect(run()).rejects.toMatchObject({ errorNum: 20051 })
    act = () => ({ tool: 'COUNT_TOOL', input: { query: 'again' } })
    await expect(run()).rejects.toThrow('ORA-20051: Task FAILS_TASK was not done within 20 steps')
    expect((await historyOf('team', 'FAILS')).map(({ STATE }) => STATE)).toEqual(Array(4).fill('FAILED'))
    await database.call('DROP_AGENT', { agent_name: 'FAILS_AGENT' })
    await expect(run()).rejects.toThrow('ORA-20050: Agent FAILS_AGENT does not exist')
  })

  test('ends when the call is broken', async () => {
    await createTeam(database, 'BROKEN')
    act = () => new Promise(() => {})
    const run = database.text('RUN_TEAM', { team_name: 'BROKEN', user_prompt: 'x' })
    const failed = expect(run).rejects.toMatchObject({ errorNum: 1013 })
    await expect.poll(() => asked.length).toBe(1)
    await database.connection.break()
    await failed
    expect(await historyOf('team', 'BROKEN')).toMatchObject([{ STATE: 'FAILED' }])
  })
})

describe('a supervised team', () => {
  test('asks the agents that its supervisor chooses', async () => {
    await createTeam(database, 'LED', { task: { tools: ['COUNT_TOOL'], input: 'IDLE_TASK' } })
    await database.call('CREATE_AGENT', {
      agent_name: 'BOSS',
      attributes: { profile_name: 'OCI_AI_PROFILE', role: 'You lead', supervisor: true, enable_human_tool: false },
    })
    await database.call('CREATE_AGENT', {
      agent_name: 'SAME_AGENT',
      attributes: { profile_name: 'OCI_AI_PROFILE', role: 'You wait' },
    })
    await database.call('CREATE_TASK', { task_name: 'IDLE_TASK', attributes: { instruction: 'Never' } })
    const agents = [
      { name: 'LED_AGENT', task: 'LED_TASK' },
      { name: 'SAME_AGENT', task: 'IDLE_TASK' },
      { name: 'same_agent', task: 'LED_TASK' },
    ]
    const attributes = { agents, supervisor_agent: 'BOSS' }
    await database.call('SET_ATTRIBUTES', { object_name: 'LED', object_type: 'team', attributes })
    act = (request) => {
      const { agent, steps, prompt } = request
      if (agent.name === 'BOSS') return using('LED_AGENT', { question: 'part of it' })(request)
      return steps.length === 0 ? { tool: 'COUNT_TOOL', input: { query: prompt } } : { answer: `counted ${prompt}` }
    }
    expect(await database.text('RUN_TEAM', { team_name: 'LED', user_prompt: 'all' })).toBe('counted part of it')
    expect(asked[0]?.tools).toMatchObject([
      { name: 'LED_AGENT', type: 'AGENT' },
      { name: 'IDLE_TASK' },
      { name: 'LED_TASK' },
    ])
    expect(await historyOf('task', 'LED')).toMatchObject([
      { TASK_ORDER: 1, AGENT_NAME: 'BOSS', TASK_NAME: 'LED$SUPERVISOR_TASK', STATE: 'SUCCEEDED' },
      { TASK_ORDER: 2, AGENT_NAME: 'LED_AGENT', TASK_NAME: 'LED_TASK', RESULT: 'counted part of it' },
    ])
    expect(await historyOf('tool', 'LED')).toMatchObject([{ TASK_ORDER: 2, TOOL_NAME: 'COUNT_TOOL' }])
  })

  test('waits for a human that an agent of it asked', async () => {
    await createTeam(database, 'ASKS', { task: { enable_human_tool: true }, team: { supervisor_agent: 'BOSS' } })
    act = (request) => {
      const [step] = request.steps
      if (request.agent.name === 'BOSS') return using('ASKS_AGENT', { question: 'choose' })(request)
      return step !== undefined && 'answered' in step ? { answer: step.answered } : { ask: 'Which one?' }
    }
    const run = (user_prompt: string) =>
      database.text('RUN_TEAM', { team_name: 'ASKS', user_prompt, params: { conversation_id: conversation } })
    expect(await run('go')).toBe('Which one?')
    expect(await run('this one')).toBe('this one')
    expect(await historyOf('task', 'ASKS')).toMatchObject([{ STATE: 'SUCCEEDED' }, { STATE: 'SUCCEEDED' }])
  })
})

describe('a tool', () => {
  const runTool = (tool_name: string, input: string | object) => database.text('RUN_TOOL', { tool_name, input })

  test('of SQL runs generated SQL with its profile, and its calls are recorded', async () => {
    await createTeam(database, 'COUNTS', { task: { tools: ['count_tool'] } })
    act = using('count_tool', { query: 'How many channels?' })
    const answer = await database.text('RUN_TEAM', { team_name: 'COUNTS', user_prompt: 'channels' })
    expect(JSON.parse(String(answer))).toEqual([{ N: 5 }])
    expect(asked[0]?.tools).toMatchObject([{ name: 'COUNT_TOOL', type: 'SQL', inputs: [{ name: 'query' }] }])
    expect(await historyOf('tool', 'COUNTS')).toMatchObject([
      {
        INVOCATION_ID: expect.stringMatching(/^[0-9A-F-]{36}$/),
        TASK_ORDER: 1,
        AGENT_NAME: 'COUNTS_AGENT',
        TASK_NAME: 'COUNTS_TASK',
        INPUT: '{"query":"How many channels?"}',
        OUTPUT: answer,
        TOOL_OUTPUT: answer,
      },
    ])
  })

  test('of a function calls it with named arguments, as a bind each', async () => {
    expect(await runTool('QUOTE_TOOL', "it''s")).toBe("'it''s'")
    await expect(runTool('QUOTE_TOOL', { 'str => 1)': 'x' })).rejects.toThrow('ORA-20052: Invalid tool input')
    expect(await runTool('QUOTE_TOOL', { str: 'x' })).toBe("'x'")
  })

  test.each([
    ['RAG', { tool_type: 'RAG', tool_params: { profile_name: 'OCI_AI_PROFILE' } }, 'a narration'],
    ['a web search', { tool_type: 'WEBSEARCH', tool_params: { credential_name: 'C' } }, /^Nothing was sent: .* x$/],
    [
      'mail',
      {
        tool_type: 'NOTIFICATION',
        tool_params: { notification_type: 'EMAIL', recipient: 'r@x', sender: 's@x', subject: 'News' },
      },
      /^Nothing was sent: .* from s@x to r@x, subject News: x$/,
    ],
    ['Slack', { tool_type: 'SLACK', tool_params: { channel: '#sales' } }, /^Nothing was sent: .* #sales: x$/],
  ])('of the kind %s works or says that it sends nothing', async (_, attributes, output) => {
    await database.call('CREATE_TOOL', { tool_name: 'OF_A_KIND', attributes })
    const text = await runTool('OF_A_KIND', 'x')
    await database.call('DROP_TOOL', { tool_name: 'OF_A_KIND' })
    if (typeof output === 'string') expect(text).toBe(output)
    else expect(text).toMatch(output)
  })

  test('of HTTP asks an endpoint of this machine, and no other', async () => {
    await using server = await listen((request, response) => response.end(`asked ${request.url}`))
    const create = (endpoint: string) =>
      database.call('CREATE_TOOL', { tool_name: 'WEB', attributes: { tool_type: 'HTTP', tool_params: { endpoint } } })
    await create(`${server.url}/find?limit=2`)
    expect(await runTool('WEB', 'tea & milk')).toBe('asked /find?limit=2&query=tea+%26+milk')
    await database.call('DROP_TOOL', { tool_name: 'WEB' })
    await create('https://example.com/')
    await expect(runTool('WEB', 'x')).rejects.toMatchObject({ errorNum: 20403 })
    await database.call('DROP_TOOL', { tool_name: 'WEB' })
  })

  test.each([
    [{ tool_type: 'SQL' }, 'ORA-20052: Missing tool parameter - profile_name'],
    [{ tool_type: 'SQL', tool_params: { profile_name: 'NOBODY' } }, 'ORA-20046: Invalid profile NOBODY'],
    [{ function: 'NOT_THERE' }, 'ORA-06550'],
    [{ tool_type: 'HUMAN' }, 'ORA-20052: A tool of the type HUMAN runs within a team alone'],
  ])('%j fails when it is run', async (attributes, message) => {
    await database.call('CREATE_TOOL', { tool_name: 'WRONG', attributes })
    await expect(runTool('WRONG', 'x')).rejects.toThrow(message)
    await database.call('DROP_TOOL', { tool_name: 'WRONG' })
    const [row] = await database.rows(
      "SELECT output FROM user_ai_agent_tool_history WHERE tool_name = 'WRONG' ORDER BY start_date DESC",
    )
    expect(row?.OUTPUT).toContain('ORA-')
  })

  test('is described, alone and with the others of a team', async () => {
    await createTeam(database, 'SHOWN', { task: { tools: ['COUNT_TOOL', 'QUOTE_TOOL'] } })
    const tool = JSON.parse(String(await database.text('DESCRIBE_TOOL', { tool_name: 'count_tool' })))
    expect(tool).toMatchObject({ tool_name: 'COUNT_TOOL', status: 'enabled', description: 'Counts' })
    const tools = JSON.parse(String(await database.text('LIST_TOOLS', { team_name: 'shown' })))
    expect(tools).toMatchObject([{ tool_name: 'COUNT_TOOL' }, { tool_name: 'QUOTE_TOOL' }])
    const team = JSON.parse(String(await database.text('DESCRIBE_TEAM', { team_name: 'shown' })))
    expect(team).toMatchObject({ team_name: 'SHOWN', attributes: { process: 'sequential' } })
    expect(JSON.parse(String(await database.text('LIST_TEAMS')))).toContainEqual(team)
  })
})

describe('a specification', () => {
  const importTeam = (values: Record<string, string | boolean | object>) =>
    database.call('IMPORT_TEAM', { profile_name: 'OCI_AI_PROFILE', ...values })

  test('of one agent has the form of the documentation, and makes new objects of it', async () => {
    await createTeam(database, 'ONE', { task: { tools: ['COUNT_TOOL'] } })
    const text = String(await database.text('EXPORT_TEAM', { team_name: 'ONE', params: '{}' }))
    const specification = JSON.parse(text)
    expect(specification).toMatchObject({
      name: 'ONE_AGENT',
      component_type: 'Agent',
      task: {
        task_name: 'ONE_TASK',
        instruction: 'Answer: {query}',
        task_attributes: { enable_human_tool: 'false', tools: ['COUNT_TOOL'] },
      },
      llm_config: { name: 'OCI_AI_PROFILE', component_type: 'oci' },
    })
    await expect(importTeam({ team_name: 'UNO', specification: text })).rejects.toMatchObject({ errorNum: 20052 })
    delete specification.tools
    specification.name = 'UNO_AGENT'
    specification.task.task_name = 'UNO_TASK'
    await importTeam({ team_name: 'UNO', specification })
    expect(await database.text('RUN_TEAM', { team_name: 'UNO', user_prompt: 'x' })).toBe('done: Answer: x')
    await importTeam({ team_name: 'ONE', specification: text, force: true })
    expect(await database.text('EXPORT_TEAM', { team_name: 'ONE', params: '{}' })).toBe(text)
  })

  test('of several agents goes to a location and comes back', async () => {
    let stored = ''
    await using server = await listen(async (request, response) => {
      if (request.method === 'PUT') {
        stored = ''
        for await (const piece of request) stored += String(piece)
      }
      response.end(stored)
    })
    const location = `${server.url}/team.json`
    const storage = { object_storage_credential_name: 'C', location }
    await database.call('EXPORT_TEAM', { team_name: 'LED', ...storage, params: '{}' })
    expect(JSON.parse(stored)).toMatchObject({ name: 'LED', component_type: 'Team', supervisor: { name: 'BOSS' } })
    await importTeam({ ...storage, force: true })
    expect(await database.text('EXPORT_TEAM', { team_name: 'LED', params: '{}' })).toBe(stored)
    const elsewhere = { ...storage, location: 'https://example.com/x', team_name: 'LED' }
    await expect(database.call('EXPORT_TEAM', elsewhere)).rejects.toMatchObject({ errorNum: 20403 })
  })

  test('that cannot be used leaves everything as it was', async () => {
    await expect(importTeam({ specification: { name: 'X' } })).rejects.toMatchObject({ errorNum: 20053 })
    await expect(importTeam({})).rejects.toMatchObject({ errorNum: 20053 })
    const broken = { name: 'ONE_AGENT', role: 'New', task: { task_name: 'ONE_TASK' } }
    const before = await database.text('EXPORT_TEAM', { team_name: 'ONE', params: '{}' })
    const failed = importTeam({ team_name: 'ONE', specification: broken, force: true })
    await expect(failed).rejects.toMatchObject({ errorNum: 20051 })
    expect(await database.text('EXPORT_TEAM', { team_name: 'ONE', params: '{}' })).toBe(before)
  })
})

describe('the team of a session', () => {
  const generate = (prompt: string) =>
    database.rows(`SELECT DBMS_CLOUD_AI.GENERATE(prompt => '${prompt}', action => 'agent') AS answer FROM dual`)

  test('answers the action agent', async () => {
    await createTeam(database, 'SET_UP', { task: { tools: ['QUOTE_TOOL'] } })
    await expect(generate('x')).rejects.toMatchObject({ errorNum: 20053 })
    await database.call('SET_TEAM', { team_name: 'set_up' })
    expect(await database.rows('SELECT DBMS_CLOUD_AI_AGENT.GET_TEAM AS team FROM dual')).toEqual([{ TEAM: 'SET_UP' }])
    act = using('QUOTE_TOOL', { str: 'said' })
    expect(await generate('x')).toEqual([{ ANSWER: "'said'" }])
    await database.connection.execute('BEGIN DBMS_CLOUD_AI_AGENT.CLEAR_TEAM; END;')
    await expect(generate('x')).rejects.toMatchObject({ errorNum: 20053 })
    await expect(database.call('SET_TEAM', { team_name: 'nobody' })).rejects.toMatchObject({ errorNum: 20053 })
  })

  test('answers SELECT AI agent, and takes the next statement for the answer to its question', async () => {
    await createTeam(database, 'STATED', { task: { enable_human_tool: true } })
    await expect(database.rows('select ai agent find it')).rejects.toMatchObject({ errorNum: 923 })
    await database.call('SET_TEAM', { team_name: 'stated' })
    act = ({ steps: [step] }) =>
      step !== undefined && 'answered' in step ? { answer: `found ${step.answered}` } : { ask: 'Which one?' }
    expect(await database.rows('select ai agent find it')).toEqual([{ RESPONSE: 'Which one?' }])
    expect(await database.rows("SELECT AI Agent Ann''s")).toEqual([{ RESPONSE: "found Ann's" }])
    act = ({ instruction }) => ({ answer: instruction })
    expect(await database.rows('select ai agent something else')).toEqual([{ RESPONSE: 'Answer: something else' }])
    const runs = "SELECT DISTINCT conversation_id FROM user_ai_agent_team_history WHERE team_name = 'STATED'"
    expect(await database.rows(runs)).toHaveLength(2)
    await database.connection.execute('BEGIN DBMS_CLOUD_AI_AGENT.CLEAR_TEAM; END;')
    await expect(database.rows('select ai agent find it')).rejects.toMatchObject({ errorNum: 923 })
  })
})

describe('access to a team', () => {
  test('lets another user run it by its qualified name', async () => {
    await createTeam(database, 'SHARED')
    const other = await database.connect('other', 'other')
    const run = () => other.text('RUN_TEAM', { team_name: 'demo.shared', user_prompt: 'hi' })
    await expect(run()).rejects.toMatchObject({ errorNum: 20053 })
    const grant = { team_name: 'SHARED', user_or_role_name: 'other' }
    await database.call('GRANT_TEAM_ACCESS', grant)
    expect(await run()).toBe('done: Answer: hi')
    expect(await other.rows('SELECT team_name, state FROM user_ai_agent_team_history')).toEqual([
      { TEAM_NAME: 'SHARED', STATE: 'SUCCEEDED' },
    ])
    await database.call('REVOKE_TEAM_ACCESS', grant)
    await expect(run()).rejects.toMatchObject({ errorNum: 20053 })
    await expect(database.call('REVOKE_TEAM_ACCESS', grant)).rejects.toMatchObject({ errorNum: 1927 })
    const nobody = { team_name: 'SHARED', user_or_role_name: 'nobody' }
    await expect(database.call('GRANT_TEAM_ACCESS', nobody)).rejects.toMatchObject({ errorNum: 1917 })
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
