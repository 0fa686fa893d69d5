import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { startLocalRegistry } from '../local-registry.ts'
import { publishLocally } from '../publish-locally.ts'

const run = promisify(execFile)

test('serves what is published here, and asks the uplink for nothing that has to come from here', {
  timeout: 60_000,
}, async () => {
  const asked: string[] = []
  const uplink = createServer((request, response) => {
    asked.push(decodeURIComponent(request.url ?? ''))
    response.writeHead(404, { 'content-type': 'application/json' }).end('{}')
  }).listen(0, '127.0.0.1')
  await once(uplink, 'listening')
  const work = mkdtempSync(join(tmpdir(), 'local-registry-test-'))
  let url = ''
  try {
    await using registry = await startLocalRegistry({
      local: ['@house/*', 'create-house'],
      uplink: `http://127.0.0.1:${(uplink.address() as AddressInfo).port}/`,
    })
    url = registry.url
    const env = { ...process.env, ...registry.environment }
    const npm = async (...args: string[]): Promise<string> => (await run('npm', args, { cwd: work, env })).stdout.trim()
    expect(await npm('config', 'get', 'registry')).toBe(url)
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/)
    mkdirSync(join(work, 'package'))
    writeFileSync(join(work, 'package', 'package.json'), '{ "name": "@house/kitchen", "version": "1.2.3" }')
    await npm('publish', './package', '--access=public')
    expect(await npm('view', '@house/kitchen@latest', 'version')).toBe('1.2.3')
    for (const name of ['@house/garden', 'create-house', 'elsewhere']) {
      await expect(npm('view', name)).rejects.toThrow(/E404/)
    }
    expect(asked).toEqual(['/elsewhere'])
    const other = { ...registry, url: 'http://127.0.0.1:9/' }
    const signal = AbortSignal.timeout(30_000)
    await expect(publishLocally({ folder: work, registry: other, signal })).rejects.toThrow(
      `npm would publish to ${url} instead of ${other.url}; nothing was published.`,
    )
  } finally {
    uplink.closeAllConnections()
    uplink.close()
    rmSync(work, { recursive: true })
  }
  await expect(fetch(url)).rejects.toThrow()
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith(`select-ai-registry-${process.pid}-`))).toEqual([])
})
