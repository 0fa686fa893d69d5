import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** A server with the endpoints of Consul that a cluster uses. It keeps what it was told and never checks a service itself. */
export interface ConsulServer extends AsyncDisposable {
  readonly url: string
  /** Services by id, as they were registered. */
  readonly services: Map<string, Service>
  /** Ids of the services whose check fails. */
  readonly critical: Set<string>
  /** Values by key. */
  readonly values: Map<string, string>
  /** While set, what every request is answered with. */
  broken: { readonly status: number; readonly body: string } | undefined
  /** While set, the method that is refused for values. */
  refuses: string | undefined
}

interface Service {
  readonly ID: string
  readonly Name: string
  readonly Meta: Readonly<Record<string, string>>
  readonly Check: Readonly<Record<string, string>>
}

const register = '/v1/agent/service/register'
const deregister = '/v1/agent/service/deregister/'
const agent = '/v1/agent/service/'
const health = '/v1/health/service/'
const keys = '/v1/kv/'

/** Starts one on a free port. */
export async function serveConsul(): Promise<ConsulServer> {
  const services = new Map<string, Service>()
  const critical = new Set<string>()
  const values = new Map<string, string>()
  const consul: Pick<ConsulServer, 'broken' | 'refuses'> = { broken: undefined, refuses: undefined }
  const answer = async (request: IncomingMessage): Promise<{ status: number; body: string }> => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
    const what = `${request.method} ${pathname}`
    const body = await text(request)
    if (what === `PUT ${register}`) {
      const service: Service = JSON.parse(body)
      services.set(service.ID, service)
      return { status: 200, body: '' }
    }
    if (what.startsWith(`PUT ${deregister}`)) {
      const known = services.delete(decodeURIComponent(pathname.slice(deregister.length)))
      return { status: known ? 200 : 404, body: '' }
    }
    if (what.startsWith(`GET ${health}`)) {
      const named = [...services.values()].filter(({ Name }) => Name === pathname.slice(health.length))
      const stateOf = ({ ID }: Service): string => (critical.has(ID) ? 'critical' : 'passing')
      const entries = named.map((Service) => ({
        Service,
        Checks: [{ Status: 'passing' }, { Status: stateOf(Service) }],
      }))
      return { status: 200, body: JSON.stringify(entries) }
    }
    if (what.startsWith(`GET ${agent}`)) {
      const service = services.get(decodeURIComponent(pathname.slice(agent.length)))
      return service ? { status: 200, body: JSON.stringify(service) } : { status: 404, body: '' }
    }
    if (pathname.startsWith(keys)) {
      if (request.method === consul.refuses) return { status: 403, body: 'CANARY of the agent' }
      const key = decodeURIComponent(pathname.slice(keys.length))
      return answerForKey(values, request.method, { key, searchParams, body })
    }
    return { status: 405, body: '' }
  }
  const server = createServer(async (request, response) => {
    const { status, body } = consul.broken ?? (await answer(request))
    response.writeHead(status, { connection: 'close' }).end(body)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return Object.assign(consul, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    services,
    critical,
    values,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  })
}

function answerForKey(
  values: Map<string, string>,
  method: string | undefined,
  { key, searchParams, body }: { readonly key: string; readonly searchParams: URLSearchParams; readonly body: string },
): { status: number; body: string } {
  const told = (found: string): object => {
    const value = values.get(found) ?? ''
    return { Key: found, Value: Buffer.from(value).toString('base64'), ModifyIndex: indexOf(value) }
  }
  const isAsked = (known: string): boolean => (searchParams.has('recurse') ? known.startsWith(key) : known === key)
  const found = [...values.keys()].filter(isAsked)
  if (method === 'PUT') values.set(key, body)
  else if (method === 'DELETE') {
    if (searchParams.get('cas') !== String(indexOf(values.get(key) ?? ''))) return { status: 200, body: 'false' }
    values.delete(key)
  } else if (found.length === 0) return { status: 404, body: '' }
  else return { status: 200, body: JSON.stringify(found.map(told)) }
  return { status: 200, body: 'true' }
}

/** Another number for another value. */
function indexOf(value: string): number {
  return [...value].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_003, 7)
}
