import { describe, expect, test } from 'vitest'
import type { TranslateRequest } from '../src/models/model.ts'
import { createOfflineModel } from '../src/models/offline/offline-model.ts'
import { cloudAiSession, scriptedModel } from './cloud-ai-fixture.ts'

const call = { TEXT: 'Thank you', PROFILE_NAME: 'OCI_AI_PROFILE', TARGET_LANGUAGE: 'de' }

function recordingSession() {
  const requests: TranslateRequest[] = []
  const model = scriptedModel({
    translate: async (request) => {
      requests.push(request)
      return `in ${request.targetLanguage}`
    },
  })
  return { requests, session: cloudAiSession(model) }
}

describe('TRANSLATE', () => {
  test('takes languages by name or code and hands the codes to the model', async () => {
    const { requests, session } = recordingSession()
    await session.call('TRANSLATE', { ...call, SOURCE_LANGUAGE: 'english', TARGET_LANGUAGE: 'Brazilian Portuguese' })
    await session.call('TRANSLATE', { ...call, TARGET_LANGUAGE: 'FR-ca' })
    expect(requests).toMatchObject([
      { text: 'Thank you', sourceLanguage: 'en', targetLanguage: 'pt-BR', attributes: { provider: 'oci' } },
      { sourceLanguage: undefined, targetLanguage: 'fr-CA' },
    ])
  })

  test('takes languages that are not given from the profile', async () => {
    const { requests, session } = recordingSession()
    const attributes = { provider: 'oci', source_language: 'Dutch', target_language: 'it' }
    session.profiles.create('DEMO', { name: 'DUTCH', attributes })
    await session.call('TRANSLATE', { TEXT: 'Dank je', PROFILE_NAME: 'DUTCH' })
    await session.call('TRANSLATE', { TEXT: 'Dank je', PROFILE_NAME: 'DUTCH', TARGET_LANGUAGE: 'en' })
    expect(requests).toMatchObject([
      { sourceLanguage: 'nl', targetLanguage: 'it' },
      { sourceLanguage: 'nl', targetLanguage: 'en' },
    ])
  })

  test('is what the action translate does, with languages from the attributes', async () => {
    const { requests, session } = recordingSession()
    const question = { PROMPT: 'Je dois traduire ceci', PROFILE_NAME: 'OCI_AI_PROFILE', ACTION: 'translate' }
    const ATTRIBUTES = '{"target_language": "en", "source_language": "fr"}'
    await expect(session.call('GENERATE', { ...question, ATTRIBUTES })).resolves.toBe('in en')
    expect(requests).toMatchObject([{ text: 'Je dois traduire ceci', sourceLanguage: 'fr', targetLanguage: 'en' }])
    await expect(session.call('GENERATE', question)).rejects.toThrow('ORA-20000: Missing target language')
  })

  test.each([
    ['no text', { TEXT: ' ' }, 20000, 'Text cannot be null or empty'],
    ['an unknown profile', { PROFILE_NAME: 'NOBODY' }, 20046, 'Invalid profile NOBODY'],
    ['no target', { TARGET_LANGUAGE: null }, 20000, 'Missing target language'],
    ['an unknown target', { TARGET_LANGUAGE: 'Klingon' }, 20000, 'Unsupported language - Klingon'],
    ['an unknown source', { SOURCE_LANGUAGE: 'xx' }, 20000, 'Unsupported language - xx'],
    ['a provider that does not translate', { PROFILE_NAME: 'OTHER' }, 20000, 'not supported for provider openai'],
  ])('refuses %s', async (_, values, number, text) => {
    const { requests, session } = recordingSession()
    session.profiles.create('DEMO', { name: 'OTHER', attributes: { provider: 'openai' } })
    const refused = session.call('TRANSLATE', { ...call, ...values })
    await expect(refused).rejects.toMatchObject({ number, message: expect.stringContaining(text) })
    expect(requests).toEqual([])
  })

  test('says so when the model does not translate', async () => {
    const session = cloudAiSession(scriptedModel())
    await expect(session.call('TRANSLATE', call)).rejects.toThrow('ORA-20000: The model scripted does not translate')
  })
})

describe('TRANSLATE with the offline model', () => {
  const session = cloudAiSession(createOfflineModel())

  test.each([
    ['Thank you', 'en', 'de', 'Danke'],
    ['thank you!', 'English', 'German', 'Danke!'],
    ['¿Cómo está?', 'es', 'en', 'How are you?'],
    ['Mañana', null, 'French', 'Demain'],
    ['Yes', 'en', 'pt-BR', 'Sim'],
  ])('knows %s', async (text, from, to, translation) => {
    const values = { ...call, TEXT: text, SOURCE_LANGUAGE: from, TARGET_LANGUAGE: to }
    await expect(session.call('TRANSLATE', values)).resolves.toBe(translation)
  })

  test.each([
    ['The quarterly report is late.', 'de'],
    ['Thank you', 'ja'],
  ])('says of %s in %s that it is no translator', async (text, to) => {
    const answer = String(await session.call('TRANSLATE', { ...call, TEXT: text, TARGET_LANGUAGE: to }))
    expect(answer).toContain('no translator')
  })
})
