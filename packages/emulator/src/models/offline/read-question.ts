import type { SqlRequest } from '../model.ts'
import { assembleQuery } from './assemble-query.ts'
import { type Mark, type Scan, scan } from './marks.ts'
import { settleMeanings } from './meanings.ts'
import { type Query, UnreadableQuestion } from './query-form.ts'
import { readContrast } from './read-contrast.ts'
import { readExtremes } from './read-extremes.ts'
import { readGrouping } from './read-grouping.ts'
import { readMeasures } from './read-measures.ts'
import { readLabels, readNegations, readPossessions } from './read-negations.ts'
import { readComparisons, readEqualities, readLimits } from './read-numbers.ts'
import { readPeriods } from './read-periods.ts'
import { readRank } from './read-rank.ts'
import { readSubject } from './read-subject.ts'
import { Reading } from './reading.ts'
import type { SchemaGraph } from './schema-graph.ts'
import type { KnowledgeCache, SchemaKnowledge } from './schema-knowledge.ts'
import { stemsOf, type Token, tokenize } from './tokens.ts'
import type { PhraseBook } from './vocabulary.ts'

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
  const { marks, unknown: unexplained } = await scanned(request, knowledge)
  const unknown = unexplained.filter((word) => !describesTable(word, marks))
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
  readPossessions(reading)
  readLabels(reading)
  readGrouping(reading)
  readContrast(reading)
  readExtremes(reading)
  readRank(reading)
  readSubject(reading)
  readMeasures(reading)
  return { query: assembleQuery(reading), graph }
}

/** `3 hours` are 180 minutes for tables that have minutes alone. */
function inKnownUnits(tokens: readonly Token[], phrases: PhraseBook): readonly Token[] {
  const knows = (word: string): boolean => phrases.longestAt([word], 0).length > 0
  if (knows('hour') || !knows('minute')) return tokens
  return tokens.map((token, index) => {
    const previous = tokens[index - 1]
    if (token.kind === 'number' && tokens[index + 1]?.stem === 'hour') {
      const text = String(Number(token.text) * 60)
      return { ...token, text, stem: text }
    }
    return token.stem === 'hour' && previous?.kind === 'number' ? { ...token, stem: 'minute' } : token
  })
}

/** In `members of the library` the last word says nothing that the comment of the table does not say of all its rows. */
function describesTable(word: string, marks: readonly Mark[]): boolean {
  const [stem = ''] = stemsOf(word)
  return marks.some(
    (mark) =>
      mark.kind === 'thing' &&
      mark.candidates.some(({ kind, facts }) => kind === 'table' && stemsOf(facts.table.comment ?? '').includes(stem)),
  )
}

/**
 * Values are read only for a question with words that names and comments do not explain, and read again only for one with
 * words that the values known so far do not explain either. A value that is gone by now still makes a right query.
 */
async function scanned(request: SqlRequest, knowledge: SchemaKnowledge): Promise<Scan> {
  const { phrases } = knowledge.vocabulary
  const tokens = inKnownUnits(tokenize(request.prompt), phrases)
  const first = scan(tokens, phrases)
  // A value may begin with a word of denial: `no promotion`.
  const denies = first.marks.some((mark) => mark.kind === 'role' && mark.role.kind === 'not')
  if (first.unknown.length === 0 && !denies) return first
  const second = knowledge.values === undefined ? first : scan(tokens, phrases, knowledge.values)
  if (second.unknown.length === 0) return second
  return scan(tokens, phrases, await knowledge.readValues(request))
}
