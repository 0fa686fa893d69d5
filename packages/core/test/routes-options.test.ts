import { SelectAIArgumentError } from '@select-ai/core'
import { createRoutes, type RoutesOptions, routeActions } from '@select-ai/core/routes'
import { describe, expect, test } from 'vitest'
import { scriptedPool } from './routes-scripted-pool.ts'

const valid: RoutesOptions = { pool: scriptedPool(), actions: ['chat'], profiles: ['SALES'] }

function mistakeOf(change: object): SelectAIArgumentError {
  try {
    createRoutes({ ...valid, ...change } as RoutesOptions)
  } catch (error) {
    if (SelectAIArgumentError.isInstance(error)) return error
    throw error
  }
  throw new Error('the options were accepted')
}

describe('options of createRoutes', () => {
  test.each<[string, object, string, RegExp]>([
    ['no pool', { pool: undefined }, 'pool', /createPool/],
    ['something that is no pool', { pool: { profile: () => {} } }, 'pool', /createPool/],
    ['no actions', { actions: undefined }, 'actions', /chat, show_sql/],
    ['an empty list of actions', { actions: [] }, 'actions', /at least one/],
    ['an unknown action', { actions: ['chat', 'runsql'] }, 'actions', /'runsql' is none of/],
    ['a name of Object.prototype as an action', { actions: ['constructor'] }, 'actions', /'constructor' is none of/],
    ['an action listed twice', { actions: ['chat', 'chat'] }, 'actions', /twice/],
    ['no profiles', { profiles: undefined }, 'profiles', /list of profile names/],
    ['an empty list of profiles', { profiles: [] }, 'profiles', /at least one/],
    ['an empty profile name', { profiles: ['SALES', ' '] }, 'profiles', /empty/],
    ['a profile named twice', { profiles: ['SALES', 'SALES'] }, 'profiles', /twice/],
    ['a profile without a policy', { profiles: { SALES: true } }, "profiles['SALES']", /object/],
    ['an unknown policy', { profiles: { SALES: { action: ['chat'] } } }, "profiles['SALES']", /'action' is no option/],
    [
      'a policy for an action that is not mounted',
      { profiles: { SALES: { actions: ['narrate'] } } },
      "profiles['SALES'].actions",
      /'narrate' is none of chat/,
    ],
    ['a default profile that is not in the list', { defaultProfile: 'HR' }, 'defaultProfile', /SALES/],
    ['a limit of no characters', { maxPromptCharacters: 0 }, 'maxPromptCharacters', /whole number/],
    ['a limit that is a text', { maxRows: '10' }, 'maxRows', /whole number/],
    ['a body of no bytes', { maxBodyBytes: 0 }, 'maxBodyBytes', /whole number/],
    ['a heartbeat without a pause', { heartbeatMs: 0 }, 'heartbeatMs', /whole number/],
    ['a timeout beyond what a timer can do', { timeoutMs: 2 ** 31 }, 'timeoutMs', /2147483647/],
    ['a prefix without a slash', { prefix: 'ai' }, 'prefix', /starts with '\/'/],
    ['a prefix that ends with a slash', { prefix: '/ai/' }, 'prefix', /end/],
    ['a prefix with a parameter', { prefix: '/:tenant' }, 'prefix', /plain path/],
    ['health that is no boolean', { health: 'yes' }, 'health', /true or false/],
    ['a hook that is no function', { onError: 'log' }, 'onError', /function/],
    ['an option that does not exist', { profile: 'SALES' }, 'options', /'profile' is no option/],
  ])('%s is refused when the routes are made, with the name of the option', (_what, change, argument, message) => {
    const mistake = mistakeOf(change)
    expect(mistake.argument).toBe(argument)
    expect(mistake.message).toMatch(message)
  })

  test('only the listed actions and the health routes get a path', () => {
    const { list } = createRoutes({ ...valid, actions: ['show_sql', 'chat'] })
    expect(list.map(({ methods, path, name }) => [name, methods.join(' '), path])).toEqual([
      ['show_sql', 'GET POST', '/show_sql'],
      ['chat', 'GET POST', '/chat'],
      ['livez', 'GET HEAD', '/livez'],
      ['readyz', 'GET HEAD', '/readyz'],
    ])
    for (const { summary } of list) expect(summary).toMatch(/\.$/)
  })

  test('the prefix is put before the actions and leaves the health routes at the root', () => {
    const { list } = createRoutes({ ...valid, prefix: '/api/ai' })
    expect(list.map(({ path }) => path)).toEqual(['/api/ai/chat', '/livez', '/readyz'])
  })

  test('health routes can be left out', () => {
    const { list } = createRoutes({ ...valid, actions: [...routeActions], health: false })
    expect(list.map(({ name }) => name)).toEqual([
      'chat',
      'show_sql',
      'explain_sql',
      'run_sql',
      'narrate',
      'show_prompt',
    ])
  })

  test('making routes asks nothing of the pool but whether the profiles can have such names', () => {
    const pool = scriptedPool()
    createRoutes({ ...valid, pool })
    expect(pool.calls).toEqual([])
  })
})
