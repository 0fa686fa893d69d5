import type { RouteCallOptions, RouteHealthState, RoutePool, RouteProfile } from '@select-ai/core/routes'

/** Everything a scripted pool was asked. */
export interface ScriptedCall {
  readonly profile: string
  readonly method: keyof RouteProfile
  readonly prompt: string
  readonly options: RouteCallOptions
}

export interface ScriptedPool extends RoutePool {
  readonly calls: ScriptedCall[]
  state: RouteHealthState
}

/** A pool whose answers are chosen by the test; it stands for any object of the shape that the routes ask for. */
export function scriptedPool(
  answer: (call: ScriptedCall) => unknown = ({ method }) => `answer of ${method}`,
): ScriptedPool {
  const calls: ScriptedCall[] = []
  const pool: ScriptedPool = {
    calls,
    state: 'ready',
    health: () => ({ state: pool.state }),
    profile(profile) {
      const ask =
        (method: keyof RouteProfile) =>
        async (prompt: string, options: RouteCallOptions): Promise<never> => {
          const call = { profile, method, prompt, options }
          calls.push(call)
          return (await answer(call)) as never
        }
      return {
        chat: ask('chat'),
        showSql: ask('showSql'),
        explainSql: ask('explainSql'),
        runSql: ask('runSql'),
        narrate: ask('narrate'),
        showPrompt: ask('showPrompt'),
      }
    },
  }
  return pool
}
