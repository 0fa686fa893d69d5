import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import type { SummarizeRequest } from '../src/models/model.ts'
import { createOfflineModel } from '../src/models/offline/offline-model.ts'
import { cloudAiSession, scriptedModel } from './cloud-ai-fixture.ts'

const call = { CONTENT: 'A text.', PROFILE_NAME: 'OCI_AI_PROFILE' }

const report = [
  'Promotions bring customers into the shops. The weather was fine on Monday.',
  'Most promotions run on television, and television promotions cost most.',
  'Nobody knows why. Customers remember promotions that they saw twice.',
].join('\n')

function recordingSession() {
  const requests: SummarizeRequest[] = []
  const model = scriptedModel({
    summarize: async (request) => {
      requests.push(request)
      return `${request.content.length} characters`
    },
  })
  return { requests, session: cloudAiSession(model) }
}

describe('SUMMARIZE', () => {
  test('hands text, wishes and the attributes of the profile to the model', async () => {
    const { requests, session } = recordingSession()
    const params = {
      Min_Words: 5,
      max_words: 50,
      summary_style: 'LIST',
      chunk_processing_method: 'iterative_refinement',
      extractiveness_level: 'high',
    }
    const values = { ...call, USER_PROMPT: 'Keep dates.', PARAMS: JSON.stringify(params) }
    await expect(session.call('SUMMARIZE', values)).resolves.toBe('7 characters')
    expect(requests).toMatchObject([
      {
        content: 'A text.',
        userPrompt: 'Keep dates.',
        minWords: 5,
        maxWords: 50,
        style: 'list',
        chunkProcessing: 'iterative_refinement',
        extractiveness: 'high',
        attributes: { provider: 'oci' },
      },
    ])
  })

  test('is what the action summarize does with its defaults', async () => {
    const { requests, session } = recordingSession()
    await session.call('SUMMARIZE', { ...call, PARAMS: '{"max_words": null}' })
    const question = { PROMPT: 'A text.', PROFILE_NAME: 'OCI_AI_PROFILE', ACTION: 'Summarize' }
    await expect(session.call('GENERATE', question)).resolves.toBe('7 characters')
    expect(requests).toHaveLength(2)
    expect(requests[1]).toEqual(requests[0])
    expect(requests[0]).toMatchObject({ minWords: undefined, maxWords: undefined, style: 'paragraph' })
  })

  test('uses the profile of the session when the call names none', async () => {
    const { session } = recordingSession()
    await expect(session.call('SUMMARIZE', { CONTENT: 'x' })).rejects.toMatchObject({ number: 20046 })
    await session.call('SET_PROFILE', { PROFILE_NAME: 'OCI_AI_PROFILE' })
    await expect(session.call('SUMMARIZE', { CONTENT: 'x' })).resolves.toBe('1 characters')
  })

  test.each([
    ['neither text nor location', { CONTENT: ' ' }, 20000, 'Either content or location_uri'],
    ['both text and location', { LOCATION_URI: 'http://127.0.0.1/' }, 20000, 'Only one of content and location_uri'],
    ['an unknown profile', { PROFILE_NAME: 'NOBODY' }, 20046, 'Invalid profile NOBODY'],
    ['params that are no JSON', { PARAMS: 'x' }, 40441, 'JSON syntax error'],
    ['an unknown key', { PARAMS: '{"colour": 1}' }, 20000, 'Invalid parameter in params - colour'],
    ['an inherited key', { PARAMS: '{"constructor": 1}' }, 20000, 'Invalid parameter in params - constructor'],
    ['a style that does not exist', { PARAMS: '{"summary_style": "poem"}' }, 20000, 'summary_style - poem'],
    ['a number of words that is none', { PARAMS: '{"max_words": "many"}' }, 20000, 'max_words - many'],
    ['no words at all', { PARAMS: '{"min_words": 0}' }, 20000, 'min_words - 0'],
    ['words the wrong way round', { PARAMS: '{"min_words": 9, "max_words": 8}' }, 20000, 'min_words cannot be greater'],
  ])('refuses %s', async (_, values, number, text) => {
    const { requests, session } = recordingSession()
    const refused = session.call('SUMMARIZE', { ...call, ...values })
    await expect(refused).rejects.toMatchObject({ number, message: expect.stringContaining(text) })
    expect(requests).toEqual([])
  })

  test('says so when the model does not summarize, and ends with a break', async () => {
    const without = cloudAiSession(scriptedModel())
    await expect(without.call('SUMMARIZE', call)).rejects.toThrow('ORA-20000: The model scripted does not summarize')
    const deaf = cloudAiSession(scriptedModel({ summarize: () => new Promise(() => {}) }))
    const stuck = deaf.call('SUMMARIZE', call)
    deaf.controller.abort()
    await expect(stuck).rejects.toThrow('ORA-01013')
  })
})

describe('SUMMARIZE of a location', () => {
  let server: Server | undefined

  afterEach(async () => {
    server?.closeAllConnections()
    server?.close()
    if (server?.listening) await once(server, 'close')
  })

  async function serve(status: number, body: string, headers: Record<string, string> = {}): Promise<string> {
    server = createServer((_, response) => response.writeHead(status, headers).end(body))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/report.txt`
  }

  test('loads the text', async () => {
    const { requests, session } = recordingSession()
    const location = await serve(200, 'Grüße')
    const answer = session.call('SUMMARIZE', { ...call, CONTENT: null, LOCATION_URI: location, CREDENTIAL_NAME: 'C' })
    await expect(answer).resolves.toBe('5 characters')
    expect(requests[0]?.content).toBe('Grüße')
  })

  test.each([
    [404, 20404, {}],
    [503, 20503, {}],
    [302, 20302, { location: 'http://127.0.0.1:1/' }],
    [204, 20300, {}],
  ])('reports the status %i as %i', async (status, number, headers) => {
    const { session } = recordingSession()
    const location = await serve(status, '', headers)
    const failed = session.call('SUMMARIZE', { ...call, CONTENT: null, LOCATION_URI: location })
    await expect(failed).rejects.toMatchObject({ number, message: expect.stringContaining(`HTTP status ${status}`) })
  })

  test('reports a server that is not there', async () => {
    const { session } = recordingSession()
    const location = await serve(200, '')
    server?.close()
    await once(server as Server, 'close')
    const failed = session.call('SUMMARIZE', { ...call, CONTENT: null, LOCATION_URI: location })
    await expect(failed).rejects.toMatchObject({ number: 29273 })
  })

  test('refuses a text without end', async () => {
    const { requests, session } = recordingSession()
    const location = await serve(200, 'x'.repeat(16 * 1024 * 1024 + 1))
    const failed = session.call('SUMMARIZE', { ...call, CONTENT: null, LOCATION_URI: location })
    await expect(failed).rejects.toMatchObject({ number: 20413 })
    expect(requests).toEqual([])
  })

  test.each([
    'https://127.0.0.1/report.txt',
    'http://127.0.0.1.example.com/',
    'http://127.0.0.1@example.com/',
    'http://169.254.169.254/opc/v2/',
    'file:///etc/hostname',
    'DATA_PUMP_DIR:report.txt',
  ])('loads nothing from %s', async (location) => {
    const { session } = recordingSession()
    const failed = session.call('SUMMARIZE', { ...call, CONTENT: null, LOCATION_URI: location })
    await expect(failed).rejects.toMatchObject({ number: 20403, message: expect.stringContaining('127.0.0.1') })
  })
})

describe('SUMMARIZE with the offline model', () => {
  const session = cloudAiSession(createOfflineModel())

  async function summary(params: object, userPrompt: string | null = null): Promise<string> {
    const values = { ...call, CONTENT: report, USER_PROMPT: userPrompt, PARAMS: JSON.stringify(params) }
    return String(await session.call('SUMMARIZE', values))
  }

  test('keeps sentences of the text within the words asked for, in their order, always the same', async () => {
    const text = await summary({ max_words: 17 })
    expect(text).toBe(
      'Promotions bring customers into the shops. ' +
        'Most promotions run on television, and television promotions cost most.',
    )
    expect(await summary({ max_words: 17 })).toBe(text)
    expect(await summary({ max_words: 17, summary_style: 'list' })).toBe(`- ${text.replace('. ', '.\n- ')}`)
  })

  test('pays attention to the prompt', async () => {
    expect(await summary({ max_words: 7 })).not.toContain('weather')
    expect(await summary({ max_words: 7 }, 'What about the weather on Monday?')).toContain('weather')
  })

  test('cuts a sentence when there is no other way to have enough words', async () => {
    expect(await summary({ max_words: 2 })).toBe('Promotions bring ...')
    expect(
      (await summary({ min_words: 30, max_words: 30 })).split(/\s+/).filter((word) => word !== '...'),
    ).toHaveLength(30)
  })

  test('has nothing to add to a short text', async () => {
    const values = { ...call, CONTENT: 'Short already.' }
    await expect(session.call('SUMMARIZE', values)).resolves.toBe('Short already.')
  })
})
