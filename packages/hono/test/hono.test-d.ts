import type { SelectAIPool } from '@select-ai/core'
import { requestSignal, type SelectAIVariables, selectAI } from '@select-ai/hono'
import { Hono } from 'hono'

const ai = selectAI({ routes: { actions: ['chat'], profiles: ['SALES'] } })
const reports = selectAI({ name: 'reports' })

// The variables that the application declares.
const app = new Hono<{ Variables: SelectAIVariables & SelectAIVariables<'reports'> }>()
app.use(ai.middleware)
app.use(reports.middleware)
app.get('/', (c) => {
  const pool: SelectAIPool = c.var.selectAI
  const other: SelectAIPool = c.var.reports
  const signal: AbortSignal = requestSignal(c)
  // @ts-expect-error no pool has that name
  c.var.sales
  return c.json([pool.name, other.name, c.get('selectAI').name, signal.aborted])
})

// The variables that follow from the chain.
new Hono().use(ai.middleware).get('/', (c) => {
  const pool: SelectAIPool = c.var.selectAI
  // @ts-expect-error the pool has another name
  c.var.reports
  return c.text(pool.name)
})
new Hono().use(reports.middleware).get('/', (c) => c.text(c.var.reports.name))

// Without the middleware there are none.
new Hono().get('/', (c) => {
  // @ts-expect-error no middleware has put it there
  c.var.selectAI
  return c.text('')
})

// @ts-expect-error an option that does not exist
selectAI({ route: {} })
// @ts-expect-error an action that does not exist
selectAI({ routes: { actions: ['talk'], profiles: ['SALES'] } })
// @ts-expect-error routes without profiles
selectAI({ routes: { actions: ['chat'] } })
// @ts-expect-error the name of a pool stands beside its connection
selectAI({ connection: { name: 'reports' } })
