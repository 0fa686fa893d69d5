import { singular } from '../singular.ts'

type TokenKind = 'word' | 'number' | 'date' | 'quoted' | 'symbol'

/** A piece of a question. */
export interface Token {
  readonly kind: TokenKind
  /** As written; without its marks for a quoted text. */
  readonly text: string
  /** Lower case and singular for a word. */
  readonly stem: string
}

const PIECE =
  /"(?<double>[^"]+)"|(?<=^|[\s(,])'(?<single>[^']+)'(?=$|[\s),.?!;:])|(?<date>\d{4}-\d{2}-\d{2})\b|(?<number>\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?<scale>[kKmM]\b)?|(?<word>[\p{L}][\p{L}\p{M}\p{N}]*)(?:['’]s?\b)?|(?<symbol><=|>=|<>|!=|[<>=$€£%,])/gu

const NUMBER_WORDS: ReadonlyMap<string, string> = new Map(
  'two three four five six seven eight nine ten eleven twelve'
    .split(' ')
    .map((word, index) => [word, String(index + 2)]),
)

const SCALES: Readonly<Record<string, number>> = { k: 1_000, m: 1_000_000 }

export function tokenize(text: string): Token[] {
  return [...text.matchAll(PIECE)].map(({ groups }) => token(groups ?? {}))
}

function token(groups: Readonly<Record<string, string | undefined>>): Token {
  const quoted = groups.double ?? groups.single
  if (quoted !== undefined) return { kind: 'quoted', text: quoted, stem: quoted.toLowerCase() }
  if (groups.date !== undefined) return { kind: 'date', text: groups.date, stem: groups.date }
  if (groups.number !== undefined) {
    const scale = SCALES[groups.scale?.toLowerCase() ?? ''] ?? 1
    const digits = groups.number.replaceAll(',', '')
    const text = scale === 1 ? digits : String(Number(digits) * scale)
    return { kind: 'number', text, stem: text }
  }
  const written = NUMBER_WORDS.get(groups.word?.toLowerCase() ?? '')
  if (written !== undefined) return { kind: 'number', text: written, stem: written }
  if (groups.word !== undefined) return { kind: 'word', text: groups.word, stem: singular(groups.word.toLowerCase()) }
  const symbol = groups.symbol ?? ''
  return { kind: 'symbol', text: symbol, stem: symbol }
}

/** The words of a name such as `CUST_FIRST_NAME`, of a comment or of a value, as a question would have them. */
export function stemsOf(text: string): string[] {
  return tokenize(text.replaceAll('_', ' ').replaceAll(/["']/g, ' '))
    .filter(({ kind }) => kind !== 'symbol')
    .map(({ stem }) => stem)
}
