import { describe, expect, it } from 'vitest'
import { LoginForm } from '../src/cluster/login-form.ts'

const login = { dsn: 'db.example.com/sales', user: 'APP', password: ' CANARY-secret ', team: 'SALES_TEAM' }
const metadata = { mimeType: 'application/a2ui+json' }
const form = new LoginForm({})

/** A part as a client sends it when its form is submitted. */
function filled(context: object, name = 'select_ai_login'): object {
  const timestamp = '2026-01-15T12:00:00Z'
  const action = { name, surfaceId: 'form-1', sourceComponentId: 'submit', timestamp, context }
  return { kind: 'data', data: [{ version: 'v0.9.1', action }], metadata }
}

describe('the form', () => {
  it('creates its surface, then fills it from a root whose children all exist', () => {
    const messages = form.messages('form-1', 'basic')
    expect(messages).toMatchObject([
      { createSurface: { surfaceId: 'form-1', catalogId: 'basic' } },
      { updateComponents: { surfaceId: 'form-1' } },
    ])
    const { components } = (messages[1] as { updateComponents: { components: { id: string; children?: string[] }[] } })
      .updateComponents
    const ids = components.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids).toEqual(expect.arrayContaining(components[0]?.children ?? ['no root']))
    expect(components[0]?.id).toBe('root')
  })

  it('asks for four fields, hides the password and sends all of them', () => {
    const json = JSON.stringify(form.messages('form-1', 'basic'))
    for (const name of Object.keys(login)) expect(json.split(`{"path":"/${name}"}`)).toHaveLength(3)
    expect(json).toMatch(/"id":"password"[^{]*"value":\{"path":"\/password"\},"variant":"obscured"/)
  })

  it('asks for what is not given alone, and takes no other value for that', () => {
    const short = new LoginForm({ dsn: 'db.example.com/hr', team: 'HR_TEAM' })
    const json = JSON.stringify(short.messages('form-1', 'basic'))
    for (const name of ['dsn', 'team']) expect(json).not.toContain(`/${name}"`)
    const { user, password } = login
    expect(short.read({ parts: [filled(login)] })).toEqual({
      login: { user, password, dsn: 'db.example.com/hr', team: 'HR_TEAM' },
    })
    expect(short.read({ parts: [filled({ password })] })).toEqual({ mistake: expect.stringMatching(/^User/) })
  })
})

describe('a filled form', () => {
  it('is read with blanks at the ends taken off, save those of the password', () => {
    const message = { parts: [{ text: 'hello' }, filled({ ...login, dsn: ` ${login.dsn}\n` })] }
    expect(form.read(message)).toEqual({ login })
  })

  it('is the last one where there are several', () => {
    const message = { parts: [filled({ ...login, user: 'OLD' }), filled(login)] }
    expect(form.read(message)).toEqual({ login })
  })

  it.each([
    ['dsn', 'Connect string'],
    ['user', 'User'],
    ['password', 'Password'],
    ['team', 'Agent team'],
  ])('has a mistake when %s is left out, blank, too long or no text', (name, label) => {
    for (const value of [undefined, ' ', 'x'.repeat(1025), 7, { CANARY: 1 }]) {
      const read = form.read({ parts: [filled({ ...login, [name]: value })] })
      expect(read).toEqual({ mistake: expect.stringMatching(`^${label}.*: fill in`) })
      expect(JSON.stringify(read)).not.toContain('CANARY')
    }
  })

  it.each([[[]], [[{ text: 'hello' }]], [[filled(login, 'another_action')]], [undefined]])('is none: %j', (parts) => {
    expect(form.read({ parts })).toBeUndefined()
  })
})
