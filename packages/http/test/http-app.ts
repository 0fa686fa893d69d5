import type { IncomingMessage, ServerResponse } from 'node:http'
import { json } from 'node:stream/consumers'
import { type App, type AppSetup, type HostRoute, serveApp } from '@select-ai/adapter-conformance'
import { type NodeRequest, type NodeServerResponse, requestSignal, type SelectAIHttp, selectAI } from '@select-ai/http'
import compression from 'compression'

/** A step of the host: it answers, or resolves to false. */
type Step = (request: NodeRequest, response: NodeServerResponse, path: string) => boolean | Promise<boolean>

/** The application of the conformance suite, written by hand on `node:http`. */
export function makeHttpApp(setup: AppSetup): App {
  const services = setup.services.map((options) => selectAI(options))
  const pools = new Map(services.map(({ pool }) => [pool.name, pool]))
  const route = ({ path, answer }: HostRoute): Step => {
    return async (request, response, asked) => {
      if (asked !== path) return false
      const pool = (name = 'default') => pools.get(name) as SelectAIHttp['pool']
      const answered = await answer({
        body: request.body,
        pool,
        requestSignal: () => requestSignal(response),
        response,
      })
      return reply(response, 200, answered)
    }
  }
  const steps: Step[] = [
    ...(setup.compress ? [compress] : []),
    ...(setup.parser === 'before' ? [parseBody] : []),
    ...setup.before.map(route),
    ...services.map((service) => selectAIStep(service, setup.mountPath)),
    ...(setup.parser === 'after' ? [parseBody] : []),
    ...setup.after.map(route),
    (_request, response) => reply(response, 404, { hostNotFound: true }),
  ]
  return serveApp(setup, services, async (request, response) => {
    const path = (request.url ?? '').split('?', 1)[0] ?? ''
    setup.seen(path)
    response.setHeader('x-host', 'here')
    try {
      if (request.headers['x-refuse']) throw Object.assign(new Error('refused'), { statusCode: 401 })
      if (request.method === 'OPTIONS') {
        response.setHeader('access-control-allow-origin', '*')
        return response.writeHead(204).end()
      }
      for (const step of steps) if (await step(request, response, path)) return
    } catch (error) {
      const { statusCode, message } = error as Error & { statusCode?: number }
      reply(response, statusCode ?? 500, { handledByHost: message })
    }
  })
}

function selectAIStep({ handler }: SelectAIHttp, mountPath: string): Step {
  return (request, response, path) => {
    if (!path.startsWith(`${mountPath}/`)) return false
    const { url = '' } = request
    request.url = url.slice(mountPath.length)
    return new Promise((resolve, reject) => {
      response.once('close', () => resolve(true))
      handler(request, response, (error) => {
        request.url = url
        if (error) reject(error)
        else resolve(false)
      })
    })
  }
}

const parseBody: Step = async (request) => {
  if (request.headers['content-type'] !== 'application/json') return false
  const parsed = await json(request).catch(() => {
    throw Object.assign(new Error('no JSON'), { statusCode: 400 })
  })
  Object.assign(request, { body: parsed })
  return false
}

const compress: Step = (request, response) =>
  new Promise((resolve) => {
    const middleware = compression({ threshold: 0 }) as unknown as (
      request: IncomingMessage,
      response: ServerResponse,
      next: () => void,
    ) => void
    middleware(request as IncomingMessage, response as ServerResponse, () => resolve(false))
  })

function reply(response: NodeServerResponse, status: number, body: unknown): true {
  response.statusCode = status
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify(body))
  return true
}
