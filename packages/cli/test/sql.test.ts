import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Database, openDatabase, password, run } from './command-process.ts'

let database: Database
beforeAll(async () => {
  database = await openDatabase()
})
afterAll(() => database[Symbol.asyncDispose]())

const twoRows = "sql SELECT 1 AS n, 'a\nb' AS word, NULL AS nothing FROM dual UNION ALL SELECT 20, 'c', 'x' FROM dual"

describe('sql run', () => {
  test('prints the rows as a table', async () => {
    const { code, stdout, stderr } = await database.run(['sql', 'run', twoRows])
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toBe(' N  WORD  NOTHING\n--  ----  -------\n 1  a b\n20  c     x\n')
  })

  test('prints the rows as JSON', async () => {
    const { code, stdout } = await database.run(['sql', 'run', '--json', twoRows])
    expect([code, JSON.parse(stdout)]).toEqual([
      0,
      {
        ok: true,
        columns: ['N', 'WORD', 'NOTHING'],
        rows: [
          { N: 1, WORD: 'a\nb', NOTHING: null },
          { N: 20, WORD: 'c', NOTHING: 'x' },
        ],
      },
    ])
  })

  test('takes the words of a question without quotes, and says when there are no rows', async () => {
    const { code, stdout, stderr } = await database.run('sql run sql SELECT 1 AS n FROM dual WHERE 1 = 2'.split(' '))
    expect([code, stdout, stderr]).toEqual([0, '', 'No rows.\n'])
  })

  test('tells what the model said when it made no SQL', async () => {
    const told = await database.run(['sql', 'run', 'Who am I?'])
    expect([told.code, told.stdout]).toEqual([1, ''])
    expect(told.stderr).toMatch(/^error: No SQL could be generated.*\nThe model said: .*I cannot make SQL of that\.\n$/)
    const json = await database.run(['sql', 'run', '--json', 'Who am I?'])
    expect([json.code, json.stderr]).toEqual([1, ''])
    expect(JSON.parse(json.stdout)).toMatchObject({ ok: false, code: 'NO_SQL_GENERATED' })
  })

  test.each(['SIGINT', 'SIGTERM'] as const)('is broken off in the database too by %s', async (signal) => {
    database.emulator.ledger.reset()
    const before = database.model.broken
    const running = database.start(['sql', 'run', 'hold'])
    await expect.poll(() => database.model.held, { timeout: 15_000 }).toBe(1)
    running.child.kill(signal)
    expect(await running.finished).toEqual({ code: 130, stdout: '', stderr: 'Interrupted.\n' })
    expect([database.model.held, database.model.broken]).toEqual([0, before + 1])
    await database.loggedOff()
  })

  test('ends after its time', async () => {
    const { code, stderr } = await database.run(['sql', 'run', '--timeout', '0.2', 'hold'])
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^error: .*200 ms/)])
  })
})

describe('the other questions', () => {
  test.each([
    ['show', [], 'SELECT 1 AS n FROM dual\n'],
    ['show', ['--no-stream'], 'SELECT 1 AS n FROM dual\n'],
    ['show', ['--chunk-size', '3'], 'SELECT 1 AS n FROM dual\n'],
    ['explain', [], expect.stringMatching(/SELECT 1 AS n FROM dual\n\nexplained\n$/)],
    ['narrate', [], 'There are 1 rows.\n'],
  ])('sql %s %j', async (name, options, answer) => {
    const told = await database.run(['sql', name, ...options, 'sql SELECT 1 AS n FROM dual'])
    expect(told).toEqual({ code: 0, stdout: answer, stderr: '' })
  })
})

describe('a mistake', () => {
  test.each([
    [[], /^error: a command is missing\.\n\nUsage: select-ai /],
    [['sql'], /^error: a command is missing\.\n\nUsage: select-ai sql /],
    [['sql', 'run'], /^error: missing required argument 'prompt'\n$/],
    [['sql', 'run', '  '], /^error: PROMPT: must be a text that is not blank\.\n$/],
    [['sql', 'run', 'x', '--profil', 'y'], /^error: unknown option '--profil'\n\(Did you mean --profile\?\)\n$/],
    [['sql', 'run', 'x', '--profile', 'a b'], /^error: --profile: must be a letter followed by/],
    [['sql', 'show', 'x', '--chunk-size', '1'], /--chunk-size <number>.*whole number, at least 2/],
    [['sql', 'run', 'x', '--timeout', 'soon'], /--timeout <seconds>.*number of seconds above 0/],
    [['sql', 'run', 'x', '--timeout', '0'], /--timeout <seconds>.*number of seconds above 0/],
    [['nonsense'], /^error: unknown command 'nonsense'/],
    [['doctor', 'nonsense'], /^error: too many arguments/],
  ])('%j is told, with exit code 2', async (args, message) => {
    const { code, stdout, stderr } = await run(args, { environment: database.environment })
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringMatching(message)])
    expect(stderr).not.toMatch(/ at .*\.ts/)
  })

  test.each([
    ['SELECT_AI_USER', /^error: --user is missing\. Give --user <name> or set SELECT_AI_USER\.\n$/],
    ['SELECT_AI_DB_CONNECT_STRING', /^error: --dsn is missing\. .*SELECT_AI_DB_CONNECT_STRING\.\n$/],
    [
      'SELECT_AI_PASSWORD',
      /^error: --password is missing\. Nobody can be asked for it here\. .*SELECT_AI_PASSWORD\.\n$/,
    ],
    ['SELECT_AI_PROFILE_NAME', /^error: required option '--profile <name>' not specified\n$/],
  ])('without %s the option and the variable are named', async (variable, message) => {
    const { [variable]: _, ...environment } = database.environment as Record<string, string>
    const told = await run(['sql', 'run', 'x'], { environment })
    expect(told).toEqual({ code: 2, stdout: '', stderr: expect.stringMatching(message) })
  })

  test('in a setting of the environment is told', async () => {
    const environment = { ...database.environment, SELECT_AI_CALL_TIMEOUT_MS: 'soon' }
    const told = await run(['sql', 'run', 'x'], { environment })
    expect(told).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('SELECT_AI_CALL_TIMEOUT_MS') })
  })

  test('with --json is one object', async () => {
    const { code, stdout, stderr } = await run(['sql', 'run', '--json'], { environment: database.environment })
    expect([code, stderr]).toEqual([2, ''])
    expect(JSON.parse(stdout)).toEqual({ ok: false, code: 'USAGE', message: "missing required argument 'prompt'" })
  })
})

describe('a failure', () => {
  test('of the login is told in our words, and in those of the database with --verbose', async () => {
    const args = ['sql', 'run', 'x', '--password', `wrong-${password}`]
    const brief = await run(args, { environment: database.environment })
    expect(brief).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^error: The database refused the login\./),
    })
    expect(brief.stderr).not.toContain('ORA-')
    const verbose = await run([...args, '--verbose'], { environment: database.environment })
    expect(verbose.stderr).toContain('ORA-01017')
    expect(brief.stderr + verbose.stderr).not.toContain(password)
  })

  test('to reach the database is told', async () => {
    const environment = { ...database.environment, SELECT_AI_DB_CONNECT_STRING: '127.0.0.1:11/NONE' }
    const told = await run(['sql', 'run', 'x'], { environment })
    expect(told).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^error: The database could not be reached\./),
    })
  })

  test('of a profile is told, and the session is closed', async () => {
    const told = await database.run(['sql', 'run', 'x', '--profile', 'NOBODY'])
    expect(told).toMatchObject({ code: 1, stderr: expect.stringMatching(/^error: .*no enabled profile 'NOBODY'/) })
  })
})

describe('the help', () => {
  test.each([
    [['--help'], ['chat', 'sql', 'profile', 'doctor', 'emulator', 'Exit codes']],
    [
      ['chat', '--help'],
      ['--keep-conversation', '--conversation-length', 'SELECT_AI_PASSWORD'],
    ],
    [
      ['sql', '--help'],
      ['run', 'show', 'explain', 'narrate'],
    ],
    [
      ['sql', 'run', '--help'],
      ['--json', '--profile', 'SELECT_AI_DB_CONNECT_STRING', '--timeout'],
    ],
    [
      ['sql', 'narrate', '--help'],
      ['--no-stream', '--chunk-size'],
    ],
    [
      ['profile', '--help'],
      ['list', 'translate', 'summarize'],
    ],
    [
      ['profile', 'list', '--help'],
      ['--pattern', '--json'],
    ],
    [
      ['profile', 'translate', '--help'],
      ['--source-language', '--target-language'],
    ],
    [
      ['profile', 'summarize', '--help'],
      ['--file', '--location-uri', '--credential-name'],
    ],
    [
      ['doctor', '--help'],
      ['--profile', '--ask', '--json'],
    ],
    [
      ['emulator', '--help'],
      ['Usage: select-ai emulator', '--port', '--model'],
    ],
  ])('%j tells what there is, without secrets', async (args, words) => {
    const { code, stdout, stderr } = await run(args, { environment: database.environment })
    expect([code, stderr]).toEqual([0, ''])
    for (const word of words) expect(stdout).toContain(word)
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(100)
    expect(stdout).not.toContain(password)
  })

  test('the version is that of the package', async () => {
    expect(await run(['--version'])).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\S*\n$/),
      stderr: '',
    })
  })
})
