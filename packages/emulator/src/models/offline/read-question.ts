import type { SqlRequest } from '../model.ts'
import { assembleQuery } from './assemble-query.ts'
import { type Scan, scan } from './marks.ts'
import { settleMeanings } from './meanings.ts'
import { type Query, UnreadableQuestion } from './query-form.ts'
import { readGrouping } from './read-grouping.ts'
import { readMeasures } from './read-measures.ts'
import { readLabels, readNegations } from './read-negations.ts'
import { readComparisons, readEqualities, readLimits } from './read-numbers.ts'
import { readPeriods } from './read-periods.ts'
import { readRank } from './read-rank.ts'
import { Reading } from './reading.ts'
import type { SchemaGraph } from './schema-graph.ts'
import type { KnowledgeCache, SchemaKnowledge } from './schema-knowledge.ts'
import { tokenize } from './tokens.ts'

const LONGEST_QUESTION = 2_000

/**
 * Reads a question into a query over the tables that the request describes.
 * @throws UnreadableQuestion with a sentence that says what could not be read.
 */
export async function readQuestion(
  request: SqlRequest,
  cache: KnowledgeCache,
): Promise<{ query: Query; graph: SchemaGraph }> {
  if (request.prompt.length > LONGEST_QUESTION) {
    throw new UnreadableQuestion(`it is longer than ${LONGEST_QUESTION} characters`)
  }
  const knowledge = cache.of(request.schema)
  const { graph, vocabulary } = knowledge
  if (vocabulary.tables.length === 0) throw new UnreadableQuestion('the profile has no tables')
  const { marks, unknown } = await scanned(request, knowledge)
  if (unknown.length > 0) {
    const words = [...new Set(unknown)].slice(0, 5).map((word) => `"${word}"`)
    throw new UnreadableQuestion(`the tables and their values know nothing of ${words.join(', ')}`)
  }
  const reading = new Reading(marks, settleMeanings(marks, graph), graph)
  readLimits(reading)
  readComparisons(reading)
  readPeriods(reading)
  readEqualities(reading)
  readNegations(reading)
  readLabels(reading)
  readGrouping(reading)
  readRank(reading)
  readMeasures(reading)
  return { query: assembleQuery(reading), graph }
}

/**
 * Values are read only for a question with words that names and comments do not explain, and read again only for one with
 * words that the values known so far do not explain either. A value that is gone by now still makes a right query.
 */
async function scanned(request: SqlRequest, knowledge: SchemaKnowledge): Promise<Scan> {
  const tokens = tokenize(request.prompt)
  const { phrases } = knowledge.vocabulary
  const first = scan(tokens, phrases)
  if (first.unknown.length === 0) return first
  const second = knowledge.values === undefined ? first : scan(tokens, phrases, knowledge.values)
  if (second.unknown.length === 0) return second
  return scan(tokens, phrases, await knowledge.readValues(request))
}
