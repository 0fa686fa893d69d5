import type { CallExpression, ConnectBy, Expression, OrderItem, SelectBlock } from '../parse/syntax-tree.ts'
import { translateTest, translateValue } from './expression.ts'
import { translateFrom } from './from.ts'
import { generatedRows } from './generated-rows.ts'
import { HierarchyBase, joinsTables } from './hierarchy-base.ts'
import { convertOperand } from './operand.ts'
import { orderTerm } from './order-term.ts'
import type { Scope } from './scope.ts'
import type { Translation } from './translation.ts'
import { callName, conjunctsOf, isBareName, someExpression, visitExpressions } from './visit.ts'

type HierarchicalBlock = SelectBlock & { readonly connectBy: ConnectBy }

/** A column that the rows of the hierarchy carry: what it is for the first rows, and for those below a row `t`. */
interface Carried {
  readonly name: string
  readonly first: string
  readonly next: string
}

/** The scopes of a row `b` that is being added: at the top, and below a row `t`. */
interface AddedRow {
  readonly first: Scope
  readonly next: Scope
}

const REPEATS = "instr(t.trail, '/' || b.id || '/') > 0"

/**
 * CONNECT BY as a recursive common table. The tables are joined and numbered first; then come the rows of START WITH, and
 * below each the rows for which the condition holds with it as PRIOR, depth first. What is left of WHERE filters those.
 */
export function hierarchicalFrom(
  body: HierarchicalBlock,
  scope: Scope,
  translation: Translation,
): { from: string; where: Expression | undefined } {
  const { connectBy } = body
  if (isGenerator(body)) return generatedRows(body, scope, translation)
  const { base, where } = baseOf(body, scope, translation)
  const added = { first: base.scopeOf('b'), next: base.scopeOf('b') }
  added.first.level = 'ora_int(1)'
  added.next.level = 'ora_int(t.level + 1)'
  added.next.hierarchy = { prior: base.scopeOf('t'), paths: new Map() }
  const start =
    connectBy.startWith === undefined ? '' : ` WHERE ${translateTest(connectBy.startWith, added.first, translation)}`
  const condition = translateTest(connectBy.condition, added.next, translation)
  const calls = pathCalls(body)
  const paths = calls.map((call, index) => pathColumn(call, `x${index + 1}`, added, translation))
  const siblings = connectBy.siblings ?? []
  const keys = siblings.map((item, index) => siblingKey(item, `s${index + 1}`, body, added, translation))
  const carried = [...ancestorColumns(base), ...paths, ...keys]
  const list = (of: 'first' | 'next') => carried.map((each) => `, ${each[of]} AS ${each.name}`).join('')
  const order = ['level DESC', ...siblings.map((item, index) => orderTerm(item, `s${index + 1}`)), 'id'].join(', ')
  const below = usesPrior(connectBy.condition) ? `${condition} AND ${loopTest(connectBy)}` : condition
  const tree = `SELECT b.*, 1 AS level, '/' || b.id || '/' AS trail${list('first')} FROM base AS b${start}
    UNION ALL SELECT b.*, t.level + 1, t.trail || b.id || '/'${list('next')} FROM tree AS t JOIN base AS b ON ${below}
    ORDER BY ${order}`
  const alias = translation.alias('h')
  base.readFrom(alias, scope)
  scope.level = `ora_int(${alias}.level)`
  scope.hierarchy = {
    prior: base.scopeOf(alias, 'q'),
    root: base.scopeOf(alias, 'r'),
    paths: new Map(calls.map((call, index) => [call, `${alias}.x${index + 1}`])),
    flags: new Map(
      ['LEAF', 'CYCLE'].map((name) => [`CONNECT_BY_IS${name}`, `ora_int(${alias}.is_${name.toLowerCase()})`]),
    ),
  }
  const tables = `base AS MATERIALIZED (${base.text}), tree AS (${tree})`
  const rows = `SELECT t.*${flagColumns(body, condition)} FROM tree AS t`
  return { from: `(WITH RECURSIVE ${tables} ${rows}) AS ${alias}`, where }
}

/** `FROM dual CONNECT BY LEVEL <= n` counts instead of searching. */
function isGenerator({ from, connectBy }: HierarchicalBlock): boolean {
  const [only, ...others] = from
  if (connectBy.startWith !== undefined || others.length > 0 || usesPrior(connectBy.condition)) return false
  return only === undefined || (only.kind === 'table' && only.path.at(-1)?.name === 'DUAL')
}

function usesPrior(condition: Expression): boolean {
  return someExpression(condition, (part) => part.kind === 'prior')
}

/** With NOCYCLE a row that is its own ancestor is left out, otherwise it is an error. */
function loopTest({ noCycle }: ConnectBy): string {
  return noCycle ? `NOT (${REPEATS})` : `(CASE WHEN ${REPEATS} THEN ora_raise('1436') ELSE 1 END)`
}

/** Conditions that join tables count before the hierarchy, all others after it. */
function baseOf(
  body: HierarchicalBlock,
  scope: Scope,
  translation: Translation,
): { base: HierarchyBase; where: Expression | undefined } {
  const { from, where } = translateFrom(body, scope, translation)
  const conjuncts = conjunctsOf(where)
  const joins = conjuncts.filter((conjunct) => joinsTables(conjunct, scope))
  const tests = joins.map((conjunct) => translateTest(conjunct, scope, translation))
  const others = conjuncts.filter((conjunct) => !joins.includes(conjunct))
  return { base: new HierarchyBase(from, tests, scope), where: conjunction(others) }
}

function conjunction(conditions: readonly Expression[]): Expression | undefined {
  const [first, ...rest] = conditions
  return rest.reduce<Expression | undefined>(
    (left, right) => left && { kind: 'and', left, right, start: left.start, end: right.end },
    first,
  )
}

/** Each row has the columns of its parent and of its root with it, for PRIOR and CONNECT_BY_ROOT. */
function ancestorColumns(base: HierarchyBase): readonly Carried[] {
  return Array.from({ length: base.size }, (_, index): readonly Carried[] => {
    const number = index + 1
    return [
      { name: `q${number}`, first: 'NULL', next: `t.p${number}` },
      { name: `r${number}`, first: `b.p${number}`, next: `t.r${number}` },
    ]
  }).flat()
}

/** The calls of SYS_CONNECT_BY_PATH in a block. */
function pathCalls({ items, where, groupBy, having }: SelectBlock): readonly CallExpression[] {
  const calls: CallExpression[] = []
  visitExpressions([items, where, groupBy, having], (part) => {
    if (part.kind === 'call' && callName(part) === 'SYS_CONNECT_BY_PATH') calls.push(part)
  })
  return calls
}

/** @throws OracleError ORA-30003 */
function pathColumn(call: CallExpression, name: string, added: AddedRow, translation: Translation): Carried {
  const [value, separator, ...others] = call.arguments.map((argument) => argument.value)
  if (value === undefined || separator?.kind !== 'string' || others.length > 0) {
    throw translation.error(call.start, 30003, 'illegal parameter in SYS_CONNECT_BY_PATH function')
  }
  const part = (scope: Scope): string => {
    const text = convertOperand(translateValue(value, scope, translation), 'text', translation, value.start)
    return `${translateValue(separator, scope, translation).sql} || coalesce(${text.sql}, '')`
  }
  return { name, first: part(added.first), next: `t.${name} || ${part(added.next)}` }
}

/** ORDER SIBLINGS BY may name an item of the select list. */
function siblingKey(
  { value }: OrderItem,
  name: string,
  { items }: SelectBlock,
  added: AddedRow,
  translation: Translation,
): Carried {
  const item = items.find(
    (each) => each.kind === 'value' && each.alias !== undefined && isBareName(value, each.alias.name),
  )
  const key = item?.kind === 'value' ? item.value : value
  const text = (scope: Scope): string => translateValue(key, scope, translation).sql
  return { name, first: text(added.first), next: text(added.next) }
}

/** Whether a row has rows below it, and whether one of them is above it: asked only where the block wants to know. */
function flagColumns({ items, where, groupBy, having }: SelectBlock, condition: string): string {
  const wants = (name: string) => someExpression([items, where, groupBy, having], (part) => isBareName(part, name))
  const below = (test: string) => `EXISTS (SELECT 1 FROM base AS b WHERE ${condition} AND ${test})`
  const leaf = wants('CONNECT_BY_ISLEAF') ? `, NOT ${below(`NOT (${REPEATS})`)} AS is_leaf` : ''
  const cycle = wants('CONNECT_BY_ISCYCLE') ? `, ${below(REPEATS)} AS is_cycle` : ''
  return `${leaf}${cycle}`
}
