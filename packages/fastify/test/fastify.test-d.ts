import type { SelectAIPool } from '@select-ai/core'
import { getSelectAI, requestSignal, selectAI } from '@select-ai/fastify'
import Fastify from 'fastify'

const app = Fastify()
app.register(selectAI)
app.register(selectAI, { name: 'reports', routes: { actions: ['chat'], profiles: ['SALES'] } })
// @ts-expect-error an option that does not exist
app.register(selectAI, { route: {} })
// @ts-expect-error an action that does not exist
app.register(selectAI, { routes: { actions: ['talk'], profiles: ['SALES'] } })
// @ts-expect-error routes without profiles
app.register(selectAI, { routes: { actions: ['chat'] } })
// @ts-expect-error the name of a pool stands beside its connection
app.register(selectAI, { connection: { name: 'reports' } })

export const pool: SelectAIPool = getSelectAI(app)
export const reports: SelectAIPool = getSelectAI(app, 'reports')
// @ts-expect-error the property's type is opt-in, since it would be wrong where the plugin is not registered
app.selectAI

app.get('/', async (_request, reply) => {
  const signal: AbortSignal = requestSignal(reply)
  return { aborted: signal.aborted }
})
// @ts-expect-error the signal is that of a reply
app.get('/wrong', async (request) => requestSignal(request))
