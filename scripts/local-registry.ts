// A package registry on this machine, for trying a release: what the workspace publishes is served from a temporary
// folder, and everything else comes from the registry that npm is set to use.
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { runServer } from 'verdaccio'
import { stringify } from 'yaml'

const run = promisify(execFile)

/** A registry that runs until it is disposed of; nothing of it is left then. */
export interface LocalRegistry extends AsyncDisposable {
  readonly url: string
  /** What to change in the environment of this process so that npm and pnpm use this registry, and caches of its own. */
  readonly environment: Readonly<Record<string, string | undefined>>
}

export interface LocalRegistryOptions {
  /** Names, or patterns such as `@scope/*`, that are only ever served from here: what was not published is an error. */
  readonly local: readonly string[]
  /** Where all other packages come from. Default: the registry that npm is set to use. */
  readonly uplink?: string
}

/** Starts a registry on a free port of the loopback address. */
export async function startLocalRegistry({ local, uplink }: LocalRegistryOptions): Promise<LocalRegistry> {
  const folder = mkdtempSync(join(tmpdir(), `select-ai-registry-${process.pid}-`))
  const removeFolder = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  try {
    writeFileSync(join(folder, 'config.yaml'), configuration(folder, local, uplink ?? (await usualRegistry())))
    const server: Server = await runServer(join(folder, 'config.yaml'))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    writeFileSync(join(folder, 'npmrc'), npmrc(folder, url))
    const dispose = async (): Promise<void> => {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
      removeFolder()
    }
    return { url, environment: environmentOf(folder, url), [Symbol.asyncDispose]: dispose }
  } catch (error) {
    removeFolder()
    throw error
  }
}

async function usualRegistry(): Promise<string> {
  const { stdout } = await run('npm', ['config', 'get', 'registry'], { shell: process.platform === 'win32' })
  return stdout.trim()
}

function configuration(folder: string, local: readonly string[], uplink: string): string {
  const everybody = { access: '$all', publish: '$all', unpublish: '$all' }
  return stringify({
    storage: join(folder, 'storage'),
    auth: { htpasswd: { file: join(folder, 'htpasswd') } },
    uplinks: { usual: { url: uplink, timeout: '60s', maxage: '30m' } },
    packages: {
      ...Object.fromEntries(local.map((name) => [name, everybody])),
      '**': { access: '$all', proxy: 'usual' },
    },
    log: { type: 'stdout', format: 'pretty', level: 'warn' },
    web: { enable: false },
    max_body_size: '100mb',
  })
}

function npmrc(folder: string, url: string): string {
  const lines = [
    `registry=${url}`,
    // Any token will do: the registry lets everybody publish, but the clients want to have one.
    `//${new URL(url).host}/:_authToken=local`,
    `cache=${join(folder, 'npm-cache')}`,
    'audit=false',
    'fund=false',
    'update-notifier=false',
    '',
  ]
  return lines.join('\n')
}

function environmentOf(folder: string, url: string): Record<string, string | undefined> {
  // What a package manager that started this process has handed down would win over the file.
  const inherited = Object.keys(process.env).filter((name) => /^(npm|pnpm)_/i.test(name))
  return {
    ...Object.fromEntries(inherited.map((name) => [name, undefined])),
    NPM_CONFIG_USERCONFIG: join(folder, 'npmrc'),
    // pnpm reads none of these from the file.
    PNPM_CONFIG_REGISTRY: url,
    PNPM_CONFIG_STORE_DIR: join(folder, 'pnpm-store'),
    PNPM_CONFIG_CACHE_DIR: join(folder, 'pnpm-cache'),
  }
}
