import { parseIntervalLiteral } from '../../language/interval-literal.ts'
import { parseDateLiteral, parseTimestampLiteral } from '../../language/time-literal.ts'
import { OracleError } from '../../oracle-error.ts'
import { OracleNumber } from '../../values/oracle-number.ts'
import { CLOB, NUMBER, varchar2 } from '../../values/oracle-type.ts'
import { isText, MAXIMUM_TEXT, textLength, unifyTypes } from '../functions/result-type.ts'
import type { Expression } from '../parse/syntax-tree.ts'
import { limited } from '../values/number-format.ts'
import { familyOf, NULL_TYPE, type SqlType } from '../values/sql-value.ts'
import { literalOf, textLiteral } from '../values/stored-value.ts'
import { translateArithmetic, translateNegation } from './arithmetic.ts'
import { namesFunction, translateCall } from './call.ts'
import { translateCast } from './cast.ts'
import { translateCondition } from './condition.ts'
import { translateJson } from './json.ts'
import { quotedPath, translateName } from './names.ts'
import { asCondition, asValue, comparable, convertOperand, inconsistent } from './operand.ts'
import type { Operand, Scope } from './scope.ts'
import type { Translation } from './translation.ts'

/**
 * Translates an expression to the engine's text and finds its type.
 * In a grouped block an expression that is grouped by is taken whole, before its parts are looked at.
 */
export function translateExpression(node: Expression, scope: Scope, translation: Translation): Operand {
  const { grouping } = scope
  const checked =
    grouping !== undefined && scope.aggregates === 'allowed' && node.kind !== 'bind' && grouping.keys.size > 0
  if (!checked) return translateNode(node, scope, translation)
  const whole = tryWhole(node, scope, translation)
  if (whole !== undefined && grouping.absent.has(whole.sql)) return { ...whole, sql: 'NULL', nullable: true }
  if (whole !== undefined && grouping.keys.has(whole.sql)) return whole
  return translateNode(node, scope, translation)
}

function tryWhole(node: Expression, scope: Scope, translation: Translation): Operand | undefined {
  try {
    return asValue(
      scope.within({ aggregates: 'unchecked', grouping: undefined }, () => translateNode(node, scope, translation)),
    )
  } catch (error) {
    if (error instanceof OracleError) return undefined
    throw error
  }
}

/** A value: conditions become BOOLEANs. */
export function translateValue(node: Expression, scope: Scope, translation: Translation): Operand {
  return asValue(translateExpression(node, scope, translation))
}

/** A condition in the engine's own form. */
export function translateTest(node: Expression, scope: Scope, translation: Translation): string {
  return asCondition(translateExpression(node, scope, translation), translation, node.end)
}

function translateNode(node: Expression, scope: Scope, translation: Translation): Operand {
  switch (node.kind) {
    case 'string':
      return translateString(node.value)
    case 'number':
      return { sql: literalOf(limited(new OracleNumber(node.value))), type: NUMBER, nullable: false }
    case 'null':
      return { sql: 'NULL', type: NULL_TYPE, nullable: true }
    case 'boolean':
      return { sql: literalOf(node.value), type: { name: 'BOOLEAN' }, nullable: false }
    case 'date':
    case 'timestamp':
      return translateTimeLiteral(node, translation)
    case 'interval':
      return translateIntervalLiteral(node, translation)
    case 'bind':
      return {
        sql: translation.bind(node.index),
        type: translation.environment.bindType(node.index, node.name),
        nullable: true,
      }
    case 'name':
      return translateNameOrFunction(node, scope, translation)
    case 'call':
      return translateCall(node, scope, translation)
    case 'arithmetic':
      return translateArithmetic(node, scope, translation)
    case 'negation':
      return translateNegation(node, scope, translation)
    case 'prior':
    case 'root':
      return translateAncestor(node, scope, translation)
    case 'concatenation':
      return translateConcatenation(node, scope, translation)
    case 'case':
      return translateCase(node, scope, translation)
    case 'cast':
      return translateCast(node, scope, translation)
    case 'extract':
      return translateExtract(node, scope, translation)
    case 'subquery':
      return translateScalarSubquery(node, scope, translation)
    case 'json-read':
    case 'json-serialize':
    case 'json-type':
    case 'json-object':
    case 'json-array':
    case 'json-aggregate':
    case 'is-json':
      return translateJson(node, scope, translation)
    case 'list':
      throw translation.error(node.start, 907, 'missing right parenthesis')
    default:
      return translateCondition(node, scope, translation)
  }
}

/** PRIOR and CONNECT_BY_ROOT. @throws OracleError ORA-00976 outside hierarchical queries */
function translateAncestor(
  { kind, value, start }: Extract<Expression, { kind: 'prior' | 'root' }>,
  scope: Scope,
  translation: Translation,
): Operand {
  const ancestor = kind === 'prior' ? scope.hierarchy?.prior : scope.hierarchy?.root
  if (ancestor === undefined) {
    throw translation.error(start, 976, 'Specified pseudocolumn or operator is not allowed here.')
  }
  const operand = translateValue(value, ancestor, translation)
  return { ...operand, sql: scope.read(operand.sql), nullable: true }
}

function translateString(value: string): Operand {
  if (value === '') return { sql: 'NULL', type: NULL_TYPE, nullable: true }
  const length = Buffer.byteLength(value)
  return { sql: textLiteral(value), type: { name: 'CHAR', length }, nullable: false }
}

function translateTimeLiteral(node: Extract<Expression, { value: string }>, translation: Translation): Operand {
  try {
    const { value, type } = node.kind === 'date' ? parseDateLiteral(node.value) : parseTimestampLiteral(node.value)
    return { sql: literalOf(value), type, nullable: false }
  } catch (error) {
    if (!(error instanceof OracleError)) throw error
    throw translation.error(node.start, error.number, error.message.replace(/^ORA-\d+: /, ''))
  }
}

function translateIntervalLiteral(node: Extract<Expression, { kind: 'interval' }>, translation: Translation): Operand {
  const value = parseIntervalLiteral(node.value, node.from, node.to)
  if (value === undefined) throw translation.error(node.start, 1867, 'the interval is invalid')
  const name = value.kind === 'months' ? 'INTERVAL YEAR TO MONTH' : 'INTERVAL DAY TO SECOND'
  return { sql: literalOf(value), type: { name }, nullable: false }
}

/** Some functions take no parentheses; columns of the same name win. */
function translateNameOrFunction(
  node: Extract<Expression, { kind: 'name' }>,
  scope: Scope,
  translation: Translation,
): Operand {
  if (node.outer) throw translation.error(node.start, 30563, 'outer join operator (+) is not allowed here')
  const bare = node.path.length === 1 && node.path[0]?.quoted === false ? node.path[0].name : ''
  const candidate = translation.environment.findFunction(bare)
  try {
    return translateName(node, scope, translation)
  } catch (error) {
    if (!(error instanceof OracleError) || error.number !== 904) throw error
    if (candidate?.bare === true || namesFunction(node.path, translation)) {
      const { start, end, path } = node
      return translateCall(
        { kind: 'call', path, arguments: [], star: false, distinct: false, start, end },
        scope,
        translation,
        node,
      )
    }
    if (['ROWNUM', 'LEVEL', 'ROWID', 'CONNECT_BY_ISLEAF', 'CONNECT_BY_ISCYCLE'].includes(bare)) {
      throw translation.error(
        node.start,
        976,
        `Specified pseudocolumn or operator ${quotedPath(node.path)} is not allowed here.`,
      )
    }
    throw error
  }
}

/** NULL counts as the empty string, and an empty result is NULL. */
function translateConcatenation(
  node: Extract<Expression, { kind: 'concatenation' }>,
  scope: Scope,
  translation: Translation,
): Operand {
  const left = convertOperand(translateValue(node.left, scope, translation), 'text', translation, node.left.start)
  const right = convertOperand(translateValue(node.right, scope, translation), 'text', translation, node.right.start)
  const types = [left.type, right.type]
  const clob = types.some((type) => familyOf(type) === 'clob')
  const length = textLength(left.type) + textLength(right.type)
  const sql = `nullif(coalesce(${left.sql}, '') || coalesce(${right.sql}, ''), '')`
  return {
    sql: clob ? sql : `ora_limit(${sql})`,
    type: clob ? CLOB : varchar2(Math.min(length, MAXIMUM_TEXT)),
    nullable: left.nullable && right.nullable,
  }
}

function translateCase(node: Extract<Expression, { kind: 'case' }>, scope: Scope, translation: Translation): Operand {
  const operand = node.operand === undefined ? undefined : translateValue(node.operand, scope, translation)
  const tests = node.branches.map(({ when }) => {
    if (operand === undefined) return translateTest(when, scope, translation)
    const pair = comparable(operand, translateValue(when, scope, translation), translation, when.start)
    return `(${pair[0]} = ${pair[1]})`
  })
  const nodes = [...node.branches.map(({ value }) => value), ...(node.otherwise === undefined ? [] : [node.otherwise])]
  const { values, type } = translateAlternatives(nodes, scope, translation)
  const branches = tests.map((test, index) => `WHEN ${test} THEN ${values[index]?.sql}`)
  const otherwise = node.otherwise === undefined ? '' : ` ELSE ${values.at(-1)?.sql}`
  const nullable = node.otherwise === undefined || values.some((value) => value.nullable)
  return { sql: `(CASE ${branches.join(' ')}${otherwise} END)`, type, nullable }
}

/** Values of which one is taken: all brought to one type. @throws OracleError ORA-00932 */
export function translateAlternatives(
  nodes: readonly Expression[],
  scope: Scope,
  translation: Translation,
): { values: readonly Operand[]; type: SqlType } {
  const operands = nodes.map((value) => translateValue(value, scope, translation))
  const type = unifyTypes(operands.map((operand) => operand.type))
  if (type === undefined) throw mismatch(operands, nodes, translation)
  const family = familyOf(type)
  const values = operands.map((operand, index) =>
    convertOperand(operand, family, translation, nodes[index]?.start ?? 0),
  )
  const literals = operands.every((operand) => operand.type.name === 'CHAR')
  return { values, type: literals && isText(type) ? varchar2(textLength(type)) : type }
}

function mismatch(operands: readonly Operand[], nodes: readonly Expression[], translation: Translation): Error {
  const first = operands.find((operand) => operand.type.name !== 'NULL') as Operand
  const index = operands.findIndex((operand) => unifyTypes([first.type, operand.type]) === undefined)
  const other = operands[index] as Operand
  return inconsistent(translation, nodes[index]?.start ?? 0, familyOf(first.type), other.type)
}

function translateExtract(
  node: Extract<Expression, { kind: 'extract' }>,
  scope: Scope,
  translation: Translation,
): Operand {
  const value = translateValue(node.value, scope, translation)
  const family = familyOf(value.type)
  const allowed = ['date', 'timestamp', 'zoned', 'months', 'span', 'null'].includes(family)
  const clock = ['HOUR', 'MINUTE', 'SECOND', 'TIMEZONE_HOUR', 'TIMEZONE_MINUTE'].includes(node.field)
  if (!allowed || (clock && (family === 'date' || family === 'months'))) {
    throw translation.error(node.value.start, 30076, 'invalid extract field for extract source')
  }
  return { sql: `ora_extract(${value.sql}, '${node.field}')`, type: NUMBER, nullable: value.nullable }
}

/** A subquery as a value: no row is NULL, a second row is an error. */
function translateScalarSubquery(
  node: Extract<Expression, { kind: 'subquery' }>,
  scope: Scope,
  translation: Translation,
): Operand {
  const plan = translation.translateQuery(node.query, translation, scope)
  const column = plan.columns[0]
  if (column === undefined || plan.columns.length > 1) throw translation.error(node.start, 913, 'too many values')
  const alias = translation.alias('q')
  const sql = plan.single
    ? `(SELECT ${alias}.c1 FROM (${plan.sql}) AS ${alias})`
    : `(SELECT CASE WHEN count(*) > 1 THEN ora_raise('1427') ELSE max(${alias}.c1) END FROM (SELECT * FROM (${plan.sql}) LIMIT 2) AS ${alias})`
  return { sql, type: column.type, nullable: true }
}
