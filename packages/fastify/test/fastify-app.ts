import compress from '@fastify/compress'
import type { App, AppSetup, HostRoute } from '@select-ai/adapter-conformance'
import { getSelectAI, requestSignal, selectAI } from '@select-ai/fastify'
import Fastify, { type FastifyInstance } from 'fastify'
import fastifyPlugin from 'fastify-plugin'

/** The application of the conformance suite, in Fastify. Its parsers have no order: they stand before every route. */
export function makeFastifyApp(setup: AppSetup): App {
  const options = { return503OnClosing: false }
  const app = setup.http2 ? (Fastify({ ...options, http2: true }) as unknown as FastifyInstance) : Fastify(options)
  app.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) =>
    reply.code(error.statusCode ?? 500).send({ handledByHost: error.message }),
  )
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ hostNotFound: true }))
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-host', 'here')
    setup.seen(request.url.split('?', 1)[0] ?? '')
    if (request.headers['x-refuse']) throw Object.assign(new Error('refused'), { statusCode: 401 })
    if (request.method === 'OPTIONS') return reply.header('access-control-allow-origin', '*').code(204).send()
  })
  if (setup.compress) app.register(compress, { threshold: 0 })
  for (const route of [...setup.before, ...setup.after]) mountRoute(app, route)
  const mount = async (scope: FastifyInstance): Promise<void> => {
    for (const service of setup.services) await scope.register(selectAI, service)
    scope.addHook('preClose', () => setup.whileClosing())
  }
  app.register(setup.mountPath ? mount : fastifyPlugin(mount), { prefix: setup.mountPath })
  return {
    server: app.server,
    open: async () => void (await app.ready()),
    listen: async () => void (await app.listen({ host: '127.0.0.1', port: 0 })),
    close: async () => void (await app.close()),
  }
}

function mountRoute(app: FastifyInstance, { path, answer }: HostRoute): void {
  app.route({
    method: ['GET', 'POST'],
    url: path,
    handler: async ({ body }, reply) =>
      answer({
        body,
        pool: (name) => getSelectAI(app, name),
        requestSignal: () => requestSignal(reply),
        response: reply.raw,
      }),
  })
}
