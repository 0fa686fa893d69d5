import type { SelectAIPool } from '@select-ai/core'
import { requestSignal, type SelectAIState, selectAI } from '@select-ai/koa'
import Koa, { type DefaultState } from 'koa'

const ai = selectAI({ routes: { actions: ['chat'], profiles: ['SALES'] } })
const reports = selectAI({ name: 'reports' })

// The state that the application declares.
new Koa<SelectAIState & SelectAIState<'reports'>>()
  .use(ai.middleware)
  .use(reports.middleware)
  .use(async (ctx) => {
    const pool: SelectAIPool = ctx.state.selectAI
    const other: SelectAIPool = ctx.state.reports
    ctx.body = [pool.name, other.name]
    // @ts-expect-error no pool has that name
    ctx.state.sales
  })

// The state that follows from the middleware.
new Koa<object>().use(ai.middleware).use(async (ctx) => {
  const pool: SelectAIPool = ctx.state.selectAI
  const signal: AbortSignal = requestSignal(ctx)
  ctx.body = [pool.name, signal.aborted]
  // @ts-expect-error the pool has another name
  ctx.state.reports
})

// Without the middleware there is none.
new Koa<object>().use(async (ctx) => {
  // @ts-expect-error no middleware has put it there
  ctx.state.selectAI
})

// An application without types for its state takes it too.
new Koa().use(ai.middleware)
new Koa<DefaultState>().use(reports.middleware)

// @ts-expect-error an option that does not exist
selectAI({ route: {} })
// @ts-expect-error an action that does not exist
selectAI({ routes: { actions: ['talk'], profiles: ['SALES'] } })
// @ts-expect-error routes without profiles
selectAI({ routes: { actions: ['chat'] } })
// @ts-expect-error the name of a pool stands beside its connection
selectAI({ connection: { name: 'reports' } })
