import { describe, expect, it } from 'vitest'
import { Consul } from '../src/cluster/consul.ts'
import { serveConsul } from './serve-consul.ts'

const worker = { id: 'worker/1', endpoint: 'http://127.0.0.1:9001' }

describe('workers', () => {
  it('are found from their registration on, with a check of their endpoint, until they are taken off', async () => {
    await using server = await serveConsul()
    const consul = new Consul({ url: `${server.url}/` })
    expect(await consul.workers()).toEqual([])
    await consul.register(worker, '/health')
    expect(await consul.workers()).toEqual([{ ...worker, isWell: true }])
    expect(await consul.isRegistered(worker.id)).toBe(true)
    const { Check } = server.services.get(worker.id) ?? {}
    expect(Check).toMatchObject({ HTTP: `${worker.endpoint}/health`, Status: 'passing' })
    await consul.deregister(worker.id)
    expect(await consul.workers()).toEqual([])
    expect(await consul.isRegistered(worker.id)).toBe(false)
  })

  it('are not well while their check fails', async () => {
    await using server = await serveConsul()
    const consul = new Consul({ url: server.url })
    await consul.register(worker, '/health')
    await consul.register({ ...worker, id: 'worker/2' }, '/health')
    server.critical.add(worker.id)
    expect(await consul.workers()).toEqual([
      { ...worker, isWell: false },
      { ...worker, id: 'worker/2', isWell: true },
    ])
  })

  it('may be taken off when Consul does not know them any more', async () => {
    await using server = await serveConsul()
    await expect(new Consul({ url: server.url }).deregister('gone')).resolves.toBeUndefined()
  })
})

describe('routes', () => {
  it('are kept for each session until they are deleted', async () => {
    await using server = await serveConsul()
    const consul = new Consul({ url: server.url })
    await consul.saveRoute('one', 'worker-1')
    await consul.saveRoute('two', 'worker-2')
    expect(await consul.loadRoute('one')).toBe('worker-1')
    expect(await consul.loadRoute('two')).toBe('worker-2')
    await consul.deleteRoute('one', 'worker-1')
    expect(await consul.loadRoute('one')).toBeUndefined()
    expect(await consul.loadRoute('two')).toBe('worker-2')
    expect([...server.values]).toEqual([['select-ai/a2a/sessions/two', 'worker-2']])
  })

  it('are deleted for the worker that they lead to alone', async () => {
    await using server = await serveConsul()
    const consul = new Consul({ url: server.url })
    await consul.saveRoute('one', 'worker-2')
    await consul.deleteRoute('one', 'worker-1')
    await consul.deleteRoute('unknown', 'worker-1')
    expect(await consul.loadRoute('one')).toBe('worker-2')
  })

  it('are deleted together when a worker has none of its sessions any more', async () => {
    await using server = await serveConsul()
    const consul = new Consul({ url: server.url })
    await consul.deleteRoutesOf('worker-1')
    for (const session of ['one', 'two']) await consul.saveRoute(session, 'worker-1')
    await consul.saveRoute('three', 'worker-2')
    await consul.deleteRoutesOf('worker-1')
    expect([...server.values.keys()]).toEqual(['select-ai/a2a/sessions/three'])
  })
})

describe('failures', () => {
  it.each([
    [{ status: 500, body: 'CANARY of the agent' }, /status 500/],
    [{ status: 403, body: 'CANARY of the agent' }, /status 403/],
    [{ status: 200, body: 'CANARY of the agent' }, /not Consul/],
    [{ status: 200, body: '{"CANARY": 1}' }, /not Consul/],
    [{ status: 200, body: '["CANARY"]' }, /not Consul/],
  ])('say what to do and nothing of the answer %j', async (broken, message) => {
    await using server = await serveConsul()
    server.broken = broken
    const error = await new Consul({ url: server.url }).workers().catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ name: 'ConsulError', message: expect.stringMatching(message) })
    expect((error as Error).message).not.toContain('CANARY')
  })

  it('tell that nobody answers, and leave the context out', async () => {
    const server = await serveConsul()
    await server[Symbol.asyncDispose]()
    const call = new Consul({ url: server.url }).loadRoute('secret-context')
    await expect(call).rejects.toMatchObject({
      name: 'ConsulError',
      message: 'Consul does not answer. See that its agent runs at the URL that consulUrl gives.',
    })
  })

  it.each([undefined, '', '127.0.0.1:8500', 'ftp://127.0.0.1', 'http://user:secret@127.0.0.1'])(
    'name consulUrl for the URL %s',
    (url) => {
      expect(() => new Consul({ url: url as string })).toThrow(/consulUrl.*http:\/\/127\.0\.0\.1:8500/)
    },
  )
})
