import { type App, type AppSetup, type HostRoute, serveApp } from '@select-ai/adapter-conformance'
import { requestSignal, type SelectAIHttp, selectAI } from '@select-ai/http'
import compression from 'compression'
import type { Express, NextFunction, Request, Response } from 'express'

/** What there is of Express in both of its versions. */
export interface ExpressModule {
  (): Express
  json: typeof import('express').json
}

const noHttp2 =
  "Express is made for Node's http module alone: it replaces the prototypes of the request and the response."

/** What the suite cannot ask of Express. */
export const gapsOfExpress: Readonly<Record<string, string>> = {
  'over HTTP/2 questions are answered and streamed, several on one connection': noHttp2,
  'over HTTP/2 a body that is far too large gets 413, and its stream ends': noHttp2,
  'over HTTP/2 the signal follows the stream: aborted by a reset, not by an answer': noHttp2,
}

/** Makes the application of the conformance suite with one version of Express. */
export function expressApps(express: ExpressModule): (setup: AppSetup) => App {
  return (setup) => {
    if (setup.http2) throw new Error(noHttp2)
    const services = setup.services.map((options) => selectAI(options))
    const pools = new Map(services.map(({ pool }) => [pool.name, pool]))
    const mountRoute = (app: Express, { path, answer }: HostRoute): void => {
      app.all(path, async (request, response, next) => {
        try {
          const pool = (name = 'default') => pools.get(name) as SelectAIHttp['pool']
          const { body } = request
          response.json(await answer({ body, pool, requestSignal: () => requestSignal(response), response }))
        } catch (error) {
          next(error)
        }
      })
    }
    const app = express()
    app.use((request, response, next) => {
      response.set('x-host', 'here')
      setup.seen(request.path)
      if (request.get('x-refuse')) throw Object.assign(new Error('refused'), { statusCode: 401 })
      if (request.method !== 'OPTIONS') return next()
      response.set('access-control-allow-origin', '*').sendStatus(204)
    })
    if (setup.compress) app.use(compression({ threshold: 0 }))
    if (setup.parser === 'before') app.use(express.json())
    for (const route of setup.before) mountRoute(app, route)
    for (const { handler } of services) app.use(setup.mountPath || '/', handler)
    if (setup.parser === 'after') app.use(express.json())
    for (const route of setup.after) mountRoute(app, route)
    app.use((_request, response) => void response.status(404).json({ hostNotFound: true }))
    app.use((error: Error & { statusCode?: number }, _request: Request, response: Response, _next: NextFunction) => {
      response.status(error.statusCode ?? 500).json({ handledByHost: error.message })
    })
    return serveApp(setup, services, app as Parameters<typeof serveApp>[2])
  }
}
