import { clausesOf, splitClause } from './sql-clauses.ts'
import { listed, spoken } from './words.ts'

/** The statement, and below it what each of its clauses does. */
export function explainSql(sql: string): string {
  const clauses = clausesOf(sql)
  if (clauses === undefined) {
    return `${sql}\n\nExplanation: this statement reads rows and combines them in steps; it changes nothing.`
  }
  const sentences = [
    reads(clauses.get('FROM') ?? ''),
    keeps(clauses.get('WHERE')),
    groups(clauses.get('GROUP BY'), clauses.get('HAVING')),
    shows(clauses.get('SELECT') ?? ''),
    sorts(clauses.get('ORDER BY')),
    limits(clauses.get('FETCH')),
  ].filter((sentence) => sentence !== '')
  return `${sql}\n\nExplanation:\n${sentences.map((sentence) => `- ${sentence}`).join('\n')}`
}

function reads(from: string): string {
  const tables = splitClause(from, 'JOIN').flatMap((part) => splitClause(part, ','))
  const names = tables.map((table) => {
    const [, first = '', second] = /^"?([^"\s.(]+)"?(?:\."?([^"\s.]+)"?)?/.exec(table) ?? []
    return second ?? (first === '' ? 'a subquery' : first)
  })
  const [first = 'a table', ...joined] = names
  if (joined.length === 0) return `It reads the rows of ${first}.`
  return `It reads the rows of ${first} and adds what ${listed(joined)} ${joined.length === 1 ? 'says' : 'say'} about them.`
}

function keeps(where: string | undefined): string {
  if (where === undefined) return ''
  return `It keeps the rows for which ${listed(splitClause(where, 'AND').map(conditionText))}.`
}

function conditionText(condition: string): string {
  const inside = /^(.*?)\s+(NOT IN|IN)\s+\(\s*(SELECT\b[\s\S]*)\)\s*$/i.exec(condition)
  if (inside === null) return expressionText(condition)
  const [, , operator = '', subquery = ''] = inside
  const clauses = clausesOf(subquery)
  const tables = splitClause(clauses?.get('FROM') ?? '', 'JOIN').map(
    (table) => /"([^"]+)"\s+\w+(?:\s|$)/.exec(table)?.[1] ?? table,
  )
  const filter = clauses?.get('WHERE')
  const having = clauses?.get('HAVING')
  const parts = [
    ...(filter === undefined
      ? []
      : splitClause(filter, 'AND')
          .filter((part) => !/IS NOT NULL$/i.test(part))
          .map(expressionText)),
    ...(having === undefined ? [] : [expressionText(having)]),
  ]
  const whose = parts.length === 0 ? '' : ` with ${listed(parts)}`
  return `there ${operator.toUpperCase() === 'IN' ? 'are' : 'are no'} rows in ${listed(tables)}${whose}`
}

function groups(groupBy: string | undefined, having: string | undefined): string {
  if (groupBy === undefined) return ''
  const only = having === undefined ? '' : `, and keeps the groups for which ${expressionText(having)}`
  return `It makes one group for each ${listed(splitClause(groupBy, ',').map(expressionText))}${only}.`
}

function shows(select: string): string {
  const distinct = /^\s*DISTINCT\b/i.test(select)
  const items = splitClause(select.replace(/^\s*DISTINCT\b/i, ''), ',').map((item) => {
    return expressionText(item.replace(/\s+AS\s+"?[^"]+"?$/i, ''))
  })
  return `It shows ${distinct ? 'each different ' : ''}${listed(items)}.`
}

function sorts(orderBy: string | undefined): string {
  if (orderBy === undefined) return ''
  const items = splitClause(orderBy, ',').map((item) => {
    const descending = /\bDESC\b/i.test(item)
    const name = item
      .replace(/\s+(?:ASC|DESC)?(?:\s*NULLS\s+(?:FIRST|LAST))?$/i, '')
      .replace(/\s+(?:ASC|DESC)\b.*$/i, '')
    return `${expressionText(name)}${descending ? ', largest first' : ''}`
  })
  return `It sorts by ${items.join(', then by ')}.`
}

function limits(fetch: string | undefined): string {
  const count = /\b(\d+)\s+ROWS?\b/i.exec(fetch ?? '')?.[1]
  if (count === undefined) return ''
  return count === '1' ? 'It returns the first row only.' : `It returns the first ${count} rows only.`
}

const functionNames: Readonly<Record<string, string>> = {
  AVG: 'the average of',
  COUNT: 'the number of',
  MAX: 'the highest',
  MIN: 'the lowest',
  SUM: 'the total of',
}

function expressionText(expression: string): string {
  return plainNames(expression)
    .replace(/\bCOUNT\(\*\)/gi, 'the number of rows')
    .replace(/\bEXTRACT\((\w+) FROM ([^()]+)\)/gi, (_, part: string, of: string) => `${part.toLowerCase()} of ${of}`)
    .replace(
      /\b(AVG|COUNT|MAX|MIN|SUM)\((DISTINCT )?([^()]+)\)/gi,
      (_, name: string, distinct: string | undefined, of: string) =>
        `${functionNames[name.toUpperCase()]} ${distinct === undefined ? '' : 'different '}${of}`,
    )
}

/** `p."PROMO_NAME" = 'x'` without quotes and short table names, the names as words. */
function plainNames(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(
      /('(?:[^']|'')*')|(?:\b[\w$#]+\.)?"([^"]+)"/g,
      (_, literal: string | undefined, name: string | undefined) => literal ?? spoken(name ?? ''),
    )
}
