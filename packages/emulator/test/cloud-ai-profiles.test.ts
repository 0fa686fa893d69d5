import { describe, expect, test } from 'vitest'
import { cloudAiSession, scriptedModel } from './cloud-ai-fixture.ts'

const attributes = JSON.stringify({ provider: 'openai', model: 'm', object_list: [{ owner: 'SH', name: 'SALES' }] })

describe('profiles', () => {
  test('can be created, changed, switched off and on, and dropped', async () => {
    const { profiles, call } = cloudAiSession(scriptedModel())
    await call('CREATE_PROFILE', { PROFILE_NAME: 'mine', ATTRIBUTES: attributes, DESCRIPTION: 'my own' })
    expect(profiles.get('demo', 'Mine')).toMatchObject({
      owner: 'DEMO',
      name: 'MINE',
      status: 'ENABLED',
      description: 'my own',
      attributes: { provider: 'openai', model: 'm', object_list: [{ owner: 'SH', name: 'SALES' }] },
    })
    await call('SET_ATTRIBUTE', { PROFILE_NAME: 'MINE', ATTRIBUTE_NAME: 'TEMPERATURE', ATTRIBUTE_VALUE: '0.5' })
    await call('SET_ATTRIBUTES', { PROFILE_NAME: 'MINE', ATTRIBUTES: '{"comments": true, "model": null}' })
    expect(profiles.get('DEMO', 'MINE').attributes).toEqual({
      provider: 'openai',
      object_list: [{ owner: 'SH', name: 'SALES' }],
      temperature: 0.5,
      comments: true,
    })
    await call('DISABLE_PROFILE', { PROFILE_NAME: 'mine' })
    const question = { PROMPT: 'x', PROFILE_NAME: 'mine', ACTION: 'chat' }
    await expect(call('GENERATE', question)).rejects.toMatchObject({ number: 20046 })
    await call('ENABLE_PROFILE', { PROFILE_NAME: 'mine' })
    await expect(call('GENERATE', question)).resolves.toBe('a chat answer')
    await call('DROP_PROFILE', { PROFILE_NAME: 'mine' })
    expect(profiles.find('DEMO', 'MINE')).toBeUndefined()
  })

  test('can be created switched off', async () => {
    const { profiles, call } = cloudAiSession(scriptedModel())
    await call('CREATE_PROFILE', { PROFILE_NAME: 'off', ATTRIBUTES: attributes, STATUS: 'disabled' })
    expect(profiles.get('DEMO', 'OFF').status).toBe('DISABLED')
  })

  test('belong to their owner; every owner starts with the demo profiles', async () => {
    const { profiles, call } = cloudAiSession(scriptedModel())
    await call('CREATE_PROFILE', { PROFILE_NAME: 'mine', ATTRIBUTES: attributes })
    expect(profiles.list('DEMO').map(({ name }) => name)).toEqual(['OCI_AI_PROFILE', 'FILM_AI_PROFILE', 'MINE'])
    expect(profiles.list('OTHER').map(({ name }) => name)).toEqual(['OCI_AI_PROFILE', 'FILM_AI_PROFILE'])
  })

  test('that do not exist can be dropped with force only', async () => {
    const { call } = cloudAiSession(scriptedModel())
    await expect(call('DROP_PROFILE', { PROFILE_NAME: 'nobody' })).rejects.toThrow('ORA-20046: Invalid profile nobody')
    await expect(call('DROP_PROFILE', { PROFILE_NAME: 'nobody', FORCE: true })).resolves.toBeNull()
  })

  test.each([
    ['a name that is taken', { PROFILE_NAME: 'oci_ai_profile', ATTRIBUTES: attributes }, 20046],
    ['no name', { PROFILE_NAME: null, ATTRIBUTES: attributes }, 20046],
    ['a name that is no name', { PROFILE_NAME: 'a b', ATTRIBUTES: attributes }, 20046],
    ['a name that is too long', { PROFILE_NAME: 'n'.repeat(129), ATTRIBUTES: attributes }, 20046],
    ['neither provider nor endpoint', { PROFILE_NAME: 'p', ATTRIBUTES: '{"model": "m"}' }, 20047],
    ['no attributes', { PROFILE_NAME: 'p' }, 20047],
    ['an unknown provider', { PROFILE_NAME: 'p', ATTRIBUTES: '{"provider": "oracle of delphi"}' }, 20047],
    ['an unknown attribute', { PROFILE_NAME: 'p', ATTRIBUTES: '{"provider": "oci", "x": 1}' }, 20047],
    [
      'an object list without owner',
      { PROFILE_NAME: 'p', ATTRIBUTES: '{"provider": "oci", "object_list": [{}]}' },
      20047,
    ],
    ['attributes that are no JSON', { PROFILE_NAME: 'p', ATTRIBUTES: 'provider=oci' }, 40441],
    ['a long description', { PROFILE_NAME: 'p', ATTRIBUTES: attributes, DESCRIPTION: 'd'.repeat(5000) }, 20045],
    ['an unknown status', { PROFILE_NAME: 'p', ATTRIBUTES: attributes, STATUS: 'asleep' }, 20000],
  ])('are not created with %s', async (_, values, code) => {
    const { profiles, call } = cloudAiSession(scriptedModel())
    await expect(call('CREATE_PROFILE', values)).rejects.toMatchObject({ number: code })
    expect(profiles.list('DEMO')).toHaveLength(2)
  })

  test('stay as they were when a change is refused', async () => {
    const { profiles, call } = cloudAiSession(scriptedModel())
    const before = profiles.get('DEMO', 'OCI_AI_PROFILE')
    const change = { PROFILE_NAME: 'OCI_AI_PROFILE', ATTRIBUTES: '{"model": "m", "provider": null}' }
    await expect(call('SET_ATTRIBUTES', change)).rejects.toMatchObject({ number: 20047 })
    expect(profiles.get('DEMO', 'OCI_AI_PROFILE')).toBe(before)
  })
})
