import { getRequestListener, type HttpBindings } from '@hono/node-server'
import { type App, type AppSetup, type HostRoute, serveApp } from '@select-ai/adapter-conformance'
import { requestSignal, type SelectAIVariables, selectAI } from '@select-ai/hono'
import { type Context, Hono } from 'hono'
import { compress } from 'hono/compress'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

type Variables = SelectAIVariables<'selectAI' | 'reports'>
type HostEnv = { Bindings: HttpBindings; Variables: Variables }

/** The application of the conformance suite, in Hono on Node. */
export function makeHonoApp(setup: AppSetup): App {
  const services = setup.services.map((options) => selectAI(options))
  const app = new Hono<HostEnv>()
  app.onError((error, c) => {
    const { statusCode = 500 } = error as Error & { statusCode?: ContentfulStatusCode }
    return c.json({ handledByHost: error.message }, statusCode)
  })
  app.notFound((c) => c.json({ hostNotFound: true }, 404))
  app.use(async (c, next) => {
    c.header('x-host', 'here')
    setup.seen(c.req.path)
    if (c.req.header('x-refuse')) throw Object.assign(new Error('refused'), { statusCode: 401 })
    if (c.req.method !== 'OPTIONS') return next()
    return c.body(null, 204, { 'access-control-allow-origin': '*' })
  })
  if (setup.compress) app.use(compress({ threshold: 0 }))
  if (setup.parser === 'before') app.use(parseBody)
  for (const route of setup.before) mountRoute(app, route)
  const mounted = setup.mountPath ? new Hono<HostEnv>() : app
  for (const { middleware } of services) mounted.use(middleware)
  if (mounted !== app) app.route(setup.mountPath, mounted)
  if (setup.parser === 'after') app.use(parseBody)
  for (const route of setup.after) mountRoute(app, route)
  return serveApp(setup, services, getRequestListener(app.fetch))
}

/** Hono has no parsers: whoever needs the body reads it, and Hono keeps it for the next. */
async function parseBody(c: Context, next: () => Promise<void>): Promise<void> {
  if (c.req.header('content-type')?.startsWith('application/json')) await c.req.json().catch(() => {})
  await next()
}

function mountRoute(app: Hono<HostEnv>, { path, answer }: HostRoute): void {
  app.on(['GET', 'POST'], path, async (c) => {
    const isJson = c.req.header('content-type') === 'application/json'
    const answered = await answer({
      body: isJson ? await c.req.json() : undefined,
      pool: (name = 'selectAI') => c.get(name as keyof Variables),
      requestSignal: () => requestSignal(c),
      response: c.env.outgoing,
    })
    return c.json(answered as object)
  })
}
