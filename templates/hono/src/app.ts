import type { Server } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import { errorResponse, logFailuresTo } from '@select-ai/core/routes'
import { requestSignal, type SelectAIHono, type SelectAIVariables, selectAI } from '@select-ai/hono'
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { type Logger, pino } from 'pino'
import { NodeServer } from './node-server.ts'
import type { Settings } from './settings.ts'

type App = { ai: SelectAIHono; server: NodeServer; log: Logger }

export function buildApp({ profiles, logLevel, shutdownGraceMs }: Settings, isDraining: () => boolean): App {
  const log = pino({ level: logLevel })

  // One pool per process: server.ts opens it before it listens, and closes it after the last answer.
  const ai = selectAI({
    routes: {
      // These two run SQL that a model wrote: run_sql, narrate. Keep them only if the database user may see no more
      // than every client of this service may.
      actions: ['chat', 'show_sql', 'explain_sql', 'run_sql', 'narrate'],
      profiles,
      defaultProfile: profiles[0],
      isDraining,
      onError: logFailuresTo(log),
    },
    drainTimeoutMs: shutdownGraceMs,
  })

  const app = new Hono<{ Variables: SelectAIVariables }>()
  app.use(ai.middleware)

  // A route of your own: the pool lends a connection for the call alone, and the call ends when the client leaves.
  app.get('/promotion_count', async (c) => {
    const profile = c.var.selectAI.profile(profiles[0])
    const { rows } = await profile.runSql('How many promotions?', { signal: requestSignal(c) })
    return c.json({ promotions: Object.values(rows[0] ?? {})[0] ?? null })
  })

  // Messages of Select AI errors are for you, so your own routes answer with the same safe sentences as the others.
  app.onError((error, c) => {
    if (error instanceof HTTPException) return error.getResponse()
    const { status, headers, body } = errorResponse(error, { headers: c.req.header(), signal: requestSignal(c) })
    if (status >= 500) log.error(error)
    return new Response(body.text, { status, headers })
  })

  const server = createAdaptorServer({ fetch: app.fetch }) as Server
  return { ai, server: new NodeServer(server, log), log }
}
