import type { FrameBound, WindowClause } from '../parse/syntax-tree.ts'
import { translateValue } from './expression.ts'
import { orderTerm } from './order-term.ts'
import type { Scope } from './scope.ts'
import type { Translation } from './translation.ts'

/** The inside of OVER (...) in the engine's text. */
export function windowText(window: WindowClause, scope: Scope, translation: Translation): string {
  const parts: string[] = []
  if (window.partitionBy.length > 0) {
    parts.push(
      `PARTITION BY ${window.partitionBy.map((value) => translateValue(value, scope, translation).sql).join(', ')}`,
    )
  }
  if (window.orderBy.length > 0) {
    const terms = window.orderBy.map((item) => orderTerm(item, translateValue(item.value, scope, translation).sql))
    parts.push(`ORDER BY ${terms.join(', ')}`)
  }
  if (window.frame !== undefined) {
    const { unit, from, to } = window.frame
    if (unit === 'RANGE' && ('value' in from || 'value' in to)) {
      throw translation.error('value' in from ? from.value.start : 0, 3001, 'unimplemented feature')
    }
    parts.push(`${unit} BETWEEN ${boundText(from, translation)} AND ${boundText(to, translation)}`)
  }
  return parts.join(' ')
}

/** The engine takes only literals here. */
function boundText(bound: FrameBound, translation: Translation): string {
  if (!('value' in bound)) return bound.kind
  if (bound.value.kind !== 'number' || !/^\d+$/.test(bound.value.value)) {
    throw translation.error(bound.value.start, 3001, 'unimplemented feature: frame offset other than a whole number')
  }
  return `${bound.value.value} ${bound.kind}`
}
