import type { Expression, Query } from '../parse/syntax-tree.ts'
import { translateValue } from './expression.ts'
import { convertOperand } from './operand.ts'
import { Scope } from './scope.ts'
import type { Block } from './select-block.ts'
import type { Translation } from './translation.ts'

/** OFFSET and FETCH FIRST n ROWS ONLY in the engine's text, with a blank before; empty without either. */
export function limitText(query: Query, translation: Translation): string {
  if (query.fetch === undefined && query.offset === undefined) return ''
  const rows =
    query.fetch === undefined ? '-1' : query.fetch.rows === undefined ? '1' : amount(query.fetch.rows, translation)
  const offset = query.offset === undefined ? '' : ` OFFSET ${amount(query.offset, translation)}`
  return ` LIMIT ${rows}${offset}`
}

/** A number of rows: fractions are cut, negative is none, NULL is none. */
function amount(value: Expression, translation: Translation): string {
  return `ora_rows(${numberText(value, translation)})`
}

function numberText(value: Expression, translation: Translation): string {
  const operand = translateValue(value, new Scope(undefined), translation)
  return convertOperand(operand, 'number', translation, value.start).sql
}

/** FETCH FIRST ... WITH TIES and ... PERCENT: the rows are ranked first. */
export function withTies(query: Query, block: Block, terms: readonly string[], translation: Translation): string {
  const keys = terms.map((term, index) => `${term.replace(/ (?:ASC|DESC) NULLS (?:FIRST|LAST)$/, '')} AS k${index + 1}`)
  const order = terms.map(
    (term, index) => `k${index + 1}${/ (?:ASC|DESC) NULLS (?:FIRST|LAST)$/.exec(term)?.[0] ?? ''}`,
  )
  const ordered = order.length === 0 ? '' : `ORDER BY ${order.join(', ')}`
  const inner = block.select(keys)
  const ranked = `SELECT *, rank() OVER (${ordered}) AS tie, row_number() OVER (${ordered}) AS number, count(*) OVER () AS total FROM (${inner})`
  const rows = query.fetch?.rows === undefined ? 'ora_int(1)' : numberText(query.fetch.rows, translation)
  const wanted = query.fetch?.percent === true ? `ora_percent(${rows}, total)` : `ora_rows(${rows})`
  const offset = query.offset === undefined ? '0' : amount(query.offset, translation)
  const counted = query.fetch?.ties === true && order.length > 0 ? 'tie' : 'number'
  const columns = block.columns.map((_, index) => `c${index + 1}`).join(', ')
  return `SELECT ${columns} FROM (${ranked}) WHERE number > ${offset} AND ${counted} <= ${offset} + ${wanted} ORDER BY number LIMIT -1`
}
