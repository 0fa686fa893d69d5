import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { fromDriverError, isBreakConfirmation, isConnectionFatal } from '../src/errors/from-driver-error.ts'
import {
  CallAbortedError,
  ConnectError,
  DatabaseError,
  LoginError,
  ProfileNotFoundError,
  ProviderError,
  SelectAIError,
} from '../src/index.ts'

function driverError(code: string, text = 'canary text of the driver'): Error {
  const number = code.startsWith('ORA-') ? Number(code.slice(4)) : undefined
  return Object.assign(new Error(`${code}: ${text}`), { code, ...(number === undefined ? {} : { errorNum: number }) })
}

describe('errors of the driver', () => {
  it.each([
    ['ORA-01017', 'connect', 'LOGIN_FAILED', false],
    ['ORA-28000', 'connect', 'LOGIN_FAILED', false],
    ['ORA-12514', 'connect', 'CONNECT_FAILED', true],
    ['NJS-518', 'connect', 'CONNECT_FAILED', true],
    ['NJS-503', 'connect', 'CONNECT_FAILED', true],
    ['NJS-500', 'connect', 'CONNECT_FAILED', true],
    ['NJS-999', 'connect', 'CONNECT_FAILED', true],
    ['NJS-500', 'call', 'CONNECTION_LOST', true],
    ['ORA-03113', 'call', 'CONNECTION_LOST', true],
    ['ORA-20046', 'call', 'PROFILE_NOT_FOUND', false],
    ['ORA-20000', 'call', 'PROVIDER_FAILED', true],
    ['ORA-20401', 'call', 'PROVIDER_FAILED', true],
    ['ORA-20429', 'call', 'PROVIDER_FAILED', true],
    ['ORA-29273', 'call', 'PROVIDER_FAILED', true],
    ['ORA-01031', 'call', 'MISSING_PRIVILEGE', false],
    ['ORA-24247', 'call', 'NETWORK_ACCESS_DENIED', false],
    ['ORA-20004', 'call', 'PROFILE_CREDENTIAL_MISSING', false],
    ['ORA-00942', 'call', 'DATABASE_ERROR', false],
    ['ORA-20777', 'call', 'DATABASE_ERROR', false],
    ['NJS-098', 'call', 'DATABASE_ERROR', false],
  ] as const)('%s during %s becomes %s', (code, phase, expected, retryable) => {
    const cause = driverError(code)
    const error = fromDriverError(cause, { phase, profile: 'SALES' })
    expect(error).toMatchObject({ code: expected, retryable, cause })
    expect(error.message).not.toContain('canary')
  })

  it('tells a missing package from other compilation errors', () => {
    const missing = driverError(
      'ORA-06550',
      "line 4, column 13:\nPLS-00201: identifier 'DBMS_CLOUD_AI.GENERATE' must be declared",
    )
    expect(fromDriverError(missing, { phase: 'call' }).code).toBe('MISSING_PRIVILEGE')
    expect(fromDriverError(driverError('ORA-06550', 'PLS-00306: wrong number'), { phase: 'call' }).code).toBe(
      'DATABASE_ERROR',
    )
  })

  it.each([
    ['ORA-20000', 'ORA-24247: Network access denied by access control list (ACL)', 'NETWORK_ACCESS_DENIED'],
    [
      'ORA-29273',
      'HTTP request failed\nORA-24247: network access denied by access control list',
      'NETWORK_ACCESS_DENIED',
    ],
    ['ORA-20000', 'Data access is disabled for SELECT AI.', 'DATA_ACCESS_DISABLED'],
    ['ORA-20000', 'Something else', 'PROVIDER_FAILED'],
  ])('tells apart what %s stands for by its text: %s', (code, text, expected) => {
    expect(fromDriverError(driverError(code, text), { phase: 'call' }).code).toBe(expected)
  })

  it.each([
    ['Credential KEY does not exist', 'KEY'],
    ['Credential "APP"."KEY" does not exist', 'APP.KEY'],
    ['something that names none', undefined],
  ])('finds the credential in %j', (text, credential) => {
    const error = fromDriverError(driverError('ORA-20004', text), { phase: 'call', profile: 'SALES' })
    expect(error).toMatchObject({ credential, profile: 'SALES' })
  })

  it('keeps the number of Oracle for what has no class of its own', () => {
    const error = fromDriverError(driverError('ORA-00942'), { phase: 'call' })
    expect(error).toMatchObject({ errorNumber: 942, databaseCode: 'ORA-00942' })
  })

  it('knows which errors leave the connection unusable and which one confirms a break', () => {
    expect(isConnectionFatal(driverError('NJS-500'))).toBe(true)
    expect(isConnectionFatal(driverError('ORA-00028'))).toBe(true)
    expect(isConnectionFatal(driverError('ORA-01013'))).toBe(false)
    expect(isConnectionFatal(new Error('application'))).toBe(false)
    expect(isBreakConfirmation(driverError('ORA-01013'))).toBe(true)
    expect(isBreakConfirmation(driverError('ORA-00001'))).toBe(false)
  })

  it('lets errors of this package pass', () => {
    const error = new ProviderError()
    expect(fromDriverError(error, { phase: 'call' })).toBe(error)
  })

  it.each([undefined, null, 'text', 7, new Error('plain')])('makes something of %s', (thrown) => {
    expect(fromDriverError(thrown, { phase: 'call' })).toBeInstanceOf(DatabaseError)
  })
})

describe('SelectAIError', () => {
  it('recognises its own class and the base, also across copies of the package', () => {
    const error = new LoginError()
    expect(SelectAIError.isInstance(error)).toBe(true)
    expect(LoginError.isInstance(error)).toBe(true)
    expect(ConnectError.isInstance(error)).toBe(false)
    const foreign = Object.assign(new Error('from another copy'), { [Symbol.for('select-ai.error')]: 'LOGIN_FAILED' })
    expect(SelectAIError.isInstance(foreign)).toBe(true)
    expect(LoginError.isInstance(foreign)).toBe(true)
    expect(ConnectError.isInstance(foreign)).toBe(false)
    expect(SelectAIError.isInstance(new Error('other'))).toBe(false)
    expect(SelectAIError.isInstance(undefined)).toBe(false)
  })

  it('carries its name, its facts and its cause', () => {
    const cause = new Error('gone')
    const error = new CallAbortedError({ phase: 'calling', cause })
    expect(error).toMatchObject({ name: 'CallAbortedError', code: 'CALL_ABORTED', phase: 'calling', cause })
    expect(inspect(error)).toContain('CallAbortedError')
    expect(new ProfileNotFoundError({ profile: 'SALES' }).profile).toBe('SALES')
  })
})
