import { NUMBER, varchar2 } from '../../values/oracle-type.ts'
import { LIMB_COUNT } from '../functions/number-limbs.ts'
import { MAXIMUM_TEXT } from '../functions/result-type.ts'
import type { CallExpression, Expression, Frame, OrderItem, WindowClause } from '../parse/syntax-tree.ts'
import { familyOf, type SqlType } from '../values/sql-value.ts'
import { textLiteral } from '../values/stored-value.ts'
import { translateValue } from './expression.ts'
import { quotedPath } from './names.ts'
import { convertOperand, inconsistent } from './operand.ts'
import { orderTerm } from './order-term.ts'
import type { Operand, Scope } from './scope.ts'
import type { Translation } from './translation.ts'
import { windowText } from './window.ts'

/**
 * The engine accepts scalar functions of ours only, so a numeric aggregate collects its values natively and a scalar
 * function computes the result in decimals. DISTINCT and windows then work as for any native aggregate.
 */
const COLLECTED: Readonly<Record<string, string>> = {
  SUM: 'ora_sum',
  AVG: 'ora_avg',
  MEDIAN: 'ora_median',
  STDDEV: 'ora_stddev',
  STDDEV_SAMP: 'ora_stddev_samp',
  STDDEV_POP: 'ora_stddev_pop',
  VARIANCE: 'ora_variance',
  VAR_SAMP: 'ora_var_samp',
  VAR_POP: 'ora_var_pop',
}
const PERCENTILES = new Set(['PERCENTILE_CONT', 'PERCENTILE_DISC'])
const NATIVE = new Set(['MIN', 'MAX', 'ANY_VALUE'])
const RANKING: Readonly<Record<string, string>> = {
  ROW_NUMBER: 'row_number',
  RANK: 'rank',
  DENSE_RANK: 'dense_rank',
}
const RATIOS: Readonly<Record<string, string>> = { PERCENT_RANK: 'percent_rank', CUME_DIST: 'cume_dist' }
const NEIGHBOURS = new Set(['LAG', 'LEAD', 'FIRST_VALUE', 'LAST_VALUE', 'NTH_VALUE'])

export function isAggregate(name: string): boolean {
  return name in COLLECTED || NATIVE.has(name) || name === 'COUNT' || name === 'LISTAGG' || PERCENTILES.has(name)
}

/** Translates an aggregate of a grouped block. @throws OracleError ORA-00934, ORA-00935 */
export function translateAggregate(node: CallExpression, scope: Scope, translation: Translation): Operand {
  if (scope.aggregates === 'forbidden') throw translation.error(node.start, 934, 'group function is not allowed here')
  if (scope.aggregates === 'inside') throw translation.error(node.start, 935, 'group function is nested too deeply')
  const { keep } = node
  const inside = scope.aggregates === 'unchecked' ? 'unchecked' : 'inside'
  return scope.within({ aggregates: inside, analytics: false }, () =>
    keep === undefined ? aggregateText(node, scope, translation, '') : keptText(node, keep, scope, translation),
  )
}

/** The aggregates that KEEP may restrict to the first or last rows. */
const KEPT = new Set(['COUNT', 'MIN', 'MAX', 'SUM', 'AVG', 'STDDEV', 'VARIANCE'])

/** KEEP (DENSE_RANK FIRST ...): each value is collected with its sort key, and those with the first or last key count. */
function keptText(
  node: CallExpression,
  keep: NonNullable<CallExpression['keep']>,
  scope: Scope,
  translation: Translation,
): Operand {
  const name = node.path[0]?.name ?? ''
  if (!KEPT.has(name) || node.distinct) throw translation.error(node.start, 3001, 'unimplemented feature')
  const operand = keptValue(node, name, scope, translation)
  const terms = keep.orderBy.map((item) => translateValue(item.value, scope, translation).sql)
  const order = keep.orderBy.map((item, index) => orderTerm(item, terms[index] as string)).join(', ')
  const key = terms.map((term) => `typeof(${term}) || hex(${term})`).join(` || '.' || `)
  const entry = `${key} || ':' || substr(typeof(${operand.sql}), 1, 1) || hex(${operand.sql})`
  const collected = `group_concat(${entry}, ',' ORDER BY ${order})`
  const type = name === 'MIN' || name === 'MAX' ? operand.type : NUMBER
  return { sql: `ora_keep('${name}', '${keep.position}', ${collected})`, type, nullable: name !== 'COUNT' }
}

function keptValue(node: CallExpression, name: string, scope: Scope, translation: Translation): Operand {
  if (name === 'COUNT' && node.star) return { sql: textLiteral('*'), type: varchar2(1), nullable: false }
  const argument = onlyArgument(node, translation)
  const value = translateValue(argument, scope, translation)
  if (familyOf(value.type) === 'clob') throw inconsistent(translation, argument.start, '-', value.type)
  const isNumeric = name !== 'COUNT' && name !== 'MIN' && name !== 'MAX'
  return isNumeric ? convertOperand(value, 'number', translation, argument.start) : value
}

/** @param over - the window, in the engine's text, or empty. */
function aggregateText(node: CallExpression, scope: Scope, translation: Translation, over: string): Operand {
  const name = node.path[0]?.name ?? ''
  if (name === 'COUNT' && node.star) return { sql: `ora_int(count(*)${over})`, type: NUMBER, nullable: false }
  if (name === 'LISTAGG') return listagg(node, scope, translation, over)
  if (PERCENTILES.has(name)) return percentile(node, name, scope, translation, over)
  const argument = onlyArgument(node, translation)
  const value = translateValue(argument, scope, translation)
  const distinct = node.distinct ? 'DISTINCT ' : ''
  if (node.distinct && familyOf(value.type) === 'clob') throw inconsistent(translation, argument.start, '-', value.type)
  if (name === 'COUNT') return { sql: `ora_int(count(${distinct}${value.sql})${over})`, type: NUMBER, nullable: false }
  if (NATIVE.has(name)) {
    if (familyOf(value.type) === 'clob') throw inconsistent(translation, argument.start, '-', value.type)
    return { sql: `${name === 'MAX' ? 'max' : 'min'}(${value.sql})${over}`, type: value.type, nullable: true }
  }
  const spans = familyOf(value.type) === 'months' || familyOf(value.type) === 'span'
  if (spans || ['date', 'timestamp', 'zoned'].includes(familyOf(value.type))) {
    throw inconsistent(translation, argument.start, 'NUMBER', value.type)
  }
  const number = convertOperand(value, 'number', translation, argument.start)
  if (over !== '' && (name === 'SUM' || name === 'AVG')) {
    return { sql: windowSum(name, number.sql, over), type: NUMBER, nullable: true }
  }
  return {
    sql: `${COLLECTED[name]}(group_concat(${distinct}hex(${number.sql}))${over})`,
    type: NUMBER,
    nullable: true,
  }
}

/**
 * A sum over a window, where collecting values would copy them anew for each row: each number is cut into whole numbers
 * of twelve digits, which the engine sums natively and exactly as the window moves.
 */
function windowSum(name: 'SUM' | 'AVG', value: string, over: string): string {
  const limbs = Array.from({ length: LIMB_COUNT }, (_, index) => `sum(ora_limb(${value}, ${index}))${over}`)
  return `ora_window_${name.toLowerCase()}(count(${value})${over}, ${limbs.join(', ')})`
}

function onlyArgument(node: CallExpression, translation: Translation): Expression {
  const [argument, ...rest] = node.arguments
  if (node.star) throw translation.error(node.start, 936, 'missing expression')
  if (argument === undefined) throw translation.error(node.end - 1, 909, 'invalid number of arguments')
  if (rest.length > 0) throw translation.error(node.start, 909, 'invalid number of arguments')
  return argument.value
}

function listagg(node: CallExpression, scope: Scope, translation: Translation, over: string): Operand {
  const [value, separator, ...rest] = node.arguments
  if (value === undefined || rest.length > 0) throw translation.error(node.start, 909, 'invalid number of arguments')
  const text = convertOperand(translateValue(value.value, scope, translation), 'text', translation, value.value.start)
  const between = separator === undefined ? undefined : translateValue(separator.value, scope, translation)
  const distinct = node.distinct ? 'DISTINCT ' : ''
  // A window has the order already.
  const order = over === '' ? orderText(node.withinGroup ?? [], scope, translation) : ''
  const { truncate } = node
  const cut = truncate === undefined ? '' : `, ${textLiteral(truncate.indicator)}, '${truncate.withCount ? 'Y' : 'N'}'`
  const sql = `ora_join(group_concat(${distinct}hex(${text.sql})${order})${over}, ${between?.sql ?? 'NULL'}${cut})`
  return {
    sql,
    type: familyOf(text.type) === 'clob' ? text.type : varchar2(MAXIMUM_TEXT),
    nullable: true,
  }
}

/** PERCENTILE_CONT and PERCENTILE_DISC of numbers. @throws OracleError ORA-02000 without WITHIN GROUP, ORA-00932 for other types */
function percentile(node: CallExpression, name: string, scope: Scope, translation: Translation, over: string): Operand {
  const share = onlyArgument(node, translation)
  const [item, ...others] = node.withinGroup ?? []
  if (item === undefined) throw translation.error(node.end, 2000, 'missing WITHIN keyword')
  if (others.length > 0) throw translation.error(node.start, 909, 'invalid number of arguments')
  const value = translateValue(item.value, scope, translation)
  if (familyOf(value.type) !== 'number') throw inconsistent(translation, item.value.start, 'NUMBER', value.type)
  const fraction = convertOperand(translateValue(share, scope, translation), 'number', translation, share.start)
  const direction = item.descending ? 'DESC' : 'ASC'
  const collected = `group_concat(hex(${value.sql}))${over}`
  return {
    sql: `ora_percentile('${name}', '${direction}', ${fraction.sql}, ${collected})`,
    type: NUMBER,
    nullable: true,
  }
}

function orderText(items: readonly OrderItem[], scope: Scope, translation: Translation): string {
  if (items.length === 0) return ''
  return ` ORDER BY ${items.map((item) => orderTerm(item, translateValue(item.value, scope, translation).sql)).join(', ')}`
}

/** Translates an analytic function. @throws OracleError ORA-30483 where none may stand, ORA-30484 without its ORDER BY */
export function translateWindowCall(node: CallExpression, scope: Scope, translation: Translation): Operand {
  const over = node.over
  if (over === undefined) throw new TypeError('an analytic call has a window')
  if (!scope.analytics && scope.aggregates !== 'unchecked') {
    throw translation.error(node.start, 30483, 'window functions are not allowed here')
  }
  const name = node.path[0]?.name ?? ''
  const needsOrder = name in RANKING || name in RATIOS || name === 'LAG' || name === 'LEAD' || name === 'NTILE'
  if (needsOrder && over.orderBy.length === 0) {
    throw translation.error(node.end, 30485, 'missing ORDER BY expression in the window specification')
  }
  if ((name === 'LISTAGG' || PERCENTILES.has(name)) && over.orderBy.length > 0) {
    throw translation.error(node.start, 30487, 'ORDER BY not allowed here')
  }
  return scope.within({ analytics: false }, () => {
    const window = ` OVER (${windowText(name === 'LISTAGG' ? listWindow(node, over) : over, scope, translation)})`
    return windowCall(node, name, window, scope, translation)
  })
}

/** The list of LISTAGG is ordered by its own clause, and the same for all rows of a partition. */
function listWindow(node: CallExpression, { partitionBy }: WindowClause): WindowClause {
  const frame: Frame = { unit: 'ROWS', from: { kind: 'UNBOUNDED PRECEDING' }, to: { kind: 'UNBOUNDED FOLLOWING' } }
  return { partitionBy, orderBy: node.withinGroup ?? [], frame }
}

function windowCall(
  node: CallExpression,
  name: string,
  window: string,
  scope: Scope,
  translation: Translation,
): Operand {
  if (name in RANKING) return { sql: `ora_int(${RANKING[name]}()${window})`, type: NUMBER, nullable: false }
  if (name in RATIOS) return { sql: `ora_real(${RATIOS[name]}()${window})`, type: NUMBER, nullable: false }
  if (name === 'RATIO_TO_REPORT') return ratioToReport(node, window, scope, translation)
  if (name === 'NTILE') {
    const value = onlyArgument(node, translation)
    const count = convertOperand(translateValue(value, scope, translation), 'number', translation, value.start)
    return { sql: `ora_int(ntile(ora_native(${count.sql}))${window})`, type: NUMBER, nullable: false }
  }
  if (NEIGHBOURS.has(name)) return neighbour(node, name, window, scope, translation)
  if (!isAggregate(name)) throw translation.error(node.start, 904, `${quotedPath(node.path)}: invalid identifier`)
  if (node.distinct && (node.over?.orderBy.length ?? 0) > 0) {
    throw translation.error(node.start, 30487, 'ORDER BY not allowed here')
  }
  if (node.distinct || node.keep !== undefined) throw translation.error(node.start, 3001, 'unimplemented feature')
  return aggregateText(node, scope, translation, window)
}

function ratioToReport(node: CallExpression, window: string, scope: Scope, translation: Translation): Operand {
  const value = onlyArgument(node, translation)
  const number = convertOperand(translateValue(value, scope, translation), 'number', translation, value.start)
  return { sql: `ora_divide(${number.sql}, ${windowSum('SUM', number.sql, window)})`, type: NUMBER, nullable: true }
}

function neighbour(
  node: CallExpression,
  name: string,
  window: string,
  scope: Scope,
  translation: Translation,
): Operand {
  const [first, distance, fallback] = node.arguments
  if (first === undefined) throw translation.error(node.end - 1, 909, 'invalid number of arguments')
  const value = translateValue(first.value, scope, translation)
  const parts = [value.sql]
  if (name === 'NTH_VALUE' && distance === undefined) {
    throw translation.error(node.end - 1, 909, 'invalid number of arguments')
  }
  if (name === 'LAG' || name === 'LEAD' || name === 'NTH_VALUE') {
    const steps =
      distance === undefined
        ? '1'
        : `ora_native(${convertOperand(translateValue(distance.value, scope, translation), 'number', translation, distance.value.start).sql})`
    parts.push(steps)
    if (fallback !== undefined) {
      const other = translateValue(fallback.value, scope, translation)
      parts.push(convertOperand(other, familyOf(value.type), translation, fallback.value.start).sql)
    }
  }
  const type: SqlType = value.type
  if (node.ignoreNulls === true) return presentNeighbour(node, name, parts, value, window, scope, translation)
  return { sql: `${name.toLowerCase()}(${parts.join(', ')})${window}`, type, nullable: true }
}

/**
 * IGNORE NULLS, which the engine does not know: the values of the window are collected, without its NULLs, and one is taken.
 * @param parts - the value, how many steps away it lies, and what stands for it when there is none
 */
function presentNeighbour(
  node: CallExpression,
  name: string,
  [value = '', steps = '1', fallback = 'NULL']: readonly string[],
  { type }: Operand,
  window: string,
  scope: Scope,
  translation: Translation,
): Operand {
  const over = node.over as WindowClause
  const frame = NEIGHBOUR_FRAMES[name]
  const text = frame === undefined ? window : ` OVER (${windowText({ ...over, frame }, scope, translation)})`
  const collected = `group_concat(CASE WHEN ${value} IS NOT NULL THEN substr(typeof(${value}), 1, 1) || hex(${value}) END)${text}`
  const fromEnd = name === 'LAG' || name === 'LAST_VALUE'
  const taken = `ora_present(${collected}, ${fromEnd ? `-(${steps})` : steps})`
  return { sql: fallback === 'NULL' ? taken : `coalesce(${taken}, ${fallback})`, type, nullable: true }
}

const STEP: Expression = { kind: 'number', value: '1', start: 0, end: 0 }

/** Where LAG and LEAD look; the others look at the window that is written. */
const NEIGHBOUR_FRAMES: Readonly<Record<string, Frame>> = {
  LAG: { unit: 'ROWS', from: { kind: 'UNBOUNDED PRECEDING' }, to: { kind: 'PRECEDING', value: STEP } },
  LEAD: { unit: 'ROWS', from: { kind: 'FOLLOWING', value: STEP }, to: { kind: 'UNBOUNDED FOLLOWING' } },
}
