import { describe, expect, it } from 'vitest'
import { isFormPart, loginForm, readLoginForm, withoutForms } from '../src/cluster/login-form.ts'

const login = { dsn: 'db.example.com/sales', user: 'APP', password: ' CANARY-secret ', team: 'SALES_TEAM' }
const metadata = { mimeType: 'application/a2ui+json' }

/** A part as a client sends it when its form is submitted. */
function filled(context: object, name = 'select_ai_login'): object {
  const timestamp = '2026-01-15T12:00:00Z'
  const action = { name, surfaceId: 'form-1', sourceComponentId: 'submit', timestamp, context }
  return { kind: 'data', data: [{ version: 'v0.9.1', action }], metadata }
}

describe('the form', () => {
  it('creates its surface, then fills it from a root whose children all exist', () => {
    const { data, metadata: named } = loginForm('form-1')
    expect(named).toEqual(metadata)
    expect(data).toMatchObject([
      { version: 'v0.9.1', createSurface: { surfaceId: 'form-1', catalogId: expect.stringContaining('v0_9_1') } },
      { version: 'v0.9.1', updateComponents: { surfaceId: 'form-1' } },
    ])
    const { components } = (data[1] as { updateComponents: { components: { id: string; children?: string[] }[] } })
      .updateComponents
    const ids = components.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids).toEqual(expect.arrayContaining(components[0]?.children ?? ['no root']))
    expect(components[0]?.id).toBe('root')
  })

  it('asks for four fields, hides the password and sends all of them', () => {
    const json = JSON.stringify(loginForm('form-1'))
    for (const name of Object.keys(login)) expect(json.split(`{"path":"/${name}"}`)).toHaveLength(3)
    expect(json).toMatch(/"id":"password"[^{]*"value":\{"path":"\/password"\},"variant":"obscured"/)
  })
})

describe('a filled form', () => {
  it('is read with blanks at the ends taken off, save those of the password', () => {
    const message = { parts: [{ text: 'hello' }, filled({ ...login, dsn: ` ${login.dsn}\n` })] }
    expect(readLoginForm(message)).toEqual({ login })
  })

  it('is read in the shapes that data has in version 0.3', () => {
    const part = filled(login) as { readonly data: readonly object[] }
    for (const data of [{ value: part.data }, part.data[0]]) {
      expect(readLoginForm({ parts: [{ ...part, data }] })).toEqual({ login })
    }
  })

  it('is the last one where there are several', () => {
    const message = { parts: [filled({ ...login, user: 'OLD' }), filled(login)] }
    expect(readLoginForm(message)).toEqual({ login })
  })

  it.each([
    ['dsn', 'Connect string'],
    ['user', 'User'],
    ['password', 'Password'],
    ['team', 'Agent team'],
  ])('has a mistake when %s is left out, blank, too long or no text', (name, label) => {
    for (const value of [undefined, ' ', 'x'.repeat(1025), 7, { CANARY: 1 }]) {
      const form = readLoginForm({ parts: [filled({ ...login, [name]: value })] })
      expect(form).toEqual({ mistake: expect.stringMatching(`^${label}.*: fill in`) })
      expect(JSON.stringify(form)).not.toContain('CANARY')
    }
  })

  it.each([
    [[]],
    [[{ text: 'hello' }]],
    [[filled(login, 'another_action')]],
    [[{ data: [null, 7, { action: null }], metadata }]],
    [[{ data: 'text', metadata }]],
    [[{ data: [{ action: { name: 'select_ai_login', context: login } }] }]],
    [undefined],
  ])('is none: %j', (parts) => {
    expect(readLoginForm({ parts })).toBeUndefined()
  })
})

describe('what is kept of a message', () => {
  it('has no form of it, submitted or not, and no state of a form', () => {
    const parts = [
      { text: 'hello' },
      filled(login),
      filled(login, 'another'),
      { data: login, mediaType: metadata.mimeType },
    ]
    const kept = withoutForms({
      messageId: 'm',
      parts,
      metadata: { a2uiClientDataModel: { surfaces: { 'form-1': login } }, a2uiClientCapabilities: {} },
    })
    expect(kept).toEqual({ messageId: 'm', parts: [{ text: 'hello' }], metadata: { a2uiClientCapabilities: {} } })
    expect(JSON.stringify(kept)).not.toContain('CANARY')
  })

  it('leaves the message that came as it was', () => {
    const message = { parts: [filled(login)] }
    withoutForms(message)
    expect(message.parts).toHaveLength(1)
    expect(message.parts.every(isFormPart)).toBe(true)
  })
})
