import { createServer } from 'node:http'
import Router from '@koa/router'
import { SelectAIError } from '@select-ai/core'
import { errorResponse, logFailuresTo } from '@select-ai/core/routes'
import { requestSignal, type SelectAIKoa, type SelectAIState, selectAI } from '@select-ai/koa'
import Koa from 'koa'
import { type Logger, pino } from 'pino'
import { NodeServer } from './node-server.ts'
import type { Settings } from './settings.ts'

type App = { ai: SelectAIKoa; server: NodeServer; log: Logger }

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

  const app = new Koa<SelectAIState>()
  // Koa also reports a client that leaves in the middle of a stream, which is no failure of the service.
  app.on('error', (error) => log[error.code === 'ERR_STREAM_PREMATURE_CLOSE' ? 'debug' : 'error'](error))

  // Messages of Select AI errors are for you, so your own routes answer with the same safe sentences as the others.
  app.use((ctx, next) =>
    next().catch((error: unknown) => {
      if (!SelectAIError.isInstance(error)) throw error
      const { status, headers, body } = errorResponse(error, { headers: ctx.headers, signal: requestSignal(ctx) })
      if (status >= 500) log.error(error)
      ctx.status = status
      ctx.set(headers)
      ctx.body = body.text
    }),
  )
  app.use(ai.middleware)

  // A route of your own: the pool lends a connection for the call alone, and the call ends when the client leaves.
  const router = new Router<SelectAIState>().get('/promotion_count', async (ctx) => {
    const profile = ctx.state.selectAI.profile(profiles[0])
    const { rows } = await profile.runSql('How many promotions?', { signal: requestSignal(ctx) })
    ctx.body = { promotions: Object.values(rows[0] ?? {})[0] ?? null }
  })
  app.use(router.routes())

  return { ai, server: new NodeServer(createServer(app.callback()), log), log }
}
