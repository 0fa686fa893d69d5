import { randomUUID } from 'node:crypto'
import { connectionTo, password } from '@select-ai/adapter-conformance'
import { createPool } from '@select-ai/core'
import type { Emulator } from '@select-ai/emulator'
import {
  type A2AErrorContext,
  type A2AServer,
  type ServeA2AGatewayOptions,
  type ServeA2AWorkerOptions,
  serveA2AGateway,
  serveA2AWorker,
} from '../src/index.ts'
import { createTeam, type Json, message, methods, team, type Version } from './open-agent.ts'
import { type ConsulServer, serveConsul } from './serve-consul.ts'

export const secret = 'CANARY-cluster-secret'

/** A gateway, workers, what plays Consul, and a client. */
export interface OpenCluster extends AsyncDisposable {
  readonly emulator: Emulator
  readonly consul: ConsulServer
  readonly gateway: A2AServer
  readonly workers: readonly A2AServer[]
  readonly errors: readonly { readonly error: unknown; readonly context: A2AErrorContext }[]
  /** All answers that clients received, as text. */
  readonly received: readonly string[]
  /** Options of another worker. */
  workerOptions(id: string): ServeA2AWorkerOptions
  call(version: Version, what: keyof (typeof methods)['1.0'], params: object, owner?: string): Promise<Json>
  /** Sends the filled form in a context. */
  logOn(version: Version, contextId: string, change?: object, more?: object, owner?: string): Promise<Json>
}

/** What a form is filled with. */
export function loginTo({ connectString }: Emulator): Record<string, string> {
  return { dsn: connectString, user: 'demo', password, team }
}

/** Parts of a message that bring a filled form alone. */
export function formParts(version: Version, context: object): object[] {
  const timestamp = new Date(0).toISOString()
  const action = { name: 'select_ai_login', surfaceId: 'form', sourceComponentId: 'submit', timestamp, context }
  const messages = [{ version: 'v0.9.1', action }]
  const part = version === '0.3' ? { kind: 'data', data: { value: messages } } : { data: messages }
  return [{ ...part, metadata: { mimeType: 'application/a2ui+json' } }]
}

/** Opens a cluster of so many workers. */
export async function openCluster(
  { emulator }: { readonly emulator: Emulator },
  {
    workers: count = 1,
    worker = {},
    gateway = {},
  }: {
    readonly workers?: number
    readonly worker?: Partial<ServeA2AWorkerOptions>
    readonly gateway?: Partial<ServeA2AGatewayOptions>
  } = {},
): Promise<OpenCluster> {
  await using pool = await createPool(connectionTo(emulator))
  await createTeam(pool)
  const consul = await serveConsul()
  const errors: { error: unknown; context: A2AErrorContext }[] = []
  const received: string[] = []
  const onError = (error: unknown, context: A2AErrorContext): void => void errors.push({ error, context })
  const workerOptions = (id: string): ServeA2AWorkerOptions => ({
    consulUrl: consul.url,
    workerId: id,
    secret,
    allowDsn: [emulator.connectString],
    port: 0,
    onError,
    ...worker,
  })
  const workers: A2AServer[] = []
  for (let index = 1; index <= count; index++) workers.push(await serveA2AWorker(workerOptions(`worker-${index}`)))
  const owner: ServeA2AGatewayOptions['owner'] = ({ headers }) => headers['x-owner'] as string | undefined
  const server = await serveA2AGateway({ consulUrl: consul.url, secret, port: 0, owner, onError, ...gateway })
  const call: OpenCluster['call'] = async (version, what, params, caller = 'anna') => {
    const response = await fetch(`${server.url}/a2a/jsonrpc/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'a2a-version': version, 'x-owner': caller },
      body: JSON.stringify({ jsonrpc: '2.0', id: 7, method: methods[version][what], params }),
    })
    const text = await response.text()
    received.push(text)
    return JSON.parse(text)
  }
  return {
    emulator,
    consul,
    gateway: server,
    workers,
    errors,
    received,
    workerOptions,
    call,
    logOn(version, contextId, change = {}, more = {}, caller = 'anna') {
      const parts = formParts(version, { ...loginTo(emulator), ...change })
      return call(version, 'send', message(version, '', { contextId, parts, messageId: randomUUID(), ...more }), caller)
    },
    async [Symbol.asyncDispose]() {
      await server.close()
      for (const each of workers) await each.close({ graceMs: 0 })
      await consul[Symbol.asyncDispose]()
      await emulator.ledger.waitFor(({ open }) => open === 0)
    },
  }
}
