import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { environmentVariables } from '../src/config/environment-variables.ts'
import type { PoolOptions } from '../src/config/pool-options.ts'
import { resolvePoolOptions } from '../src/config/resolve-pool-options.ts'
import { ConfigurationError, SelectAIArgumentError } from '../src/index.ts'

const required = { user: 'DEMO', password: 'canary-password', connectString: 'localhost/FREEPDB1' }

describe('settings', () => {
  it('takes the option before the environment and the environment before the default', () => {
    const environment = { SELECT_AI_POOL_MAX: '9', SELECT_AI_POOL_MIN: '2' }
    const settings = resolvePoolOptions({ ...required, poolMax: 7 }, environment)
    expect(settings).toMatchObject({ poolMax: 7, poolMin: 2, poolIncrement: 1, name: 'default', verify: 'connect' })
  })

  it.each(environmentVariables.filter(({ variable }) => variable !== undefined))(
    'reads $option from $variable when it is called',
    ({ option, variable, kind, choices }) => {
      const text = kind === 'identifier' ? 'SOME_SCHEMA' : 'some text'
      const value = kind === 'integer' ? 3 : (choices?.at(-1) ?? text)
      const environment = {
        SELECT_AI_USER: 'u',
        SELECT_AI_PASSWORD: 'p',
        SELECT_AI_DB_CONNECT_STRING: 'c',
        [variable as string]: String(value),
      }
      expect(resolvePoolOptions({}, environment)[option as keyof PoolOptions]).toBe(value)
    },
  )

  it('counts an empty variable as unset', () => {
    expect(resolvePoolOptions(required, { SELECT_AI_POOL_MAX: '' }).poolMax).toBe(4)
  })

  it('names option, variable and default of a setting that is missing', () => {
    expect(() => resolvePoolOptions({}, {})).toThrow(
      expect.objectContaining({
        code: 'CONFIGURATION',
        setting: 'user',
        message: expect.stringMatching(/option user, environment variable SELECT_AI_USER, no default/),
      }),
    )
  })

  it.each([
    ['0', 'SELECT_AI_POOL_MAX'],
    ['four', 'SELECT_AI_POOL_MAX'],
    ['1.5', 'SELECT_AI_QUEUE_TIMEOUT_MS'],
    ['99999999999', 'SELECT_AI_CALL_TIMEOUT_MS'],
    ['-1', 'SELECT_AI_QUEUE_MAX'],
    ['sometimes', 'SELECT_AI_VERIFY'],
  ])('refuses %j for %s', (value, variable) => {
    const attempt = () => resolvePoolOptions(required, { [variable]: value })
    expect(attempt).toThrow(ConfigurationError)
    expect(attempt).toThrow(variable)
  })

  it('refuses numbers given as text in options', () => {
    expect(() => resolvePoolOptions({ ...required, poolMax: '4' as unknown as number }, {})).toThrow(ConfigurationError)
  })

  it('refuses a minimum above the maximum', () => {
    expect(() => resolvePoolOptions({ ...required, poolMin: 5, poolMax: 4 }, {})).toThrow(/poolMin \(5/)
  })

  it('refuses an option that does not exist and lists those that do', () => {
    const attempt = () => resolvePoolOptions({ ...required, poolMaximum: 4 } as PoolOptions, {})
    expect(attempt).toThrow(SelectAIArgumentError)
    expect(attempt).toThrow(/poolMaximum.*poolMax/)
  })

  it('does not show secrets when settings are printed or serialised', () => {
    const settings = resolvePoolOptions({ ...required, walletPassword: 'canary-wallet' }, {})
    expect(settings.password).toBe('canary-password')
    expect(inspect(settings) + JSON.stringify(settings) + JSON.stringify({ ...settings })).not.toContain('canary')
  })

  it('does not change the options that it is given', () => {
    const options = Object.freeze({ ...required })
    expect(() => resolvePoolOptions(options, {})).not.toThrow()
  })
})
