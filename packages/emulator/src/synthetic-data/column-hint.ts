import type { OracleValue } from '../values/oracle-value.ts'

/** What the values of a column should be like. */
export interface ColumnHint {
  /** The values to choose from. */
  readonly values?: readonly OracleValue[] | undefined
  /** The least number; for dates the first year. */
  readonly low?: number | undefined
  /** The largest number; for dates the last year. */
  readonly high?: number | undefined
}

/** Hints by the names of columns. */
export type ColumnHints = ReadonlyMap<string, ColumnHint>

/** What both say; where they contradict each other, what `stronger` says. */
export function narrowedHint(stronger: ColumnHint | undefined, weaker: ColumnHint | undefined): ColumnHint {
  if (stronger === undefined || weaker === undefined) return stronger ?? weaker ?? {}
  const low = largest(stronger.low, weaker.low)
  const high = least(stronger.high, weaker.high)
  const isRange = low === undefined || high === undefined || low <= high
  return {
    values: narrowedValues(stronger, weaker),
    low: isRange ? low : stronger.low,
    high: isRange ? high : stronger.high,
  }
}

/** The hints of several sources, the strongest first. */
export function narrowedHints(...sources: readonly ColumnHints[]): ColumnHints {
  const narrowed = new Map<string, ColumnHint>()
  for (const source of sources) {
    for (const [column, hint] of source) narrowed.set(column, narrowedHint(narrowed.get(column), hint))
  }
  return narrowed
}

function narrowedValues(stronger: ColumnHint, weaker: ColumnHint): readonly OracleValue[] | undefined {
  if (stronger.values === undefined) return weaker.values?.filter((value) => isWithin(value, stronger))
  const common = stronger.values.filter((value) => weaker.values?.some((other) => String(other) === String(value)))
  return common.length === 0 ? stronger.values : common
}

function isWithin(value: OracleValue, { low, high }: ColumnHint): boolean {
  const number = Number(value)
  return Number.isNaN(number) || ((low === undefined || number >= low) && (high === undefined || number <= high))
}

function largest(left: number | undefined, right: number | undefined): number | undefined {
  return left === undefined || right === undefined ? (left ?? right) : Math.max(left, right)
}

function least(left: number | undefined, right: number | undefined): number | undefined {
  return left === undefined || right === undefined ? (left ?? right) : Math.min(left, right)
}
