import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serveStatic } from '../serve-static.ts'

const outer = mkdtempSync(join(tmpdir(), 'serve-static-'))
const site = join(outer, 'site')
const server = serveStatic(site)
let port = 0

beforeAll(async () => {
  mkdirSync(join(site, 'guide'), { recursive: true })
  mkdirSync(join(outer, 'site-private'))
  writeFileSync(join(outer, 'secret.txt'), 'secret')
  writeFileSync(join(outer, 'site-private', 'secret.txt'), 'secret')
  writeFileSync(join(site, 'index.html'), 'start')
  writeFileSync(join(site, '404.html'), 'nothing here')
  writeFileSync(join(site, 'guide', 'index.html'), 'guide')
  writeFileSync(join(site, 'guide', 'fastify.html'), 'fastify')
  writeFileSync(join(site, 'llms.txt'), 'text')
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  port = (server.address() as AddressInfo).port
})

afterAll(async () => {
  server.close()
  await once(server, 'close')
  rmSync(outer, { recursive: true })
})

/** Sends the path as it is: `fetch` would take the dots out. */
async function ask(path: string, method = 'GET'): Promise<{ status: number; head: string; body: string }> {
  const socket = connect(port, '127.0.0.1')
  socket.write(`${method} ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`)
  let text = ''
  for await (const chunk of socket.setEncoding('utf8')) text += chunk
  const [head = '', ...body] = text.split('\r\n\r\n')
  return { status: Number(head.split(' ')[1]), head: head.toLowerCase(), body: body.join('') }
}

describe('serveStatic', () => {
  it.each([
    ['/', 'start'],
    ['/?from=search', 'start'],
    ['/guide/', 'guide'],
    ['/guide/fastify', 'fastify'],
    ['/guide/fastify.html', 'fastify'],
    ['/guide/%66astify', 'fastify'],
  ])('answers %s with its page', async (path, page) => {
    const { status, head, body } = await ask(path)
    expect(status).toBe(200)
    expect(head).toContain('content-type: text/html; charset=utf-8')
    expect(body).toContain(page)
  })

  it('names the type of a text file', async () => {
    expect((await ask('/llms.txt')).head).toContain('content-type: text/plain; charset=utf-8')
  })

  it.each([
    '/../secret.txt',
    '/guide/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/../site-private/secret.txt',
    '/%00',
    '/%zz',
    '/nothing',
  ])('answers %s with the page for what is not there', async (path) => {
    const { status, body } = await ask(path)
    expect(status).toBe(404)
    expect(body).toContain('nothing here')
  })

  // Making a link needs a privilege there.
  it.skipIf(process.platform === 'win32')('does not follow a link that leads out of the folder', async () => {
    symlinkSync(join(outer, 'secret.txt'), join(site, 'link.txt'))
    expect((await ask('/link.txt')).status).toBe(404)
  })

  it('sends no body to HEAD and refuses other methods', async () => {
    expect(await ask('/', 'HEAD')).toMatchObject({ status: 200, body: '' })
    expect(await ask('/', 'POST')).toMatchObject({ status: 405, head: expect.stringContaining('allow: get, head') })
  })
})
