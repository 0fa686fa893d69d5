import { NUMBER } from '../../values/oracle-type.ts'
import type { Expression, OrderItem, SelectBlock, SelectItem } from '../parse/syntax-tree.ts'
import { familyOf, NULL_TYPE } from '../values/sql-value.ts'
import { isAggregate } from './aggregate.ts'
import { translateTest, translateValue } from './expression.ts'
import { translateFrom } from './from.ts'
import { groupingSets } from './grouping.ts'
import { hierarchicalFrom } from './hierarchy.ts'
import { quotedPath } from './names.ts'
import { unnestAggregates } from './nested-aggregates.ts'
import { inconsistent } from './operand.ts'
import { RowNumbering, usesRownum } from './row-numbering.ts'
import { type Grouping, type Operand, Scope, sourcesNamed, starColumns } from './scope.ts'
import type { PlanColumn, Translation } from './translation.ts'
import { callName, conjunctsOf, isBareName, someExpression } from './visit.ts'

/** A query block before its rows are ordered. */
export interface Block {
  readonly columns: readonly PlanColumn[]
  readonly single: boolean
  /** The engine's expression for a term of ORDER BY; called before `select`, since it may need more columns. */
  order(item: OrderItem): string
  /** The engine's text, with further columns after c1, c2 ... */
  select(extra: readonly string[]): string
}

interface Item {
  readonly name: string
  readonly operand: Operand
}

/** Translates one SELECT ... FROM ... WHERE ... GROUP BY block. */
export function translateSelect(body: SelectBlock, translation: Translation, parent: Scope | undefined): Block {
  const outer = unnestAggregates(body, translation)
  if (outer !== undefined) return translateSelect(outer, translation, parent)
  const scope = new Scope(parent)
  const joined =
    body.connectBy === undefined
      ? translateFrom(body, scope, translation)
      : hierarchicalFrom({ ...body, connectBy: body.connectBy }, scope, translation)
  const conjuncts = conjunctsOf(joined.where)
  const numbered = usesRownum(body)
  const tests = conjuncts
    .filter((conjunct) => !numbered || !someExpression(conjunct, (part) => isBareName(part, 'ROWNUM')))
    .map((conjunct) => translateTest(conjunct, scope, translation))
  const numbering = numbered ? new RowNumbering(conjuncts, joined.from, tests, scope, translation) : undefined
  const from = () => numbering?.from() ?? joined.from
  const where = numbering === undefined && tests.length > 0 ? ` WHERE ${tests.join(' AND ')}` : ''
  const grouped = body.groupBy.length > 0 || body.having !== undefined || hasAggregate(body.items)
  if (!grouped) return plainBlock(body, scope, translation, from, where)
  return groupedBlock(body, scope, translation, from, where)
}

function hasAggregate(node: unknown): boolean {
  return someExpression(node, (part) => {
    if (part.kind === 'json-aggregate') return true
    return part.kind === 'call' && part.over === undefined && isAggregate(callName(part) ?? '')
  })
}

function plainBlock(
  body: SelectBlock,
  scope: Scope,
  translation: Translation,
  from: () => string,
  where: string,
): Block {
  const settings = { analytics: true, takesSequences: !body.distinct }
  const items = scope.within(settings, () => translateItems(body.items, scope, translation))
  const aliases = aliasesOf(body.items, items)
  const distinct = body.distinct ? distinctText(items, body, translation) : ''
  const fromDual = body.from.length === 0
  return {
    columns: planColumns(items),
    single: fromDual && where === '' && body.connectBy === undefined,
    order: (item) => orderExpression(item, items, aliases, body, scope, translation),
    select: (extra) => `SELECT ${distinct}${itemList(items, extra)}${fromText(from())}${where}`,
  }
}

function groupedBlock(
  body: SelectBlock,
  scope: Scope,
  translation: Translation,
  from: () => string,
  where: string,
): Block {
  const sets = groupingSets(body.groupBy, (value) => translateValue(value, scope, translation).sql)
  const allKeys = new Set(sets.flat())
  const blocks = sets.map((set) => {
    const absent = new Set([...allKeys].filter((key) => !set.includes(key)))
    const grouping: Grouping = { keys: allKeys, absent, hasGroupBy: body.groupBy.length > 0 }
    const settings = { grouping, aggregates: 'allowed', analytics: true } as const
    const items = scope.within(settings, () => translateItems(body.items, scope, translation))
    const { having } = body
    const having_ =
      having === undefined
        ? ''
        : ` HAVING ${scope.within({ ...settings, analytics: false }, () => translateTest(having, scope, translation))}`
    const keys = set.length === 0 ? emptySetKey(body, sets.length) : ` GROUP BY ${set.join(', ')}`
    return { items, settings, tail: `${where}${keys}${having_}` }
  })
  const [first] = blocks
  if (first === undefined) throw new TypeError('a grouped block has at least one grouping set')
  const aliases = aliasesOf(body.items, first.items)
  const distinct = body.distinct ? distinctText(first.items, body, translation) : ''
  const single = body.groupBy.length === 0
  if (blocks.length === 1) {
    return {
      columns: planColumns(first.items),
      single,
      order: (item) =>
        scope.within(first.settings, () => orderExpression(item, first.items, aliases, body, scope, translation)),
      select: (extra) => `SELECT ${distinct}${itemList(first.items, extra)}${fromText(from())}${first.tail}`,
    }
  }
  const columns = planColumns(first.items).map((column) => ({ ...column, nullable: true }))
  const orderKeys: { readonly name: string; readonly texts: readonly string[] }[] = []
  return {
    columns,
    single: false,
    order: (item) => {
      const texts = blocks.map((block) =>
        scope.within(block.settings, () =>
          orderExpression(item, block.items, aliasesOf(body.items, block.items), body, scope, translation),
        ),
      )
      const name = `g${orderKeys.length + 1}`
      orderKeys.push({ name, texts })
      return name
    },
    select: (extra) => {
      const union = blocks.map((block, index) => {
        const keys = orderKeys.map((key) => `${key.texts[index]} AS ${key.name}`)
        return `SELECT ${itemList(block.items, keys)}${fromText(from())}${block.tail}`
      })
      const names = [...columns.map((_, index) => `c${index + 1}`), ...extra].join(', ')
      return `SELECT ${distinct}${names} FROM (${union.join(' UNION ALL ')})`
    },
  }
}

/** The grand total of ROLLUP exists only when there are rows; a sole empty set yields a row in any case. */
function emptySetKey(body: SelectBlock, setCount: number): string {
  return body.groupBy.length > 0 && setCount > 1 ? ' GROUP BY NULL' : ''
}

function fromText(from: string): string {
  return from === '' ? '' : ` FROM ${from}`
}

function itemList(items: readonly Item[], extra: readonly string[]): string {
  return [...items.map((item, index) => `${item.operand.sql} AS c${index + 1}`), ...extra].join(', ')
}

function planColumns(items: readonly Item[]): readonly PlanColumn[] {
  return items.map(({ name, operand }) => ({ name, type: operand.type, nullable: operand.nullable }))
}

function translateItems(items: readonly SelectItem[], scope: Scope, translation: Translation): readonly Item[] {
  return items.flatMap((item) => {
    if (item.kind === 'all') return translateStar(item, scope, translation)
    const operand = translateValue(item.value, scope, translation)
    const name = item.alias?.name ?? (item.value.kind === 'name' ? item.value.path.at(-1)?.name : undefined)
    return [{ name: name ?? item.heading, operand }]
  })
}

function translateStar(
  item: Extract<SelectItem, { kind: 'all' }>,
  scope: Scope,
  translation: Translation,
): readonly Item[] {
  const ambiguous = item.qualifier.length > 0 && sourcesNamed(scope, item.qualifier).length > 1
  const columns = ambiguous ? undefined : starColumns(scope, item)
  if (columns === undefined) {
    throw translation.error(item.start, 904, `${quotedPath(item.qualifier)}: invalid identifier`)
  }
  if (columns.length === 0) throw translation.error(item.start, 923, 'FROM keyword not found where expected')
  return columns.map((column) => {
    const sql = scope.read(column.sql)
    if (scope.grouping !== undefined && !scope.grouping.keys.has(sql)) {
      throw translation.error(
        item.start,
        scope.grouping.hasGroupBy ? 979 : 937,
        scope.grouping.hasGroupBy ? 'not a GROUP BY expression' : 'not a single-group group function',
      )
    }
    return { name: column.name, operand: { ...column, sql } }
  })
}

/** What ORDER BY may call the select list's expressions: their aliases, of which the first of a name counts. */
function aliasesOf(nodes: readonly SelectItem[], items: readonly Item[]): ReadonlyMap<string, Operand> {
  const aliases = new Map<string, Operand>()
  if (nodes.some((node) => node.kind === 'all')) {
    for (const node of nodes) if (node.kind === 'value' && node.alias !== undefined) addAlias(node.alias.name)
    return aliases
  }
  for (const node of nodes) if (node.kind === 'value' && node.alias !== undefined) addAlias(node.alias.name)
  return aliases

  function addAlias(name: string): void {
    const item = items.find((candidate) => candidate.name === name)
    if (item !== undefined && !aliases.has(name)) aliases.set(name, item.operand)
  }
}

function distinctText(items: readonly Item[], body: SelectBlock, translation: Translation): string {
  const clob = items.find((item) => familyOf(item.operand.type) === 'clob')
  if (clob !== undefined) throw inconsistent(translation, body.start, '-', clob.operand.type)
  return 'DISTINCT '
}

function orderExpression(
  item: OrderItem,
  items: readonly Item[],
  aliases: ReadonlyMap<string, Operand>,
  body: SelectBlock,
  scope: Scope,
  translation: Translation,
): string {
  const position = positionOf(item.value, items, translation)
  if (position !== undefined) return orderable(items[position]?.operand as Operand, item.value, translation)
  const operand = scope.within({ aliases, analytics: true }, () => translateValue(item.value, scope, translation))
  if (body.distinct && !items.some((candidate) => candidate.operand.sql === operand.sql)) {
    throw translation.error(item.value.start, 1791, 'not a SELECTed expression')
  }
  return orderable(operand, item.value, translation)
}

function orderable(operand: Operand, node: Expression, translation: Translation): string {
  if (familyOf(operand.type) === 'clob') throw inconsistent(translation, node.start, '-', operand.type)
  return operand.type === NULL_TYPE || operand.type === NUMBER ? `(${operand.sql})` : operand.sql
}

function positionOf(node: Expression, items: readonly Item[], translation: Translation): number | undefined {
  if (node.kind !== 'number') return undefined
  const position = Number(node.value)
  if (!Number.isInteger(position) || position < 1 || position > items.length) {
    throw translation.error(node.start, 1785, 'ORDER BY item must be the number of a SELECT-list expression')
  }
  return position - 1
}
