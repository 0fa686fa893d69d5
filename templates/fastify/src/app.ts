import { SelectAIError } from '@select-ai/core'
import { errorResponse } from '@select-ai/core/routes'
import { getSelectAI, requestSignal, selectAI } from '@select-ai/fastify'
import Fastify, { type FastifyInstance } from 'fastify'
import type { Settings } from './settings.ts'
import { trackSilentConnections } from './track-silent-connections.ts'

export function buildApp(settings: Settings, isDraining: () => boolean): FastifyInstance {
  const { profiles, logLevel, shutdownGraceMs } = settings
  const app = Fastify({
    // Questions stand in the query string, so the log gets the path alone.
    logger: {
      level: logLevel,
      serializers: { req: ({ method, url }) => ({ method, path: url.split('?', 1)[0] }) },
    },
    requestTimeout: 15_000, // for receiving a request; the answer has its own deadline (SELECT_AI_CALL_TIMEOUT_MS)
    keepAliveTimeout: 65_000, // longer than the usual 60 s of load balancers
    connectionTimeout: 120_000, // silence on a socket; must be longer than the longest answer takes
  })

  // One pool per process: opened here while the server starts, closed when the server closes.
  app.register(selectAI, {
    routes: {
      // These two run SQL that a model wrote: run_sql, narrate. Keep them only if the database user may see no more
      // than every client of this service may.
      actions: ['chat', 'show_sql', 'explain_sql', 'run_sql', 'narrate'],
      profiles,
      defaultProfile: profiles[0],
      isDraining,
    },
    drainTimeoutMs: shutdownGraceMs,
  })

  // A route of your own: the pool lends a connection for the call alone, and the call ends when the client leaves.
  app.get('/promotion_count', async (_request, reply) => {
    const profile = getSelectAI(app).profile(profiles[0])
    const { rows } = await profile.runSql('How many promotions?', { signal: requestSignal(reply) })
    return { promotions: Object.values(rows[0] ?? {})[0] ?? null }
  })

  // Messages of Select AI errors are for you, so your own routes answer with the same safe sentences as the others.
  app.setErrorHandler((error, request, reply) => {
    if (!SelectAIError.isInstance(error)) return reply.send(error)
    const { status, headers, body } = errorResponse(error, { headers: request.headers, signal: requestSignal(reply) })
    if (status >= 500) request.log.error(error)
    return reply.code(status).headers(headers).send(body.text)
  })
  // Fastify's own answer would write the address with its question to the log.
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ error: 'Not Found' }))

  const endSilentConnections = trackSilentConnections(app.server)
  // Connections that clients keep open would hold up the stop until they time out.
  app.addHook('onSend', async (_request, reply) => {
    if (isDraining()) reply.header('connection', 'close')
  })
  app.addHook('preClose', async () => endSilentConnections())
  app.addHook('onResponse', async (request) => {
    if (isDraining()) request.raw.socket.end() // a stream that had begun before
  })
  return app
}
