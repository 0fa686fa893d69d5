import type { Expression, SelectItem } from './query-form.ts'
import type { TableFacts } from './table-facts.ts'

const aggregateNames = { SUM: 'TOTAL', AVG: 'AVERAGE', MIN: 'LOWEST', MAX: 'HIGHEST' } as const

/** A result column with a name that says what it holds, such as PROMOTION_COUNT. */
export function itemFor(expression: Expression, base: TableFacts): SelectItem {
  if (expression.kind === 'column') return { expression }
  if (expression.kind === 'date part') return { expression, alias: expression.unit.toUpperCase() }
  const { aggregate, of, distinct, minus } = expression
  if (minus !== undefined) return { expression, alias: shortened(`DIFFERENCE_${of?.column.column.name ?? ''}`) }
  if (aggregate !== 'COUNT')
    return { expression, alias: shortened(`${aggregateNames[aggregate]}_${of?.column.column.name ?? ''}`) }
  const counted =
    of === undefined || of.column.isKey || distinct !== true ? (of?.facts ?? base).stems : of.column.nameStems
  return { expression, alias: shortened(`${counted.join('_')}_COUNT`.toUpperCase()) }
}

function shortened(name: string): string {
  return name.slice(0, 128)
}
