import type { ColumnDescription, SchemaDescription } from '../schema-description.ts'
import { roleOf } from './schema-graph.ts'
import { type ColumnFacts, expanded, type TableFacts, tableFacts } from './table-facts.ts'
import { stemsOf } from './tokens.ts'

/** Something in the schema that words of a question may mean. */
export type Candidate =
  | {
      readonly kind: 'table'
      readonly facts: TableFacts
      readonly strength: number
      /** The table whose key gives the rows this name: films for `director`. */
      readonly through?: TableFacts
    }
  | { readonly kind: 'column'; readonly facts: TableFacts; readonly column: ColumnFacts; readonly strength: number }
  | {
      readonly kind: 'value'
      readonly facts: TableFacts
      readonly column: ColumnFacts
      readonly value: string
      readonly strength: number
    }

/** How sure a phrase is: the name itself, a synonym from a comment, or only a part of the name. */
export const STRENGTH = { name: 3, synonym: 2, part: 1 } as const

/** Phrases that name candidates, found by their first word. */
export class PhraseBook {
  readonly #byText = new Map<string, Candidate[]>()
  readonly #byFirstStem = new Map<string, { stems: readonly string[]; candidates: Map<string, Candidate> }[]>()

  add(stems: readonly string[], candidate: Candidate): void {
    if (candidate.kind === 'value') {
      const text = candidate.value.toLowerCase()
      this.#byText.set(text, [...(this.#byText.get(text) ?? []), candidate])
    }
    const first = stems[0]
    if (first === undefined) return
    const phrases = this.#byFirstStem.get(first) ?? []
    this.#byFirstStem.set(first, phrases)
    let phrase = phrases.find((known) => sameStems(known.stems, stems))
    if (phrase === undefined) {
      phrase = { stems, candidates: new Map() }
      phrases.push(phrase)
    }
    const key = candidateKey(candidate)
    const known = phrase.candidates.get(key)
    if (known === undefined || known.strength < candidate.strength) phrase.candidates.set(key, candidate)
  }

  /** Values with this text, whatever its case. */
  exact(text: string): readonly Candidate[] {
    return this.#byText.get(text.toLowerCase()) ?? []
  }

  /** Everything that the longest phrase at a place may mean, and that phrase's length in words. */
  longestAt(stems: readonly string[], start: number): { readonly length: number; readonly candidates: Candidate[] } {
    let length = 0
    let candidates: Candidate[] = []
    for (const phrase of this.#byFirstStem.get(stems[start] ?? '') ?? []) {
      if (phrase.stems.length <= length) continue
      if (!phrase.stems.every((stem, index) => stems[start + index] === stem)) continue
      length = phrase.stems.length
      candidates = [...phrase.candidates.values()]
    }
    return { length, candidates }
  }
}

function sameStems(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((stem, index) => stem === right[index])
}

function candidateKey(candidate: Candidate): string {
  const { table } = candidate.facts
  const column = candidate.kind === 'table' ? '' : candidate.column.column.name
  const value = candidate.kind === 'value' ? candidate.value : ''
  return [candidate.kind, table.owner, table.name, column, value].join('\u0000')
}

/** The words by which questions name the tables and columns of a schema, from their names and comments alone. */
export interface Vocabulary {
  readonly tables: readonly TableFacts[]
  readonly phrases: PhraseBook
}

export function buildVocabulary(schema: SchemaDescription): Vocabulary {
  const tables = schema.tables.map(tableFacts)
  const phrases = new PhraseBook()
  for (const facts of tables) addTable(phrases, facts, tables)
  for (const facts of tables) addRoles(phrases, facts, tables)
  return { tables, phrases }
}

function addTable(phrases: PhraseBook, facts: TableFacts, tables: readonly TableFacts[]): void {
  const names = tableNames(facts)
  for (const { stems, strength } of names) {
    const doers = doersOf(facts, stems, names, tables)
    phrases.add(stems, {
      kind: 'table',
      facts: doers ?? facts,
      strength,
      ...(doers === undefined ? {} : { through: facts }),
    })
  }
  const tableWords = names.map(({ stems }) => stems)
  for (const column of facts.columns) addColumn(phrases, facts, column, tableWords)
}

/** Where rows tell who acted, an actor is one of the people, not one of the rows. */
function doersOf(
  facts: TableFacts,
  stems: readonly string[],
  names: readonly WeighedStems[],
  tables: readonly TableFacts[],
): TableFacts | undefined {
  const [word = '', ...more] = stems
  const verb = /^(\w{3,})(?:er|or)$/.exec(word)?.[1]
  if (verb === undefined || more.length > 0 || !names.some((name) => sameStems(name.stems, [verb]))) return undefined
  const people = facts.table.foreignKeys.flatMap(({ references }) =>
    tables.filter(
      ({ table, isPeople }) => isPeople && table.name === references.table && table.owner === references.owner,
    ),
  )
  return people.length === 1 ? people[0] : undefined
}

/** DIRECTOR_ID makes of a person a director, who directs. */
function addRoles(phrases: PhraseBook, through: TableFacts, tables: readonly TableFacts[]): void {
  for (const key of through.table.foreignKeys) {
    const { owner, table: name } = key.references
    const facts = tables.find(({ table }) => table.owner === owner && table.name === name)
    const role = facts === undefined || facts === through ? undefined : roleOf(key, facts)
    if (facts === undefined || role === undefined) continue
    const verb = /^(\w{3,})(?:er|or)$/.exec(role)?.[1]
    for (const word of verb === undefined ? [role] : [role, verb]) {
      phrases.add([word], { kind: 'table', facts, through, strength: STRENGTH.synonym })
    }
  }
}

interface WeighedStems {
  readonly stems: readonly string[]
  readonly strength: number
}

function tableNames(facts: TableFacts): WeighedStems[] {
  const comment = readComment(facts.table.comment)
  return [
    { stems: facts.stems, strength: STRENGTH.name },
    { stems: stemsOf(facts.table.name), strength: STRENGTH.name },
    ...(comment.head.length <= 3 ? [{ stems: comment.head, strength: STRENGTH.synonym }] : []),
    ...comment.synonyms.map((stems) => ({ stems, strength: STRENGTH.synonym })),
  ]
}

function addColumn(
  phrases: PhraseBook,
  facts: TableFacts,
  column: ColumnFacts,
  tableWords: readonly (readonly string[])[],
): void {
  const add = (stems: readonly string[], strength: number): void =>
    phrases.add(stems, { kind: 'column', facts, column, strength })
  add(stemsOf(column.column.name), STRENGTH.name)
  add(column.nameStems, STRENGTH.name)
  for (const { code, stems } of valueWords(column.column)) {
    phrases.add(stems, { kind: 'value', facts, column, value: code, strength: STRENGTH.synonym })
  }
  // The comment of a key speaks about the row it leads to, not about the key.
  const dateKey = column.isKey && column.isDate && facts.table.primaryKey.includes(column.column.name)
  if (column.isKey && !dateKey) return
  const own = dateKey ? [] : shortNames(column)
  for (const { stems, strength } of [...own, ...commentNames(column.column, tableWords)]) {
    add(stems, strength)
    for (const table of tableWords) add([...table, ...stems], STRENGTH.name)
  }
}

/** Words at the end of a column's name that say how a value is made, not what it is. */
const PARTICIPLE = /_(?:SOLD|MADE|PAID|BOUGHT|SPENT|\w{3,}ED)$/

function shortNames({ column, shortStems, isDate }: ColumnFacts): WeighedStems[] {
  const last = shortStems.at(-1)
  const first = shortStems[0]
  if (last === undefined || first === undefined) return []
  const names: WeighedStems[] = [{ stems: shortStems, strength: STRENGTH.name }]
  if (shortStems.length > 1)
    names.push({ stems: [PARTICIPLE.test(column.name) ? first : last], strength: STRENGTH.part })
  if (isDate && shortStems.length === 2 && last === 'date') {
    // HIRE_DATE is when somebody was hired.
    names.push({ stems: [first], strength: STRENGTH.part })
  }
  return names
}

function commentNames(column: ColumnDescription, tableWords: readonly (readonly string[])[]): WeighedStems[] {
  const { head, synonyms } = readComment(column.comment)
  // `Name of the customer` in CUSTOMERS is its name; `Name of the month` in TIMES stays whole.
  const of = head.indexOf('of')
  const owner = head.slice(of + 1).filter((stem) => stem !== 'the' && stem !== 'a' && stem !== 'an')
  const ownTable = of > 0 && tableWords.some((words) => sameStems(words, owner.slice(0, words.length)))
  const name = ownTable ? head.slice(0, of) : head
  const alternatives = name.includes('or') ? splitAt(name, 'or') : [name]
  const fits = [name, ...alternatives].filter((stems) => stems.length > 0 && stems.length <= 4)
  // Beside `phone number (telephone)` stands `telephone number`.
  const [, last, ...more] = name
  const paired = last === undefined || more.length > 0 ? [] : synonyms.filter(({ length }) => length === 1)
  const all = [...fits, ...synonyms, ...paired.map((stems) => [...stems, last ?? ''])]
  return all.map((stems) => ({ stems, strength: STRENGTH.synonym }))
}

function splitAt(stems: readonly string[], separator: string): string[][] {
  const parts: string[][] = [[]]
  for (const stem of stems) {
    if (stem === separator) parts.push([])
    else parts.at(-1)?.push(stem)
  }
  return parts
}

/** `Begin date (start): the day on which it began` has the head `begin date` and the synonym `start`. */
function readComment(comment: string | undefined): {
  head: readonly string[]
  synonyms: readonly (readonly string[])[]
} {
  const [named = ''] = (comment ?? '').split(/[:;.]/)
  const inBrackets = [...named.matchAll(/\(([^)]*)\)/g)].flatMap(([, inside = '']) => inside.split(','))
  const plain = named.replaceAll(/\([^)]*\)/g, ' ').split(',')[0] ?? ''
  const head = stemsOf(plain).filter((stem, index) => index > 0 || !['the', 'a', 'an'].includes(stem))
  const synonyms = inBrackets
    .map((synonym) => stemsOf(synonym))
    .filter((stems) => stems.length > 0 && stems.length <= 4)
  return { head: head.filter((stem) => stem !== 'in' || head.length < 3), synonyms }
}

/** `F = female (woman), M = male (man)` in a comment gives the codes their words. */
function valueWords(column: ColumnDescription): { code: string; stems: readonly string[] }[] {
  const pairs = [...(column.comment ?? '').matchAll(/([\p{L}\p{N}_-]+)\s*=\s*([^,;=(]+)(?:\(([^)]*)\))?/gu)]
  return pairs.flatMap(([, code = '', word = '', brackets = '']) =>
    [word, ...brackets.split(',')]
      .map((text) => expanded(stemsOf(text)))
      .filter((stems) => stems.length > 0)
      .map((stems) => ({ code, stems })),
  )
}
