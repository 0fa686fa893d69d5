import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Database, openDatabase } from './command-process.ts'
import { startInTerminal } from './terminal-process.ts'

let database: Database
beforeAll(async () => {
  database = await openDatabase()
})
afterAll(() => database[Symbol.asyncDispose]())
beforeEach(() => database.emulator.ledger.reset())

/** The statements of the last session that hold the word. */
function statements(word: string): number {
  const sessions = database.emulator.ledger.snapshot().sessions
  return sessions.flatMap((session) => session.statements).filter(({ sql }) => sql.includes(word)).length
}

async function chat(lines: readonly string[], ...options: readonly string[]) {
  const running = database.start(['chat', ...options])
  running.type(...lines)
  running.child.stdin.end()
  const finished = await running.finished
  await database.loggedOff()
  return finished
}

describe('a chat without a terminal', () => {
  test('answers each line, remembers, ignores blank lines, and deletes the conversation at the end', async () => {
    const { code, stdout, stderr } = await chat(['My name is Ann', '', '   ', 'history'])
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toBe('You said: My name is Ann\n["My name is Ann"]\n')
    expect([statements('CREATE_CONVERSATION'), statements('DROP_CONVERSATION')]).toEqual([1, 1])
  })

  test.each([['--no-stream'], ['--chunk-size', '2']])('gives the same answer with %s', async (...options) => {
    expect(await chat(['text abc 😀 def'], ...options)).toEqual({ code: 0, stdout: 'abc 😀 def\n', stderr: '' })
  })

  test('forgets with /clear, and leaves with /exit', async () => {
    const { code, stdout, stderr } = await chat(['one', '/clear', 'history', '/exit', 'two'])
    expect([code, stdout]).toEqual([0, 'You said: one\n[]\n'])
    expect(stderr).toBe('Forgotten. The next question begins a new conversation.\n')
    expect([statements('CREATE_CONVERSATION'), statements('DROP_CONVERSATION')]).toEqual([2, 2])
  })

  test('lists its commands, knows no others, and leaves with /quit', async () => {
    const { code, stdout, stderr } = await chat(['/help', '/nonsense', '/quit'])
    expect(code).toBe(0)
    for (const command of ['/help', '/clear', '/exit', '/quit']) expect(stdout).toContain(command)
    expect(stderr).toBe('There is no command /nonsense. /help lists those that there are.\n')
    expect(statements('CREATE_CONVERSATION')).toBe(0)
  })

  test('remembers as many questions as it is told', async () => {
    const { stdout } = await chat(['one', 'two', 'history'], '--conversation-length', '1')
    expect(stdout.split('\n').at(-2)).toBe('["two"]')
  })

  test('keeps the conversation when told to, with its title', async () => {
    const { code, stderr } = await chat(['one'], '--keep-conversation')
    expect([code, stderr]).toEqual([0, expect.stringMatching(/^Kept the conversation [\w-]+\.\n$/)])
    expect(statements('DROP_CONVERSATION')).toBe(0)
    const { sessions } = database.emulator.ledger.snapshot()
    const binds = sessions.flatMap((session) => session.statements).flatMap((statement) => statement.binds)
    expect(JSON.stringify(binds)).toContain('select-ai chat: OCI_AI_PROFILE')
  })

  test('goes on after a question that failed, and ends with 1', async () => {
    const { code, stdout, stderr } = await chat(['one', 'fail badly', 'history'])
    expect([code, stdout]).toEqual([1, 'You said: one\n["one"]\n'])
    expect(stderr).toMatch(/^error: The AI provider of the profile could not answer\.[^\n]*\n$/)
    expect((await chat(['fail badly'], '--verbose')).stderr).toMatch(/ORA-20000/)
  })

  test('does not begin with a profile that is not there', async () => {
    const { code, stdout, stderr } = await chat(['one'], '--profile', 'NOBODY')
    expect([code, stdout, stderr]).toEqual([1, '', expect.stringMatching(/^error: .*'NOBODY'/)])
  })

  test('breaks a question off at the first SIGINT, and leaves at the next, with the conversation deleted', async () => {
    const running = database.start(['chat'])
    running.type('one', 'hold')
    await expect.poll(() => database.model.held, { timeout: 15_000 }).toBe(1)
    running.child.kill('SIGINT')
    await expect.poll(() => running.written.stderr, { timeout: 15_000 }).toBe('Interrupted.\n')
    expect(database.model.held).toBe(0)
    running.type('history')
    await expect.poll(() => running.written.stdout, { timeout: 15_000 }).toBe('You said: one\n["one"]\n')
    running.child.kill('SIGINT')
    expect(await running.finished).toMatchObject({ code: 1, stderr: 'Interrupted.\n' })
    expect(statements('DROP_CONVERSATION')).toBe(1)
    await database.loggedOff()
  })

  test('leaves at SIGTERM during a question', async () => {
    const running = database.start(['chat'])
    running.type('hold', 'one')
    await expect.poll(() => database.model.held, { timeout: 15_000 }).toBe(1)
    running.child.kill('SIGTERM')
    expect(await running.finished).toMatchObject({ code: 1, stdout: '' })
    expect([database.model.held, statements('DROP_CONVERSATION')]).toEqual([0, 1])
    await database.loggedOff()
  })
})

describe.skipIf(process.platform !== 'linux')('a chat in a terminal', () => {
  test('prompts, takes the password unseen, removes what would steer the terminal, and leaves with Ctrl-D', async () => {
    const { SELECT_AI_PASSWORD: secret = '', ...environment } = database.environment
    const terminal = startInTerminal(['chat'], environment)
    await terminal.shows('Password of demo:')
    terminal.type(`${secret}\r`)
    await terminal.shows('select_ai> ')
    terminal.type('steer\r')
    await terminal.shows('\n[41mred')
    terminal.type('\u0004')
    expect(await terminal.code).toBe(0)
    expect(terminal.screen()).not.toContain(secret)
    expect(terminal.screen()).not.toContain('\u001b[41m')
    await database.loggedOff()
  })

  test('Ctrl-C breaks a question off, and leaves without one', async () => {
    const terminal = startInTerminal(['chat'], database.environment)
    await terminal.shows('select_ai> ')
    terminal.type('hold\r')
    await expect.poll(() => database.model.held, { timeout: 15_000 }).toBe(1)
    terminal.type('\u0003')
    await terminal.shows('Interrupted.')
    expect(database.model.held).toBe(0)
    terminal.type('text still here\r')
    await terminal.shows('\nstill here')
    terminal.type('\u0003')
    expect(await terminal.code).toBe(0)
    expect(statements('DROP_CONVERSATION')).toBe(1)
    await database.loggedOff()
  })
})
