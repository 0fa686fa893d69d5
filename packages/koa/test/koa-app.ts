import { bodyParser } from '@koa/bodyparser'
import { type App, type AppSetup, type HostRoute, serveApp } from '@select-ai/adapter-conformance'
import { requestSignal, selectAI } from '@select-ai/koa'
import Koa, { type Middleware } from 'koa'
import compress from 'koa-compress'
import mount from 'koa-mount'

/** The application of the conformance suite, in Koa. */
export function makeKoaApp(setup: AppSetup): App {
  const services = setup.services.map((options) => selectAI(options))
  const app = new Koa()
  // Koa reports every connection that a client has cut as an error of the application.
  app.on('error', (error: NodeJS.ErrnoException) => {
    if (!/^(ECONNRESET|ERR_STREAM_PREMATURE_CLOSE|HPE_)/.test(error.code ?? '')) console.error(error)
  })
  app.use(async (ctx, next) => {
    ctx.set('x-host', 'here')
    setup.seen(ctx.path)
    try {
      await next()
    } catch (error) {
      const { statusCode, status, message } = error as Error & { statusCode?: number; status?: number }
      ctx.status = statusCode ?? status ?? 500
      ctx.body = { handledByHost: message }
    }
  })
  app.use(async (ctx, next) => {
    if (ctx.get('x-refuse')) throw Object.assign(new Error('refused'), { statusCode: 401 })
    if (ctx.method !== 'OPTIONS') return next()
    ctx.set('access-control-allow-origin', '*')
    ctx.status = 204
  })
  if (setup.compress) app.use(compress({ threshold: 0 }))
  if (setup.parser === 'before') app.use(bodyParser())
  app.use(hostRoutes(setup.before))
  for (const { middleware } of services) app.use(setup.mountPath ? mount(setup.mountPath, middleware) : middleware)
  if (setup.parser === 'after') app.use(bodyParser())
  app.use(hostRoutes(setup.after))
  app.use((ctx) => {
    ctx.status = 404
    ctx.body = { hostNotFound: true }
  })
  return serveApp(setup, services, app.callback())
}

function hostRoutes(routes: readonly HostRoute[]): Middleware {
  return async (ctx, next) => {
    const route = routes.find(({ path }) => path === ctx.path)
    if (!route) return next()
    ctx.body = await route.answer({
      body: ctx.request.body,
      pool: (name = 'selectAI') => ctx.state[name],
      requestSignal: () => requestSignal(ctx),
      response: ctx.res,
    })
  }
}
