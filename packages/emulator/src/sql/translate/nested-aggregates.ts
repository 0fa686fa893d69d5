import type { CallExpression, Expression, SelectBlock, SelectItem } from '../parse/syntax-tree.ts'
import { isAggregate } from './aggregate.ts'
import type { Translation } from './translation.ts'
import { callName, someExpression } from './visit.ts'

/**
 * `SELECT MAX(SUM(x)) ... GROUP BY y` aggregates the groups once more. Such a block is written as an outer block over an
 * inner one that computes the groups; undefined when the block has no aggregate inside another.
 * @throws OracleError ORA-00978 without GROUP BY, ORA-00935 for a third level
 */
export function unnestAggregates(body: SelectBlock, translation: Translation): SelectBlock | undefined {
  if (!someExpression(body.items, isOuterAggregate)) return undefined
  const inner: SelectItem[] = []
  const items = body.items.map((item) => (item.kind === 'all' ? item : { ...item, value: rewrite(item.value) }))
  const { start } = body
  const groups: SelectBlock = { ...body, items: inner, distinct: false }
  const query = { with: [], body: groups, orderBy: [] }
  const from = [{ kind: 'derived', query, columns: [], start } as const]
  return { kind: 'select', start, distinct: body.distinct, items, from, groupBy: [] }

  function rewrite(expression: Expression): Expression {
    if (isOuterAggregate(expression)) return lift(expression)
    if (isPlainAggregate(expression)) {
      throw translation.error(expression.start, 937, 'not a single-group group function')
    }
    const entries = Object.entries(expression).map(([key, value]) => [key, rewritePart(key, value)])
    return Object.fromEntries(entries) as Expression
  }

  function rewritePart(key: string, value: unknown): unknown {
    if (key === 'query' || typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return value.map((part) => rewritePart('', part))
    if ('kind' in value && 'start' in value) return rewrite(value as Expression)
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, rewritePart(name, part)]))
  }

  function lift(call: CallExpression): CallExpression {
    if (body.groupBy.length === 0) throw translation.error(call.start, 978, 'nested group function without GROUP BY')
    const values = call.arguments.map(({ value }) => {
      if (someExpression(value, (part) => part.kind === 'call' && isOuterAggregate(part))) {
        throw translation.error(value.start, 935, 'group function is nested too deeply')
      }
      const name = `group function ${inner.length + 1}`
      const alias = { name, quoted: true, start: value.start }
      inner.push({ kind: 'value', value, alias, heading: name })
      return { value: { kind: 'name', path: [alias], outer: false, start: value.start, end: value.end } as const }
    })
    return { ...call, arguments: values }
  }
}

/** An aggregate with another aggregate in its arguments. */
function isOuterAggregate(expression: Expression): expression is CallExpression {
  if (expression.kind !== 'call' || expression.over !== undefined || !isAggregate(callName(expression) ?? ''))
    return false
  return someExpression(expression.arguments, isPlainAggregate)
}

function isPlainAggregate(part: Expression): boolean {
  return part.kind === 'call' && part.over === undefined && isAggregate(callName(part) ?? '')
}
