import { singular } from '../singular.ts'

export type Comparison = '=' | '<>' | '<' | '<=' | '>' | '>='
export type TimeUnit = 'year' | 'quarter' | 'month' | 'day'
export type Aggregate = 'SUM' | 'AVG' | 'MIN' | 'MAX'
export type Direction = 'ASC' | 'DESC'

/** What a word or group of words does in a question, whatever the tables are about. */
export type Role =
  | {
      readonly kind:
        | 'count'
        | 'how much'
        | 'by'
        | 'top'
        | 'first'
        | 'between'
        | 'and'
        | 'not'
        | 'distinct'
        | 'order'
        | 'opener'
    }
  | {
      readonly kind:
        | 'everything'
        | 'money'
        | 'or more'
        | 'or less'
        | 'best seller'
        | 'altogether'
        | 'times'
        | 'difference'
        | 'both'
    }
  | { readonly kind: 'aggregate'; readonly aggregate: Aggregate }
  /** `hints`: words of the columns by which an adjective ranks, for example price for the cheapest. */
  | { readonly kind: 'rank'; readonly direction: Direction; readonly hints?: readonly string[] }
  | { readonly kind: 'direction'; readonly direction: Direction }
  | { readonly kind: 'compare'; readonly comparison: Comparison; readonly hints?: readonly string[] }
  | { readonly kind: 'time'; readonly comparison: Comparison }
  | { readonly kind: 'unit'; readonly unit: TimeUnit; readonly grouping: boolean }
  | { readonly kind: 'month'; readonly month: number }
  | { readonly kind: 'quarter'; readonly quarter: number }

const PRICE = ['price', 'cost', 'amount']
const BIRTH = ['birth', 'born', 'birthday']
const LENGTH = ['length', 'duration', 'minute']
const DATE = ['date', 'day', 'begin', 'start']

const roles: readonly (readonly [role: Role, ...phrases: string[]])[] = [
  [
    { kind: 'count' },
    'how many',
    'how often',
    'how many times',
    'how frequently',
    'number of',
    'count of',
    'count',
    'amount of rows',
  ],
  [{ kind: 'how much' }, 'how much', 'what did we pay', 'what do we pay', 'what have we paid'],
  [{ kind: 'by' }, 'by', 'per', 'each', 'for each', 'for every', 'in each', 'in every', 'grouped by', 'broken down by'],
  [{ kind: 'by' }, 'by each', 'split by', 'group by', 'of each', 'every', 'from each', 'through each', 'across'],
  [{ kind: 'top' }, 'top'],
  [{ kind: 'first' }, 'first'],
  [{ kind: 'between' }, 'between'],
  [{ kind: 'and' }, 'and', 'or', ','],
  [{ kind: 'not' }, 'not', 'no', 'never', 'without', 'except', 'except for', 'excluding', 'other than', 'outside'],
  [
    { kind: 'not' },
    'outside of',
    'not from',
    'not in',
    'do not',
    'did not',
    'are not',
    'is not',
    'has not',
    'have not',
  ],
  [{ kind: 'not' }, 'have never', 'has never', 'was never', 'were never', 'have no', 'has no', 'with no', 'non'],
  [{ kind: 'distinct' }, 'different', 'distinct', 'unique'],
  [{ kind: 'order' }, 'sorted by', 'ordered by', 'order by', 'sort by', 'in order of', 'ranked by'],
  [{ kind: 'opener' }, 'which', 'who', 'list', 'show', 'what', 'compare'],
  [{ kind: 'everything' }, 'all column', 'all detail', 'detail', 'everything', 'all information', 'all field'],
  [{ kind: 'money' }, '$', '€', '£', 'dollar', 'euro', 'pound', 'usd'],
  [{ kind: 'or more' }, 'or more', 'or higher', 'or above', 'or over', 'and above', 'and more', 'or later'],
  [{ kind: 'or less' }, 'or less', 'or fewer', 'or lower', 'or below', 'and below', 'or under', 'or earlier'],
  [{ kind: 'best seller' }, 'best selling', 'bestselling', 'best seller', 'most popular', 'top selling'],
  [{ kind: 'aggregate', aggregate: 'SUM' }, 'total', 'sum', 'sum of', 'overall', 'combined', 'total of', 'sum total'],
  [{ kind: 'altogether' }, 'in total', 'in all', 'in sum', 'altogether', 'all together', 'together'],
  [{ kind: 'both' }, 'both'],
  [{ kind: 'difference' }, 'difference between', 'gap between', 'range between'],
  [{ kind: 'times' }, 'times', 'often', 'frequently'],
  [{ kind: 'aggregate', aggregate: 'AVG' }, 'average', 'mean', 'avg', 'on average', 'average of'],
  [{ kind: 'aggregate', aggregate: 'MIN' }, 'minimum', 'min', 'minimal'],
  [{ kind: 'aggregate', aggregate: 'MAX' }, 'maximum', 'max', 'maximal'],
  [{ kind: 'rank', direction: 'DESC' }, 'most', 'highest', 'largest', 'biggest', 'greatest', 'best'],
  [{ kind: 'rank', direction: 'DESC', hints: LENGTH }, 'longest'],
  [{ kind: 'rank', direction: 'ASC', hints: LENGTH }, 'shortest'],
  [{ kind: 'rank', direction: 'ASC' }, 'least', 'lowest', 'smallest', 'fewest', 'worst', 'bottom'],
  [{ kind: 'rank', direction: 'DESC', hints: PRICE }, 'most expensive', 'priciest', 'dearest', 'costliest'],
  [{ kind: 'rank', direction: 'ASC', hints: PRICE }, 'cheapest', 'least expensive', 'most affordable'],
  [{ kind: 'rank', direction: 'ASC', hints: BIRTH }, 'oldest'],
  [{ kind: 'rank', direction: 'DESC', hints: BIRTH }, 'youngest'],
  [{ kind: 'rank', direction: 'DESC', hints: DATE }, 'latest', 'newest', 'most recent', 'last'],
  [{ kind: 'rank', direction: 'ASC', hints: DATE }, 'earliest'],
  [{ kind: 'direction', direction: 'DESC' }, 'descending', 'desc', 'in descending order', 'from high to low'],
  [{ kind: 'direction', direction: 'DESC' }, 'from highest to lowest', 'highest first', 'largest first'],
  [{ kind: 'direction', direction: 'ASC' }, 'ascending', 'asc', 'in ascending order', 'alphabetically', 'lowest first'],
  [{ kind: 'direction', direction: 'ASC' }, 'from lowest to highest', 'from low to high', 'in alphabetical order'],
  [
    { kind: 'compare', comparison: '>' },
    'more than',
    'over',
    'above',
    'greater than',
    'higher than',
    'larger than',
    '>',
  ],
  [{ kind: 'compare', comparison: '>' }, 'exceed', 'exceeding', 'bigger than', 'older than', 'exceeded'],
  [{ kind: 'compare', comparison: '>', hints: LENGTH }, 'longer than'],
  [{ kind: 'compare', comparison: '<', hints: LENGTH }, 'shorter than'],
  [{ kind: 'compare', comparison: '>', hints: PRICE }, 'more expensive than'],
  [{ kind: 'compare', comparison: '<', hints: PRICE }, 'cheaper than', 'less expensive than'],
  [
    { kind: 'compare', comparison: '>=' },
    'at least',
    'no less than',
    'not less than',
    'minimum of',
    '>=',
    'no fewer than',
  ],
  [
    { kind: 'compare', comparison: '<' },
    'less than',
    'under',
    'below',
    'fewer than',
    'lower than',
    'smaller than',
    '<',
  ],
  [{ kind: 'compare', comparison: '<=' }, 'at most', 'no more than', 'not more than', 'up to', '<=', 'maximum of'],
  [{ kind: 'compare', comparison: '=' }, 'exactly', 'equal to', 'equals', '=', 'precisely'],
  [{ kind: 'compare', comparison: '<>' }, 'not equal to', '<>', '!='],
  [{ kind: 'time', comparison: '<' }, 'before', 'prior to', 'earlier than'],
  [{ kind: 'time', comparison: '>' }, 'after', 'later than'],
  [{ kind: 'time', comparison: '>=' }, 'since', 'starting in', 'from the year'],
  [{ kind: 'time', comparison: '<=' }, 'until', 'till', 'up to the year'],
  [{ kind: 'unit', unit: 'year', grouping: false }, 'year', 'calendar year'],
  [{ kind: 'unit', unit: 'quarter', grouping: false }, 'quarter'],
  [{ kind: 'unit', unit: 'month', grouping: false }, 'month'],
  [{ kind: 'unit', unit: 'day', grouping: false }, 'day', 'date'],
  [{ kind: 'unit', unit: 'year', grouping: true }, 'yearly', 'annual', 'annually'],
  [{ kind: 'unit', unit: 'quarter', grouping: true }, 'quarterly'],
  [{ kind: 'unit', unit: 'month', grouping: true }, 'monthly'],
  [{ kind: 'unit', unit: 'day', grouping: true }, 'daily'],
  [{ kind: 'quarter', quarter: 1 }, 'q1', 'first quarter', 'first quarter of', 'quarter 1'],
  [{ kind: 'quarter', quarter: 2 }, 'q2', 'second quarter', 'second quarter of', 'quarter 2'],
  [{ kind: 'quarter', quarter: 3 }, 'q3', 'third quarter', 'third quarter of', 'quarter 3'],
  [{ kind: 'quarter', quarter: 4 }, 'q4', 'fourth quarter', 'fourth quarter of', 'quarter 4', 'last quarter of'],
]

const months = 'january february march april may june july august september october november december'.split(' ')
const monthRoles = months.map((name, index) => [{ kind: 'month', month: index + 1 } as Role, name] as const)

export interface RolePhrase {
  readonly stems: readonly string[]
  readonly role: Role
}

/** Role phrases by their first stem. */
export const rolePhrases: ReadonlyMap<string, readonly RolePhrase[]> = byFirstStem([...roles, ...monthRoles])

function byFirstStem(entries: readonly (readonly [Role, ...string[]])[]): Map<string, RolePhrase[]> {
  const index = new Map<string, RolePhrase[]>()
  for (const [role, ...phrases] of entries) {
    for (const phrase of phrases) {
      const stems = phrase.split(' ').map(singular)
      const first = stems[0] as string
      index.set(first, [...(index.get(first) ?? []), { stems, role }])
    }
  }
  return index
}

function wordSet(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/).map(singular))
}

/** Words that carry no meaning of their own in a question about tables. */
export const fillers: ReadonlySet<string> = wordSet(
  `a an the of in on at to for from with within into through via during as than then so is are was were be been being
  do does did have has had having our we us i me my you your they their them there that this these those it its he she
  his her whom whose please can could would will shall should tell give get find see want need know let display return
  fetch print select exist exists make made all any some also only just database data table record row entry item now
  live lives lived living come comes coming located belong belongs belonging based named called value many much whole
  entire when where how about thing anything something ever store stored contain contains include includes included
  including happen happened take took place if while yet respectively among sort kind type used
  using own number long here today hello hi thanks thank costing priced worth work worked working generate generated
  placed led lead produce produced brought bring made`,
)

/** Words that describe nothing, unless one of them is a value in the tables. */
export const weakFillers: ReadonlySet<string> = wordSet('available current currently')

/** Nouns that mean money when they name a table: their total is an amount, not a number of rows. */
export const moneyNouns: ReadonlySet<string> = wordSet('sale revenue turnover income earning spending payment expense')

/** Words of columns that hold an amount which may be summed up, best first. */
export const additiveWords: readonly string[] = ['amount', 'revenue', 'total', 'turnover', 'value', 'quantity', 'qty']

/** Short forms in names of tables and columns. */
export const abbreviations: Readonly<Record<string, string>> = {
  addr: 'address',
  amt: 'amount',
  avg: 'average',
  cat: 'category',
  cust: 'customer',
  dept: 'department',
  desc: 'description',
  emp: 'employee',
  max: 'maximum',
  min: 'minimum',
  mgr: 'manager',
  nbr: 'number',
  num: 'number',
  prod: 'product',
  promo: 'promotion',
  qty: 'quantity',
}
