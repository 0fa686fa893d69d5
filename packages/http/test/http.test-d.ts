import { createServer } from 'node:http'
import { createServer as createHttp2Server } from 'node:http2'
import type { SelectAIPool } from '@select-ai/core'
import { requestSignal, selectAI } from '@select-ai/http'
import express from 'express'

const ai = selectAI({ routes: { actions: ['chat'], profiles: ['SALES'] } })
export const pool: SelectAIPool = ai.pool

// The handler is a listener of both servers of Node, and a middleware of Express.
createServer(ai.handler)
createHttp2Server(ai.handler)
const app = express()
app.use(ai.handler)
app.use('/ai', ai.handler)

createServer((request, response) => {
  const signal: AbortSignal = requestSignal(response)
  ai.handler(request, response, () => response.end(String(signal.aborted)))
  // @ts-expect-error the signal is that of the response
  requestSignal(request)
})

// @ts-expect-error an option that does not exist
selectAI({ route: {} })
// @ts-expect-error an action that does not exist
selectAI({ routes: { actions: ['talk'], profiles: ['SALES'] } })
// @ts-expect-error routes without profiles
selectAI({ routes: { actions: ['chat'] } })
// @ts-expect-error the name of a pool stands beside its connection
selectAI({ connection: { name: 'reports' } })
