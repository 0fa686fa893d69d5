import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { embedText } from '../src/cloud-ai/vector-index/hashing-embedding.ts'
import { splitIntoChunks } from '../src/cloud-ai/vector-index/split-into-chunks.ts'
import { similarity } from '../src/cloud-ai/vector-index/vector-distance.ts'
import type { DocumentsRequest } from '../src/index.ts'
import { scriptedModel } from './cloud-ai-fixture.ts'
import { openVectorDatabase, type VectorDatabase } from './vector-index-fixture.ts'

let database: VectorDatabase

beforeAll(async () => {
  database = await openVectorDatabase()
  await database.create('both', { location: '*.txt', chunk_size: 90, chunk_overlap: 0 })
  await database.profile('RAG', { vector_index_name: 'both' })
})
afterAll(() => database[Symbol.asyncDispose]())

const update = (attributes: object) =>
  database.call('UPDATE_VECTOR_INDEX', { index_name: 'both', attributes: JSON.stringify(attributes) })

describe('a profile with a vector index', () => {
  test('narrates from the documents that are near the question, and lists them', async () => {
    const answer = await database.ask('RAG', 'When does the workshop open?')
    expect(answer).toContain('not a language model')
    expect(answer).toContain('- The workshop opens at eight in the morning.')
    expect(answer).toMatch(/\n\nSources:\n {2}- handbook\.txt \(file:\/\/\/\S+\/handbook\.txt\)$/)
    expect(await database.ask('RAG', 'Who signs the book?')).toMatch(/Visitors sign the book[\s\S]*- rules\.txt \(/)
  })

  test('says so when the documents have nothing about the question', async () => {
    const answer = await database.ask('RAG', 'Quantum entanglement?')
    expect(answer).toBe('I found nothing in the documents about "Quantum entanglement?".')
    expect(await database.ask('RAG', 'Quantum entanglement?', 'runsql')).toBe('No data found for the prompt.')
  })

  test('gives the passages as rows, and shows them in the prompt', async () => {
    const rows = JSON.parse(await database.ask('RAG', 'What do new tyres cost?', 'runsql'))
    expect(rows[0]).toEqual({
      data: 'A broken bicycle chain costs twelve euros. New tyres cost thirty euros each.',
      source: 'handbook.txt',
      url: expect.stringMatching(/^file:.*handbook\.txt$/),
      score: expect.any(Number),
      start_offset: 76,
      end_offset: 151,
    })
    const prompt = await database.ask('RAG', 'What do new tyres cost?', 'showprompt')
    expect(prompt).toContain('"type" : "TEXT"')
    expect(prompt).toContain('Document: handbook.txt')
    expect(prompt).toContain('New tyres cost thirty euros each.')
    expect(prompt).toContain('Question: What do new tyres cost?')
  })

  test('leaves chat and SQL as they are', async () => {
    expect(await database.ask('RAG', 'When does the workshop open?', 'chat')).toContain('cannot chat about')
  })

  test('answers the tool of an agent', async () => {
    const attributes = JSON.stringify({ tool_type: 'RAG', tool_params: { profile_name: 'RAG' } })
    await database.call('DBMS_CLOUD_AI_AGENT.CREATE_TOOL', { tool_name: 'DOCUMENTS', attributes })
    const [row] = await database.select(
      `SELECT DBMS_CLOUD_AI_AGENT.RUN_TOOL('DOCUMENTS', 'When does the workshop open?') AS output FROM dual`,
    )
    expect(row?.OUTPUT).toMatch(/opens at eight[\s\S]*Sources:/)
  })

  test('lists sources as its attributes say', async () => {
    await database.profile('PLACES', { vector_index_name: 'BOTH', enable_source_offsets: true })
    expect(await database.ask('PLACES', 'When does the workshop open?')).toMatch(/handbook\.txt\) \[1-73\]$/)
    await database.profile('SILENT', { vector_index_name: 'BOTH', enable_sources: false })
    expect(await database.ask('SILENT', 'When does the workshop open?')).not.toContain('Sources:')
  })

  test('finds no more than match_limit, and nothing below similarity_threshold', async () => {
    const found = async () => {
      const answer = await database.ask('RAG', 'Does the workshop sell helmets, tyres and a chain?', 'runsql')
      return answer.startsWith('[') ? JSON.parse(answer).length : 0
    }
    expect(await found()).toBe(3)
    await update({ match_limit: 2 })
    expect(await found()).toBe(2)
    await update({ match_limit: 5, similarity_threshold: 0.99 })
    expect(await found()).toBe(0)
    await update({ similarity_threshold: 0 })
  })

  test('fails when the index is disabled, is gone or never was', async () => {
    await database.profile('LATE', { vector_index_name: 'late' })
    const ask = () => database.ask('LATE', 'When does the workshop open?')
    const missing = { errorNum: 20048, message: expect.stringContaining('late does not exist') }
    await expect(ask()).rejects.toMatchObject(missing)
    await database.create('late')
    expect(await ask()).toContain('opens at eight')
    await database.call('DISABLE_VECTOR_INDEX', { index_name: 'late' })
    await expect(ask()).rejects.toMatchObject({ errorNum: 20048, message: expect.stringContaining('disabled') })
    await expect(database.ask('LATE', 'x', 'runsql')).rejects.toMatchObject({ errorNum: 20048 })
    await database.call('DROP_VECTOR_INDEX', { index_name: 'late' })
    await expect(ask()).rejects.toMatchObject(missing)
  })

  test.each(['COSINE', 'DOT', 'EUCLIDEAN', 'L2_SQUARED', 'MANHATTAN', 'HAMMING'])('searches by %s', async (metric) => {
    await database.create(`by_${metric}`, { location: '*.txt', vector_distance_metric: metric })
    await database.profile(`P_${metric}`, { vector_index_name: `by_${metric}` })
    const [best] = JSON.parse(await database.ask(`P_${metric}`, 'Visitors sign the book at the gate.', 'runsql'))
    expect(best).toMatchObject({ source: 'rules.txt' })
  })

  test('reads rows that were changed by SQL', async () => {
    await writeFile(join(database.folder, 'odd.md'), 'Swans live on the lake.')
    await database.create('odd', { location: 'odd.md' })
    await database.profile('ODD', { vector_index_name: 'odd' })
    await database.connection.execute(`INSERT INTO odd$vectab (content, embedding) VALUES ('broken', 'no vector')`)
    await database.connection.execute(`UPDATE odd$vectab SET content = 'Geese live there.' WHERE content LIKE 'Swans%'`)
    await database.connection.commit()
    expect(JSON.parse(await database.ask('ODD', 'Swans on the lake', 'runsql'))).toMatchObject([
      { data: 'Geese live there.' },
    ])
  })
})

describe('a model', () => {
  test('gets the passages, or finds them in a chat when it has no way of its own with them', async () => {
    const requests: DocumentsRequest[] = []
    const chats: string[] = []
    const answerFromDocuments = async (request: DocumentsRequest) => {
      requests.push(request)
      return 'an answer'
    }
    const chat = async ({ prompt }: { prompt: string }) => {
      chats.push(prompt)
      return 'a chat answer'
    }
    for (const model of [scriptedModel({ answerFromDocuments }), scriptedModel({ chat })]) {
      await using other = await openVectorDatabase({ model })
      await other.create('v')
      await other.profile('RAG', { vector_index_name: 'v' })
      expect(await other.ask('RAG', 'When does the workshop open?')).toMatch(/^(an|a chat) answer\n\nSources:/)
    }
    expect(requests).toMatchObject([
      { prompt: 'When does the workshop open?', passages: [{ source: 'handbook.txt', startOffset: 1 }] },
    ])
    expect(chats).toEqual([
      expect.stringMatching(/workshop opens at eight[\s\S]*Question: When does the workshop open\?$/),
    ])
  })
})

describe('data access', () => {
  test('is needed to send passages to a model, and not to see them', async () => {
    const admin = await database.connect('ADMIN')
    await database.call('DISABLE_DATA_ACCESS', {}, admin)
    const question = 'When does the workshop open?'
    await expect(database.ask('RAG', question)).rejects.toThrow('Data access is disabled for SELECT AI')
    expect(await database.ask('RAG', question, 'runsql')).toContain('opens at eight')
    await database.call('ENABLE_DATA_ACCESS', {}, admin)
    expect(await database.ask('RAG', question)).toContain('opens at eight')
  })
})

describe('the parts of a search', () => {
  test('a text is cut at the ends of sentences, with what is repeated, and offsets that find the piece again', () => {
    const text = 'One two three. Four five six. Seven eight nine. Ten.'
    expect(splitIntoChunks(text, 30, 0).map((chunk) => chunk.text)).toEqual([
      'One two three. Four five six.',
      'Seven eight nine. Ten.',
    ])
    expect(splitIntoChunks(text, 30, 10).map((chunk) => chunk.text)[1]).toBe('five six. Seven eight nine.')
    expect(splitIntoChunks('  \n ', 10, 0)).toEqual([])
  })

  test('whatever the text, pieces are short enough, hold all of it and can be found by their offsets', () => {
    const size = fc.integer({ min: 1, max: 40 })
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), size, fc.nat(39), (text, most, repeated) => {
        const chunks = splitIntoChunks(text, most, Math.min(repeated, most - 1))
        for (const { text: piece, startOffset, endOffset } of chunks) {
          // One character more when it would otherwise part a surrogate pair.
          expect(piece.length).toBeLessThanOrEqual(most + 1)
          expect(text.slice(startOffset - 1, endOffset)).toBe(piece)
          expect(Buffer.from(piece).toString()).toBe(piece)
        }
        const covered = new Set(chunks.flatMap(({ startOffset, endOffset }) => range(startOffset - 1, endOffset)))
        const lost = range(0, text.length).filter((place) => !covered.has(place) && text[place]?.trim() !== '')
        expect(lost).toEqual([])
      }),
    )
  })

  test('texts with the same words in any form have the same vector, and texts without words are near nothing', () => {
    const deployed = embedText('Deploying the models', 64)
    expect(similarity('cosine', deployed, embedText('a MODEL deployed', 64))).toBeCloseTo(1)
    expect(similarity('cosine', deployed, embedText('', 64))).toBe(0)
    expect(() => similarity('cosine', deployed, [1])).toThrow('ORA-51803')
  })
})

function range(start: number, end: number): number[] {
  return Array.from({ length: Math.max(end - start, 0) }, (_, place) => start + place)
}
