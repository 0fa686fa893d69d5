import type { FrameBound, WindowClause } from '../parse/syntax-tree.ts'
import { translateValue } from './expression.ts'
import { convertOperand } from './operand.ts'
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
    parts.push(`${unit} BETWEEN ${boundText(from, scope, translation)} AND ${boundText(to, scope, translation)}`)
  }
  return parts.join(' ')
}

function boundText(bound: FrameBound, scope: Scope, translation: Translation): string {
  if (!('value' in bound)) return bound.kind
  const rows = convertOperand(translateValue(bound.value, scope, translation), 'number', translation, bound.value.start)
  return `ora_native(${rows.sql}) ${bound.kind}`
}
