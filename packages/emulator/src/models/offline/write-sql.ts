import type { TimeUnit } from './english.ts'
import type { Condition, Expression, Link, Period, Query, SelectItem } from './query-form.ts'
import type { SchemaGraph, Step } from './schema-graph.ts'
import type { TableFacts } from './table-facts.ts'

export interface WritingOptions {
  /** Compare text in upper case on both sides. */
  readonly ignoreCase: boolean
}

/** The query as Oracle SQL, one clause on a line. */
export function writeSql(query: Query, graph: SchemaGraph, options: WritingOptions): string {
  const scope = new Scope(query.base, graph, options)
  if (query.partition !== undefined) return writeRanked(query, query.partition, scope)
  const select = query.select.map(({ expression, alias }) => {
    const text = scope.expression(expression)
    return alias === undefined ? text : `${text} AS "${alias}"`
  })
  const order = query.order.map(({ expression, direction }) => {
    const alias = query.select.find((item) => item.expression === expression)?.alias
    return `${alias === undefined ? scope.expression(expression) : `"${alias}"`}${orderSuffix(expression, direction)}`
  })
  const body = bodyLines(query, scope)
  return [
    `SELECT ${query.distinct ? 'DISTINCT ' : ''}${select.join(', ')}`,
    ...body,
    ...clause('ORDER BY', order, ', '),
    ...limitClause(query.limit),
  ].join('\n')
}

/** FROM to HAVING. Comes after everything else, because each expression may add a table to FROM. */
function bodyLines(query: Query, scope: Scope): string[] {
  const where = [
    ...query.conditions.map((condition) => scope.condition(condition)),
    ...query.links.map((link) => scope.link(link)),
  ]
  const groupBy = query.groupBy.map((expression) => scope.expression(expression))
  const having = query.having.map((test) => `${scope.expression(test.expression)} ${test.comparison} ${test.value}`)
  return [
    ...scope.from(),
    ...clause('WHERE', where, '\n  AND '),
    ...clause('GROUP BY', groupBy, ', '),
    ...clause('HAVING', having, ' AND '),
  ]
}

const PLACE = 'PLACE_IN_GROUP'

/** The first rows of each group: all rows get their place in their group, and those with a low place are kept. */
function writeRanked(query: Query, partition: readonly Expression[], scope: Scope): string {
  const names = distinctNames(query.select.map((item) => nameOf(item)))
  const select = query.select.map(({ expression }, index) => `${scope.expression(expression)} AS "${names[index]}"`)
  const groups = partition.map((expression) => scope.expression(expression))
  const order = query.order.map(
    ({ expression, direction }) => `${scope.expression(expression)}${orderSuffix(expression, direction)}`,
  )
  const place = `ROW_NUMBER() OVER (PARTITION BY ${groups.join(', ')} ORDER BY ${order.join(', ')}) AS "${PLACE}"`
  const ranked = [`SELECT ${[...select, place].join(', ')}`, ...bodyLines(query, scope)]
  const shown = names.map((name) => `"${name}"`)
  const leading = query.select.filter(({ expression }) => partition.includes(expression)).length
  return [
    'WITH ranked AS (',
    ...ranked.map((line) => `  ${line}`),
    ')',
    `SELECT ${shown.join(', ')}`,
    'FROM ranked',
    `WHERE "${PLACE}" <= ${query.limit ?? 1}`,
    `ORDER BY ${[...shown.slice(0, leading), `"${PLACE}"`].join(', ')}`,
  ].join('\n')
}

function nameOf({ expression, alias }: SelectItem): string {
  return alias ?? (expression.kind === 'column' ? expression.column.column.name : expression.kind.toUpperCase())
}

/** A second column of one name gets a number. */
function distinctNames(names: readonly string[]): string[] {
  return names.map((name, index) => {
    const earlier = names.slice(0, index).filter((other) => other === name).length
    return earlier === 0 ? name : `${name}_${earlier + 1}`
  })
}

function clause(keyword: string, parts: readonly string[], separator: string): string[] {
  return parts.length === 0 ? [] : [`${keyword} ${parts.join(separator)}`]
}

function limitClause(limit: number | undefined): string[] {
  if (limit === undefined) return []
  return [`FETCH FIRST ${limit} ${limit === 1 ? 'ROW' : 'ROWS'} ONLY`]
}

/** A descending order would put rows without a value first. */
function orderSuffix(expression: Expression, direction: 'ASC' | 'DESC'): string {
  if (direction === 'ASC') return ''
  return expression.kind === 'aggregate' && expression.aggregate === 'COUNT' ? ' DESC' : ' DESC NULLS LAST'
}

/** Letters that would read as a keyword. */
const KEYWORDS = new Set(['as', 'at', 'by', 'in', 'is', 'of', 'on', 'or', 'to'])

/** One FROM clause: the tables in it, their short names, and the text of expressions over them. */
class Scope {
  readonly #base: TableFacts
  readonly #graph: SchemaGraph
  readonly #options: WritingOptions
  readonly #aliases = new Map<TableFacts, string>()
  readonly #steps: Step[] = []

  constructor(base: TableFacts, graph: SchemaGraph, options: WritingOptions) {
    this.#base = base
    this.#graph = graph
    this.#options = options
    this.#alias(base)
  }

  from(): string[] {
    const joins = this.#steps.map((step) => {
      const on = step.columns.map((column, index) => {
        const referenced = step.referenced[index] ?? ''
        return `${this.#alias(step.from)}."${column}" = ${this.#alias(step.to)}."${referenced}"`
      })
      return `JOIN ${tableName(step.to)} ${this.#alias(step.to)} ON ${on.join(' AND ')}`
    })
    return [`FROM ${tableName(this.#base)} ${this.#alias(this.#base)}`, ...joins]
  }

  column(facts: TableFacts, name: string): string {
    this.#reach(facts)
    return `${this.#alias(facts)}."${name}"`
  }

  expression(expression: Expression): string {
    if (expression.kind === 'column') return this.column(expression.facts, expression.column.column.name)
    if (expression.kind === 'date part') {
      return dateParts[expression.unit](this.column(expression.facts, expression.column.column.name))
    }
    const { aggregate, of, distinct, minus } = expression
    if (minus !== undefined) {
      return `${this.expression({ ...expression, minus: undefined })} - ${this.expression(minus)}`
    }
    if (of === undefined) return `${aggregate}(*)`
    return `${aggregate}(${distinct === true ? 'DISTINCT ' : ''}${this.column(of.facts, of.column.column.name)})`
  }

  condition(condition: Condition): string {
    const column = this.column(condition.facts, condition.column.column.name)
    switch (condition.kind) {
      case 'in':
        return this.#inList(column, condition.values, condition.negated)
      case 'compare':
        return `${column} ${condition.comparison} ${condition.value}`
      case 'between':
        return `${column} BETWEEN ${condition.low} AND ${condition.high}`
      case 'null':
        return `${column} IS ${condition.negated ? 'NOT ' : ''}NULL`
      case 'in periods':
        return inPeriods(column, condition.periods)
      case 'compare period':
        return comparePeriod(column, condition.comparison, condition.period)
    }
  }

  /** A condition by way of another table, from which foreign keys lead here. */
  link({ from, to, negated, conditions, having }: Link): string {
    const inner = new Scope(from, this.#graph, this.#options)
    const path = this.#graph.path(from, to) ?? []
    const last = path.at(-1) as Step
    const keys = last.columns.map((column) => inner.column(last.from, column))
    const where = conditions.map((condition) => inner.condition(condition))
    const total = having === undefined ? undefined : inner.expression(having.expression)
    const lines = [
      `SELECT ${keys.join(', ')}`,
      ...inner.from(),
      ...clause('WHERE', negated ? [...where, ...keys.map((key) => `${key} IS NOT NULL`)] : where, ' AND '),
      ...(having === undefined
        ? []
        : [`GROUP BY ${keys.join(', ')}`, `HAVING ${total} ${having.comparison} ${having.value}`]),
    ]
    const own = last.referenced.map((column) => this.column(to, column))
    const left = own.length === 1 ? own[0] : `(${own.join(', ')})`
    return `${left} ${negated ? 'NOT IN' : 'IN'} (\n    ${lines.join('\n    ')}\n  )`
  }

  #inList(column: string, values: readonly (string | number)[], negated: boolean): string {
    const folds = this.#options.ignoreCase && values.some((value) => typeof value === 'string')
    const left = folds ? `UPPER(${column})` : column
    const texts = values.map((value) => (folds ? `UPPER(${literal(value)})` : literal(value)))
    if (texts.length === 1) return `${left} ${negated ? '<>' : '='} ${texts[0]}`
    return `${left} ${negated ? 'NOT IN' : 'IN'} (${texts.join(', ')})`
  }

  #reach(facts: TableFacts): void {
    for (const step of this.#graph.path(this.#base, facts) ?? []) {
      if (this.#aliases.has(step.to)) continue
      this.#alias(step.to)
      this.#steps.push(step)
    }
  }

  #alias(facts: TableFacts): string {
    const known = this.#aliases.get(facts)
    if (known !== undefined) return known
    const initials = facts.table.name
      .split(/[^\p{L}\p{N}]+/u)
      .map((word) => word.slice(0, 1).toLowerCase())
      .join('')
    const taken = new Set(this.#aliases.values())
    let alias = /^[a-z]+$/.test(initials) && !KEYWORDS.has(initials) ? initials : 't'
    for (let number = 2; taken.has(alias); number += 1) alias = `${initials}${number}`
    this.#aliases.set(facts, alias)
    return alias
  }
}

function tableName({ table }: TableFacts): string {
  return `"${table.owner}"."${table.name}"`
}

function literal(value: string | number): string {
  return typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`
}

const dateParts: Readonly<Record<TimeUnit, (column: string) => string>> = {
  year: (column) => `EXTRACT(YEAR FROM ${column})`,
  quarter: (column) => `TO_CHAR(${column}, 'YYYY-"Q"Q')`,
  month: (column) => `TO_CHAR(${column}, 'YYYY-MM')`,
  day: (column) => `TRUNC(${column})`,
}

function inPeriods(column: string, periods: readonly Period[]): string {
  const years = periods.flatMap(({ year, quarter, month }) =>
    quarter === undefined && month === undefined ? [year] : [],
  )
  if (years.length === periods.length) {
    const part = dateParts.year(column)
    return years.length === 1 ? `${part} = ${years[0]}` : `${part} IN (${[...new Set(years)].join(', ')})`
  }
  const parts = periods.map((period) => inPeriod(column, period))
  return parts.length === 1 ? (parts[0] ?? '') : `(${parts.map((part) => `(${part})`).join(' OR ')})`
}

function inPeriod(column: string, period: Period): string {
  const { year, quarter, month } = period
  if (year !== undefined) {
    const { first, next } = bounds(period)
    return `${column} >= ${dateLiteral(first)} AND ${column} < ${dateLiteral(next)}`
  }
  if (month !== undefined) return `EXTRACT(MONTH FROM ${column}) = ${month}`
  return `TO_CHAR(${column}, 'Q') = '${quarter}'`
}

function comparePeriod(column: string, comparison: string, period: Period): string {
  const { first, next } = bounds(period)
  // A period as a whole lies before its end and after its start: `after 2022` begins with 2023.
  if (comparison === '>') return `${column} >= ${dateLiteral(next)}`
  if (comparison === '<=') return `${column} < ${dateLiteral(next)}`
  return `${column} ${comparison} ${dateLiteral(first)}`
}

/** The first day of a period and the first day after it. */
function bounds({ year = 0, quarter, month, day }: Period): { first: Date; next: Date } {
  if (day !== undefined) return { first: utc(year, month ?? 1, day), next: utc(year, month ?? 1, day + 1) }
  if (month !== undefined) return { first: utc(year, month, 1), next: utc(year, month + 1, 1) }
  if (quarter !== undefined) return { first: utc(year, quarter * 3 - 2, 1), next: utc(year, quarter * 3 + 1, 1) }
  return { first: utc(year, 1, 1), next: utc(year + 1, 1, 1) }
}

function utc(year: number, month: number, day: number): Date {
  return new Date(Date.UTC(year, month - 1, day))
}

function dateLiteral(date: Date): string {
  return `DATE '${date.toISOString().slice(0, 10)}'`
}
