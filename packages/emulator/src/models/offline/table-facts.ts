import type { ColumnDescription, TableDescription } from '../schema-description.ts'
import { abbreviations, additiveWords } from './english.ts'
import { stemsOf } from './tokens.ts'

/** Words that say that a number is no amount. */
const NOT_AN_AMOUNT = new Set([
  'id',
  'key',
  'number',
  'code',
  'year',
  'month',
  'week',
  'quarter',
  'day',
  'zip',
  'phone',
])
/** Words of columns that name a row to people, best first. */
export const NAMING_WORDS: readonly string[] = ['name', 'title', 'description', 'label']
const LONGEST_SEARCHED_TEXT = 200

/** What a table's names and types say about the use of its columns. */
export interface TableFacts {
  readonly table: TableDescription
  /** Words of the table's name, singular. */
  readonly stems: readonly string[]
  readonly columns: readonly ColumnFacts[]
  /** Columns that name a row to people; empty when the table has none. */
  readonly display: readonly ColumnFacts[]
  /** The column whose sum stands for the table: revenue for sales. */
  readonly amount: ColumnFacts | undefined
  /** DATE and TIMESTAMP columns. */
  readonly dates: readonly ColumnFacts[]
  /** Whether the rows are people. */
  readonly isPeople: boolean
}

export interface ColumnFacts {
  readonly column: ColumnDescription
  /** Words of the whole name, short forms written out. */
  readonly nameStems: readonly string[]
  /** The name without the prefix that the table's columns share. */
  readonly shortStems: readonly string[]
  /** Part of the primary key or of a foreign key. */
  readonly isKey: boolean
  readonly isNumber: boolean
  readonly isDate: boolean
  /** Short character data, in which words of a question may be looked for. */
  readonly isText: boolean
  /** A number that may be summed up or ranked by, such as a price. */
  readonly isMeasure: boolean
}

export function tableFacts(table: TableDescription): TableFacts {
  const stems = expanded(stemsOf(table.name))
  const prefix = sharedPrefix(table)
  const columns = table.columns.map((column) => columnFacts(table, column, prefix))
  return {
    table,
    stems,
    columns,
    display: displayColumns(columns),
    amount: amountColumn(columns),
    dates: columns.filter(({ isDate }) => isDate),
    isPeople: columns.some(({ nameStems }) => isPersonal(nameStems)),
  }
}

const PERSONAL = ['surname', 'birth', 'gender', 'email']

function isPersonal(stems: readonly string[]): boolean {
  return stems.some((stem) => PERSONAL.includes(stem)) || /^(?:first|last) name$/.test(stems.slice(-2).join(' '))
}

export function expanded(stems: readonly string[]): string[] {
  return stems.map((stem) => (Object.hasOwn(abbreviations, stem) ? (abbreviations[stem] ?? stem) : stem))
}

function columnFacts(table: TableDescription, column: ColumnDescription, prefix: string | undefined): ColumnFacts {
  const words = column.name.split('_').filter((word) => word !== '')
  const short = prefix !== undefined && words[0] === prefix && words.length > 1 ? words.slice(1) : words
  const nameStems = expanded(stemsOf(words.join(' ')))
  const typeName = column.type.name
  const isKey =
    table.primaryKey.includes(column.name) || table.foreignKeys.some((key) => key.columns.includes(column.name))
  const isNumber = ['NUMBER', 'BINARY_INTEGER', 'BINARY_DOUBLE', 'BINARY_FLOAT'].includes(typeName)
  const looksLikeKey = /_(?:ID|KEY|CODE|NO)$/.test(column.name)
  return {
    column,
    nameStems,
    shortStems: expanded(stemsOf(short.join(' '))),
    isKey: isKey || (isNumber && looksLikeKey),
    isNumber,
    isDate: typeName === 'DATE' || typeName.startsWith('TIMESTAMP'),
    isText: 'length' in column.type && typeName !== 'RAW' && column.type.length <= LONGEST_SEARCHED_TEXT,
    isMeasure: isNumber && !isKey && !looksLikeKey && !nameStems.some((stem) => NOT_AN_AMOUNT.has(stem)),
  }
}

/** CUST for CUST_CITY: a first word that stands before at least half of the columns, or is the table's name or its beginning. */
function sharedPrefix(table: TableDescription): string | undefined {
  const counts = new Map<string, number>()
  for (const { name } of table.columns) {
    const [first, ...rest] = name.split('_')
    if (first !== undefined && rest.length > 0) counts.set(first, (counts.get(first) ?? 0) + 1)
  }
  const singularName = stemsOf(table.name).join('_').toUpperCase()
  return [...counts.keys()].find(
    (prefix) =>
      (counts.get(prefix) ?? 0) * 2 >= table.columns.length ||
      prefix === singularName ||
      (prefix.length >= 3 && table.name.startsWith(prefix)),
  )
}

function displayColumns(columns: readonly ColumnFacts[]): readonly ColumnFacts[] {
  const dateKey = columns.find(({ isKey, isDate }) => isKey && isDate)
  if (dateKey !== undefined) return []
  for (const word of NAMING_WORDS) {
    const named = columns.filter(({ isText, nameStems }) => isText && nameStems.at(-1) === word)
    if (named.length > 0) return named
  }
  const first = columns.find(({ isText, isKey }) => isText && !isKey)
  return first === undefined ? [] : [first]
}

function amountColumn(columns: readonly ColumnFacts[]): ColumnFacts | undefined {
  for (const word of additiveWords) {
    const found = columns.find(({ isMeasure, nameStems }) => isMeasure && nameStems.includes(word))
    if (found !== undefined) return found
  }
  return undefined
}
