import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { errorResponse, logFailuresTo } from '@select-ai/core/routes'
import { requestSignal, type SelectAIHttp, selectAI } from '@select-ai/http'
import { type Logger, pino } from 'pino'
import { NodeServer } from './node-server.ts'
import type { Settings } from './settings.ts'

type App = { ai: SelectAIHttp; server: NodeServer; log: Logger }

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

  // A route of your own: the pool lends a connection for the call alone, and the call ends when the client leaves.
  async function countPromotions(response: ServerResponse): Promise<void> {
    const profile = ai.pool.profile(profiles[0])
    const { rows } = await profile.runSql('How many promotions?', { signal: requestSignal(response) })
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ promotions: Object.values(rows[0] ?? {})[0] ?? null }))
  }

  // Messages of Select AI errors are for you, so your own routes answer with the same safe sentences as the others.
  function answerError(error: unknown, { headers }: IncomingMessage, response: ServerResponse): void {
    const answer = errorResponse(error, { headers, signal: requestSignal(response) })
    if (answer.status >= 500) log.error(error)
    response.writeHead(answer.status, answer.headers).end(answer.body.text)
  }

  const server = createServer((request, response) => {
    const route = `${request.method} ${request.url?.split('?', 1)[0]}`
    if (route === 'GET /promotion_count') {
      countPromotions(response).catch((error) => answerError(error, request, response))
    } else {
      ai.handler(request, response) // the routes above, and a 404 for everything else
    }
  })
  return { ai, server: new NodeServer(server, log), log }
}
