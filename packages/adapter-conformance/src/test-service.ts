import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { SelectAIPool } from '@select-ai/core'
import type { RoutesOptions, SelectAIOptions } from '@select-ai/core/routes'
import { type Emulator, startEmulator } from '@select-ai/emulator'
import { expect } from 'vitest'
import type { Adapter, App, AppSetup, HostRequest } from './app.ts'
import { type Answer, type Asking, ask } from './ask.ts'
import { type HeldModel, heldModel } from './held-model.ts'

export const password = 'CANARY-password'

/** All actions for the demo profile; failures are not written to standard error. */
export const allRoutes: Omit<RoutesOptions, 'pool'> = {
  actions: ['chat', 'show_sql', 'explain_sql', 'run_sql', 'narrate', 'show_prompt'],
  profiles: ['OCI_AI_PROFILE'],
  onError() {},
}

/** What a test wants, beyond an application with all routes on a pool of two connections. */
export interface ServiceSetup extends Partial<Omit<AppSetup, 'services'>> {
  /** Options of Select AI. Those of the connection and the routes are laid over the test's own. */
  readonly options?: Omit<SelectAIOptions, 'routes'>
  /** `none` mounts no routes. */
  readonly routes?: Partial<Omit<RoutesOptions, 'pool'>> | 'none'
  /** Further services, as they are. */
  readonly more?: readonly SelectAIOptions[]
  /** Another database than the one that the tests of a file share. */
  readonly database?: Database
}

/** An application on a database, and the way to both. */
export interface TestService extends AsyncDisposable {
  readonly app: App
  readonly emulator: Emulator
  readonly model: HeldModel
  /** Once the application listens. */
  readonly url: string
  ask(path: string, asking?: Asking): Promise<Answer>
  /** The pool of that name, as the application's own routes see it. */
  pool(name?: string): Promise<SelectAIPool>
}

/** An emulator and the model behind it. */
export interface Database {
  readonly emulator: Emulator
  readonly model: HeldModel
}

export async function openDatabase(): Promise<Database> {
  const model = heldModel()
  return { model, emulator: await startEmulator({ password, model }) }
}

export function connectionTo(
  { connectString }: Pick<Emulator, 'connectString'>,
  more: SelectAIOptions['connection'] = {},
): NonNullable<SelectAIOptions['connection']> {
  return { user: 'DEMO', password, connectString, poolMin: 0, poolMax: 2, ...more }
}

/** Makes an application that is not opened yet. At its disposal it is closed, and everything must be balanced. */
export async function makeService(adapter: Adapter, shared: Database, setup: ServiceSetup): Promise<TestService> {
  const { options = {}, routes = {}, more = [], database = shared, before = [], ...rest } = setup
  const { emulator, model } = database
  emulator.ledger.reset()
  const first: SelectAIOptions = {
    ...options,
    ...(options.pool === undefined && { connection: connectionTo(emulator, options.connection) }),
    ...(routes !== 'none' && { routes: { ...allRoutes, ...routes } }),
  }
  let host: HostRequest | undefined
  const poolRoute = {
    path: '/host/pool',
    answer(request: HostRequest) {
      host = request
      return {}
    },
  }
  const app = await adapter.makeApp({
    services: [first, ...more],
    before,
    parser: 'none',
    mountPath: '',
    compress: false,
    http2: false,
    seen() {},
    async whileClosing() {},
    ...rest,
    after: [...(rest.after ?? []), poolRoute],
  })
  const url = (): string => `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
  return {
    app,
    emulator,
    model,
    get url() {
      return url()
    },
    ask: (path, asking) => ask(`${url()}${path}`, asking),
    async pool(name) {
      await ask(`${url()}/host/pool`)
      return (host as HostRequest).pool(name)
    },
    async [Symbol.asyncDispose]() {
      model.release()
      await app.close()
      expect(app.server.listening).toBe(false)
      expect(await openSockets(app)).toBe(0)
      expect(model.held).toBe(0)
      await emulator.ledger.waitFor(({ open }) => open === 0)
    },
  }
}

/** Makes an application, opens it and lets it listen. */
export async function startService(adapter: Adapter, shared: Database, setup: ServiceSetup): Promise<TestService> {
  const service = await makeService(adapter, shared, setup)
  try {
    await service.app.open()
    await service.app.listen()
    return service
  } catch (error) {
    await service[Symbol.asyncDispose]()
    throw error
  }
}

/** How many connections of clients the server has. */
export function openSockets({ server }: Pick<App, 'server'>): Promise<number> {
  return new Promise((resolve, reject) =>
    server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
  )
}

/** Resolves when the server has got a request. */
export async function nextRequest({ server }: Pick<App, 'server'>): Promise<void> {
  await once(server, 'request')
}
