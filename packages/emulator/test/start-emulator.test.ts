import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import oracledb from 'oracledb'
import { generate } from 'selfsigned'
import { describe, expect, it } from 'vitest'
import { type Emulator, type EmulatorOptions, type Model, startEmulator } from '../src/index.ts'
import { openChatEndpoint } from './chat-endpoint.ts'

const QUESTION = `begin
  :answer := dbms_cloud_ai.generate(prompt => :prompt, profile_name => 'OCI_AI_PROFILE', action => :action);
end;`

const connectTo = (emulator: Emulator) =>
  oracledb.getConnection({ user: 'demo', password: 'demo', connectString: emulator.connectString })

async function ask(connection: oracledb.Connection, action: string, prompt: string): Promise<string> {
  const { outBinds } = await connection.execute<{ answer: string }>(QUESTION, {
    answer: { dir: oracledb.BIND_OUT, type: oracledb.STRING, maxSize: 32_767 },
    prompt,
    action,
  })
  return outBinds?.answer ?? ''
}

describe('startEmulator', () => {
  it('serves SQL, PL/SQL and Select AI to the real driver', async () => {
    await using emulator = await startEmulator()
    expect(emulator.connectString).toBe(`127.0.0.1:${emulator.port}/FREEPDB1`)
    const connection = await connectTo(emulator)
    const { rows } = await connection.execute('select count(*) as n from sh.promotions')
    expect(rows).toEqual([[503]])
    expect(await ask(connection, 'showsql', 'how many promotions are there?')).toMatch(/SELECT/i)
    expect(await ask(connection, 'narrate', 'how many promotions are there?')).toContain('503')
    await connection.close()
    await emulator.ledger.waitFor((ledger) => ledger.open === 0)
    expect(emulator.ledger).toMatchObject({ opened: 1, loggedOff: 1 })
  })

  it('uses the model that it is given, and breaks it when the client breaks off', async () => {
    let asked: () => void = () => {}
    const isAsked = new Promise<void>((resolve) => {
      asked = resolve
    })
    const never = (request: { signal: AbortSignal }) =>
      new Promise<never>((_resolve, reject) => {
        request.signal.addEventListener('abort', () => reject(request.signal.reason), { once: true })
        asked()
      })
    const model: Model = {
      name: 'test',
      chat: async ({ prompt }) => `You said: ${prompt}`,
      generateSql: never,
      explainSql: never,
      narrate: never,
    }
    await using emulator = await startEmulator({ model })
    const connection = await connectTo(emulator)
    expect(await ask(connection, 'chat', 'hello')).toBe('You said: hello')
    const outcome = expect(ask(connection, 'showsql', 'anything')).rejects.toThrow('ORA-01013')
    await isAsked
    await connection.break()
    await outcome
    expect(await ask(connection, 'chat', 'still here?')).toBe('You said: still here?')
    await connection.close()
  })

  it('runs twice in one process without a common memory', async () => {
    await using first = await startEmulator()
    await using second = await startEmulator({ service: 'OTHER', users: [{ user: 'guest', password: 'guest' }] })
    const [one, two] = await Promise.all([connectTo(first), connectTo(second)])
    await one.execute('create table only_here (a number)')
    await expect(two.execute('select * from only_here')).rejects.toThrow('ORA-00942')
    await Promise.all([one.close(), two.close()])
    expect(second.connectString).toMatch(/\/OTHER$/)
  })

  it('can be closed twice, refuses clients then, and frees its port', async () => {
    const emulator = await startEmulator()
    const connection = await connectTo(emulator)
    await Promise.all([emulator.close(), emulator.close()])
    await expect(connectTo(emulator)).rejects.toThrow('NJS-503')
    await using again = await startEmulator({ port: emulator.port })
    expect(again.port).toBe(emulator.port)
    await connection.close().catch(() => {})
  })

  it.each<[EmulatorOptions, string]>([
    [{ port: 70_000 }, 'port must be a whole number from 0 to 65535'],
    [{ port: 1.5 }, 'port'],
    [{ host: '' }, 'host'],
    [{ service: 'a b' }, 'service must be a service name'],
    [{ user: '1user' }, 'user must be a user name'],
    [{ password: '' }, 'password must be a text'],
    [{ users: [{ user: 'x', password: '' }] }, 'users[0].password'],
    [{ protocol: { tnsVersion: 314 } }, 'protocol.tnsVersion'],
    [{ protocol: { fieldVersion: 25 } }, 'protocol.fieldVersion'],
    [{ ledger: { statements: -1 } }, 'ledger.statements'],
  ])('names the option that makes no sense: %j', async (options, message) => {
    await expect(startEmulator(options)).rejects.toThrow(message)
  })

  it('fails with the system error when its port is taken', async () => {
    await using emulator = await startEmulator()
    await expect(startEmulator({ port: emulator.port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
  })
})

const COMMAND = fileURLToPath(new URL('../src/bin/select-ai-emulator.ts', import.meta.url))

function start(...args: string[]) {
  return startWith({}, ...args)
}

function startWith(environment: Readonly<Record<string, string>>, ...args: string[]) {
  const child = spawn(process.execPath, ['--conditions=@select-ai/source', '--import', 'tsx', COMMAND, ...args], {
    cwd: fileURLToPath(new URL('../../..', import.meta.url)),
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  })
  const output = { stdout: '', stderr: '' }
  child.stdout.on('data', (bytes) => {
    output.stdout += bytes
  })
  child.stderr.on('data', (bytes) => {
    output.stderr += bytes
  })
  const closed = once(child, 'close').then(([code]) => code as number)
  const ready = new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).once('line', resolve)
    void closed.then((code) => reject(new Error(`left with ${code} before it was ready: ${output.stderr}`)))
  })
  // Only some tests wait for it.
  ready.catch(() => {})
  return { child, output, closed, ready }
}

describe('select-ai-emulator', { timeout: 60_000 }, () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('says that it is ready, serves, and leaves with 0 at %s', async (signal) => {
    const { child, output, closed, ready } = start(
      '--port',
      '0',
      '--user',
      'anna',
      '--password',
      'canary',
      '--service',
      'SVC',
    )
    const line = await ready
    const connectString = /127\.0\.0\.1:\d+\/SVC/.exec(line)?.[0] ?? ''
    expect(line).toMatch(/^Ready: connect as ANNA to .* development tool, not a database/)
    const connection = await oracledb.getConnection({ user: 'anna', password: 'canary', connectString })
    expect((await connection.execute('select 1 as one from dual')).rows).toEqual([[1]])
    await connection.close()
    child.kill(signal)
    expect(await closed).toBe(0)
    expect(output.stderr).toBe('')
    expect(output.stdout.trim().split('\n')).toHaveLength(1)
    expect(output.stdout).not.toMatch(/canary/)
  })

  it('lets vector indexes load from its folder of documents', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'documents-'))
    await writeFile(join(folder, 'note.txt'), 'A note.')
    const { child, closed, ready } = start('--port', '0', '--documents', folder)
    const connectString = /127\.0\.0\.1:\d+\/\w+/.exec(await ready)?.[0] ?? ''
    const connection = await oracledb.getConnection({ user: 'demo', password: 'demo', connectString })
    const attributes = JSON.stringify({ location: 'note.txt', profile_name: 'OCI_AI_PROFILE' })
    const block = 'BEGIN DBMS_CLOUD_AI.CREATE_VECTOR_INDEX(:name, :attributes, wait_for_completion => TRUE); END;'
    await connection.execute(block, { name: 'notes', attributes })
    expect((await connection.execute('SELECT TO_CHAR(content) FROM notes$vectab')).rows).toEqual([['A note.']])
    await connection.close()
    child.kill('SIGTERM')
    expect(await closed).toBe(0)
    await rm(folder, { recursive: true })
  })

  it('says in one line that its port is taken, and leaves with 1', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as { port: number }
    const { output, closed } = start('--port', String(port))
    expect(await closed).toBe(1)
    expect(output.stderr).toMatch(new RegExp(`^error: port ${port} on 127.0.0.1 is taken[^\\n]*\\n$`))
    other.close()
  })

  it('asks a language model when told to, with the key of the environment, which it never prints', async () => {
    await using endpoint = await openChatEndpoint()
    endpoint.answer('I am a language model.')
    const key = 'sk-canary-0123456789'
    const options = ['--port', '0', '--model', 'openai', '--endpoint', endpoint.url, '--model-name', 'tiny']
    const { child, output, closed, ready } = startWith({ SELECT_AI_EMULATOR_API_KEY: key }, ...options)
    const connectString = /127\.0\.0\.1:\d+\/FREEPDB1/.exec(await ready)?.[0] ?? ''
    const connection = await oracledb.getConnection({ user: 'demo', password: 'demo', connectString })
    expect(await ask(connection, 'chat', 'Who are you?')).toBe('I am a language model.')
    expect(endpoint.calls[0]).toMatchObject({ authorization: `Bearer ${key}`, body: { model: 'tiny' } })
    await connection.close()
    child.kill('SIGTERM')
    expect(await closed).toBe(0)
    expect(output.stderr).toMatch(/^tiny answers: .* are sent to 127\.0\.0\.1:\d+\.\n$/)
    expect(output.stdout + output.stderr).not.toContain(key)
  })

  it.each([
    [['--model', 'oracle'], 'Allowed choices are offline, openai'],
    [['--model', 'openai'], '--model openai needs --endpoint <url>'],
    [['--model', 'openai', '--endpoint', 'http://127.0.0.1/v1'], '--model openai needs --model-name <name>'],
    [['--model', 'openai', '--endpoint', 'nowhere', '--model-name', 'm'], 'endpoint must be an http or https address'],
    [['--endpoint', 'http://127.0.0.1/v1'], '--endpoint needs --model openai'],
    [['--model-name', 'm'], '--model-name needs --model openai'],
  ])('says what is missing or wrong about the model: %j', async (args, sentence) => {
    const { output, closed } = start(...args)
    expect(await closed).toBe(2)
    expect(output.stderr).toContain(sentence)
    expect(output.stdout).toBe('')
  })

  it.each([
    ['--nonsense'],
    ['--port', 'many'],
    ['--service', 'a b'],
    ['--user', '0'],
    ['--documents', 'nowhere'],
    ['left-over'],
  ])('says in one line what is wrong with %s %s, and leaves with 2', async (...args) => {
    const { output, closed } = start(...args)
    expect(await closed).toBe(2)
    expect(output.stderr).toMatch(/^error: [^\n]+\n$/)
    expect(output.stdout).toBe('')
  })

  it('speaks TLS with the key and the certificate of two files, and wants both', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'emulator-tls-'))
    const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
    })
    const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
    await writeFile(join(folder, 'ewallet.pem'), `${key}\n${cert}`)
    await writeFile(keyFile, key)
    await writeFile(certFile, cert)
    const { child, closed, ready } = start('--port', '0', '--tls-key', keyFile, '--tls-cert', certFile)
    const connectString = /tcps:\/\/\S+/.exec(await ready)?.[0] ?? ''
    const connection = await oracledb.getConnection({
      user: 'demo',
      password: 'demo',
      connectString,
      walletLocation: folder,
    })
    await connection.close()
    child.kill('SIGTERM')
    expect(await closed).toBe(0)
    const half = start('--tls-key', keyFile)
    expect(await half.closed).toBe(2)
    expect(half.output.stderr).toBe('error: --tls-key and --tls-cert go together; give both\n')
    const missing = start('--tls-key', join(folder, 'none.pem'), '--tls-cert', certFile)
    expect(await missing.closed).toBe(2)
    expect(missing.output.stderr).toMatch(/^error: --tls-key: the file .*none\.pem cannot be read\n$/)
    await rm(folder, { recursive: true })
  })

  it('warns when other machines can reach it', async () => {
    const { child, output, closed, ready } = start('--port', '0', '--host', '0.0.0.0')
    await ready
    child.kill('SIGTERM')
    expect(await closed).toBe(0)
    expect(output.stderr).toMatch(/^Warning: 0\.0\.0\.0 can be reached from other machines\./)
  })
})
