import { textArgument } from '../execution/text-argument.ts'
import { OracleError } from '../oracle-error.ts'
import type { OracleValue } from '../values/oracle-value.ts'
import { jsonArgument } from './json-argument.ts'

/** Rows that are wanted of one table. */
export interface WantedRows {
  readonly owner: string
  readonly name: string
  readonly recordCount: number
  /** In words; empty for no wishes. */
  readonly userPrompt: string
}

export interface SyntheticDataParams {
  readonly sampleRows: number
}

/** Without a count so many rows are made. */
const DEFAULT_RECORDS = 10
/** A local emulator keeps everything in memory. */
const MOST_RECORDS = 100_000

type Values = Readonly<Record<string, OracleValue>>

/** @throws OracleError ORA-20000 */
export function wantedOfTable(values: Values, user: string): WantedRows {
  return {
    owner: nameOf(textArgument(values.OWNER_NAME) || user),
    name: nameOf(textArgument(values.OBJECT_NAME)),
    recordCount: countOf(values.RECORD_COUNT === null ? undefined : Number(values.RECORD_COUNT)),
    userPrompt: textArgument(values.USER_PROMPT),
  }
}

/** @throws OracleError ORA-40441 for text that is no JSON, ORA-20000 for JSON that is no list of objects. */
export function wantedOfList(text: string, user: string): readonly WantedRows[] {
  const { list } = jsonArgument(`{"list": ${text.trim() || 'null'}}`)
  if (!Array.isArray(list) || list.length === 0) throw invalid('object_list')
  return list.map((entry: unknown) => {
    const given = lowerCaseKeys(entry)
    if (typeof given.name !== 'string') throw invalid('object_list')
    return {
      owner: nameOf(typeof given.owner === 'string' ? given.owner : user),
      name: nameOf(given.name),
      recordCount: countOf(given.record_count ?? undefined),
      userPrompt: typeof given.user_prompt === 'string' ? given.user_prompt : '',
    }
  })
}

/** @throws OracleError ORA-20000. Only `sample_rows` changes anything here: the others are for language models. */
export function syntheticDataParams(value: OracleValue | undefined): SyntheticDataParams {
  const params = lowerCaseKeys(jsonArgument(value))
  for (const [name, isValid] of Object.entries(rules)) {
    const given = params[name]
    if (given !== undefined && given !== null && !isValid(given)) throw invalid(name)
  }
  const unknown = Object.keys(params).find((name) => !Object.hasOwn(rules, name))
  if (unknown !== undefined) throw new OracleError(20000, `Invalid parameter in params - ${unknown}`)
  return { sampleRows: Number(params.sample_rows ?? 0) }
}

const isTruth = (value: unknown): boolean => typeof value === 'boolean'

const rules: Readonly<Record<string, (value: unknown) => boolean>> = {
  sample_rows: (value) => Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) <= MOST_RECORDS,
  table_statistics: isTruth,
  priority: (value) => typeof value === 'string' && ['HIGH', 'MEDIUM', 'LOW'].includes(value.toUpperCase()),
  comments: isTruth,
}

function countOf(given: unknown): number {
  if (given === undefined) return DEFAULT_RECORDS
  const count = Number(given)
  if (count < 0) throw new OracleError(20000, 'record_count cannot be smaller than 0')
  if (!Number.isSafeInteger(count)) throw invalid('record_count')
  if (count > MOST_RECORDS) {
    throw new OracleError(20000, `record_count cannot be larger than ${MOST_RECORDS} in this local emulator`)
  }
  return count
}

/** A name in double quotes keeps its case, as in SQL. */
function nameOf(written: string): string {
  const name = written.trim()
  if (name === '') throw invalid('object_name')
  return /^".+"$/.test(name) ? name.slice(1, -1) : name.toUpperCase()
}

function lowerCaseKeys(value: unknown): Readonly<Record<string, unknown>> {
  const entries = Object.entries<unknown>(Object(value))
  return Object.fromEntries(entries.map(([name, part]) => [name.toLowerCase(), part]))
}

function invalid(argument: string): OracleError {
  return new OracleError(20000, `Invalid value for ${argument}`)
}
