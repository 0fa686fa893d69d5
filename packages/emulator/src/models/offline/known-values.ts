import type { SqlRequest } from '../model.ts'
import { fillers, rolePhrases } from './english.ts'
import type { TableFacts } from './table-facts.ts'
import { stemsOf } from './tokens.ts'
import { PhraseBook, STRENGTH } from './vocabulary.ts'

const VALUES_PER_COLUMN = 1_000
const LONGEST_VALUE_IN_WORDS = 8

/** Phrases for the values that stand in the character columns of the tables. */
export async function knownValues(
  tables: readonly TableFacts[],
  { distinctValues, signal }: Pick<SqlRequest, 'distinctValues' | 'signal'>,
): Promise<PhraseBook> {
  const phrases = new PhraseBook()
  for (const facts of tables) {
    for (const column of facts.columns.filter(({ isText }) => isText)) {
      signal.throwIfAborted()
      const values = await distinctValues(facts.table.owner, facts.table.name, column.column.name, VALUES_PER_COLUMN)
      for (const value of values) {
        const stems = stemsOf(value)
        if (!canStandInQuestion(stems)) continue
        phrases.add(stems, { kind: 'value', facts, column, value, strength: STRENGTH.synonym })
      }
    }
  }
  return phrases
}

function canStandInQuestion(stems: readonly string[]): boolean {
  if (stems.length === 0 || stems.length > LONGEST_VALUE_IN_WORDS) return false
  const [only = ''] = stems
  if (stems.length > 1) return true
  return !fillers.has(only) && !(rolePhrases.get(only) ?? []).some((phrase) => phrase.stems.length === 1)
}
