import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** A server with the endpoints of Consul that a cluster uses. It keeps what it was told and never checks a service itself. */
export interface ConsulServer extends AsyncDisposable {
  readonly url: string
  /** Services by id, as they were registered. */
  readonly services: ReadonlyMap<string, Service>
  /** Ids of the services whose check fails. */
  readonly critical: Set<string>
  /** Values by key. */
  readonly values: ReadonlyMap<string, string>
  /** While set, what every request is answered with. */
  broken: { readonly status: number; readonly body: string } | undefined
}

interface Service {
  readonly ID: string
  readonly Name: string
  readonly Meta: Readonly<Record<string, string>>
  readonly Check: Readonly<Record<string, string>>
}

const register = '/v1/agent/service/register'
const deregister = '/v1/agent/service/deregister/'
const health = '/v1/health/service/'
const keys = '/v1/kv/'

/** Starts one on a free port. */
export async function serveConsul(): Promise<ConsulServer> {
  const services = new Map<string, Service>()
  const critical = new Set<string>()
  const values = new Map<string, string>()
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
      const name = pathname.slice(health.length)
      const isAsked = ({ ID, Name }: Service): boolean =>
        Name === name && !(searchParams.get('passing') === 'true' && critical.has(ID))
      const entries = [...services.values()].filter(isAsked).map((Service) => ({ Service }))
      return { status: 200, body: JSON.stringify(entries) }
    }
    if (pathname.startsWith(keys)) return answerForKey(values, request.method, pathname.slice(keys.length), body)
    return { status: 405, body: '' }
  }
  const consul = { broken: undefined as ConsulServer['broken'] }
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
  key: string,
  body: string,
): { status: number; body: string } {
  if (method === 'PUT') values.set(key, body)
  else if (method === 'DELETE') values.delete(key)
  else return values.has(key) ? { status: 200, body: values.get(key) ?? '' } : { status: 404, body: '' }
  return { status: 200, body: 'true' }
}
