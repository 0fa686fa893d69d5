import { fillers, moneyNouns, type Role, type RolePhrase, rolePhrases, weakFillers } from './english.ts'
import type { Token } from './tokens.ts'
import { type Candidate, PhraseBook } from './vocabulary.ts'

interface Place {
  /** The words as they stand in the question. */
  readonly text: string
  /** Words without meaning directly before, such as `in` and `the`. */
  readonly before: readonly string[]
}

/** A word or phrase of the question that means something. */
export type Mark = Place &
  (
    | { readonly kind: 'role'; readonly role: Role; readonly candidates: readonly Candidate[] }
    | { readonly kind: 'number'; readonly value: number }
    | { readonly kind: 'date'; readonly date: string }
    | { readonly kind: 'thing'; readonly candidates: readonly Candidate[]; readonly plural: boolean }
  )

export interface Scan {
  readonly marks: readonly Mark[]
  /** Words that neither the tables nor the reader know. */
  readonly unknown: readonly string[]
}

/** Finds the longest phrases from left to right: what they do in the question, or what in the schema they name. */
export function scan(tokens: readonly Token[], vocabulary: PhraseBook, values?: PhraseBook): Scan {
  const stems = tokens.map(({ stem }) => stem)
  const marks: Mark[] = []
  const unknown: string[] = []
  let before: string[] = []
  for (let index = 0; index < tokens.length; ) {
    const found = markAt({ tokens, stems, index }, vocabulary, values ?? new PhraseBook())
    if (found !== undefined) {
      const text = tokens.slice(index, index + found.length).map((token) => token.text)
      marks.push({ ...found.mark, text: text.join(' '), before } as Mark)
      before = []
      index += found.length
      continue
    }
    const token = tokens[index] as Token
    if (token.kind !== 'symbol') {
      const weak = values !== undefined && weakFillers.has(token.stem)
      if (weak || fillers.has(token.stem)) before.push(token.stem)
      else unknown.push(token.text)
    }
    index += 1
  }
  return { marks, unknown }
}

type Bare<M> = M extends unknown ? Omit<M, keyof Place> : never

interface Found {
  readonly mark: Bare<Mark>
  readonly length: number
}

/** Where the scan stands. */
interface Position {
  readonly tokens: readonly Token[]
  readonly stems: readonly string[]
  readonly index: number
}

function markAt(position: Position, vocabulary: PhraseBook, values: PhraseBook): Found | undefined {
  const { tokens, stems, index } = position
  const token = tokens[index] as Token
  if (token.kind === 'quoted') return quotedValue(token, values)
  if (token.kind === 'date') return { mark: { kind: 'date', date: token.text }, length: 1 }
  const role = roleAt(tokens, stems, index)
  const named = namedAt(position, vocabulary)
  const value = values.longestAt(stems, index)
  const roleLength = role?.stems.length ?? 0
  // In `with no promotion` the last two words may be a value.
  if (role?.role.kind === 'not' && roleLength > 1 && values.longestAt(stems, index + roleLength - 1).length > 1) {
    return undefined
  }
  if (value.length > Math.max(roleLength, named.length)) return thing(value.candidates, tokens, index, value.length)
  if (named.length > roleLength) return thing(named.candidates, tokens, index, named.length)
  if (role !== undefined) {
    const candidates = named.length === roleLength ? named.candidates : []
    return { mark: { kind: 'role', role: role.role, candidates }, length: roleLength }
  }
  return token.kind === 'number' ? { mark: { kind: 'number', value: Number(token.text) }, length: 1 } : undefined
}

/** In `promotions cost` and `customers born` two words are noun and verb, though `promotion cost` is one name. */
function namedAt({ tokens, stems, index }: Position, vocabulary: PhraseBook): Named {
  const named = vocabulary.longestAt(stems, index)
  const first = tokens[index] as Token
  const plural = first.text.toLowerCase() !== first.stem && !moneyNouns.has(first.stem)
  if (named.length < 2 || !plural) return named
  const alone = vocabulary.longestAt(stems.slice(0, index + 1), index)
  return alone.candidates.some(({ kind }) => kind === 'table') ? alone : named
}

type Named = ReturnType<PhraseBook['longestAt']>

function thing(candidates: readonly Candidate[], tokens: readonly Token[], index: number, length: number): Found {
  const last = tokens[index + length - 1] as Token
  const plural = last.text.toLowerCase() !== last.stem
  return { mark: { kind: 'thing', candidates, plural }, length }
}

function quotedValue(token: Token, values: PhraseBook): Found | undefined {
  const stems = token.stem.split(/\s+/)
  const exact = values.exact(token.text)
  const { length, candidates } =
    exact.length > 0 ? { length: stems.length, candidates: exact } : values.longestAt(stems, 0)
  if (length !== stems.length || candidates.length === 0) return undefined
  return { mark: { kind: 'thing', candidates, plural: false }, length: 1 }
}

function roleAt(tokens: readonly Token[], stems: readonly string[], index: number): RolePhrase | undefined {
  let best: RolePhrase | undefined
  for (const phrase of rolePhrases.get(stems[index] ?? '') ?? []) {
    if (phrase.stems.length <= (best?.stems.length ?? 0)) continue
    if (phrase.stems.every((stem, offset) => stems[index + offset] === stem)) best = phrase
  }
  if (best?.role.kind === 'times' && !isCounting(tokens, index)) return undefined
  return best?.role.kind === 'month' && !isMonth(tokens, index) ? undefined : best
}

/** `times` may be a table; in `20 times`, `how many times` and `most often` it says that something is counted. */
function isCounting(tokens: readonly Token[], index: number): boolean {
  const previous = tokens[index - 1]
  return previous?.kind === 'number' || ['many', 'most', 'least'].includes(previous?.stem ?? '')
}

/** `may` and `march` are months with a capital letter, after `in`, or before a year. */
function isMonth(tokens: readonly Token[], index: number): boolean {
  const token = tokens[index] as Token
  if (!['may', 'march'].includes(token.stem)) return true
  const previous = tokens[index - 1]?.stem ?? ''
  const capital = index > 0 && /^\p{Lu}/u.test(token.text)
  return capital || ['in', 'of', 'during', 'since', 'until'].includes(previous) || tokens[index + 1]?.kind === 'number'
}
