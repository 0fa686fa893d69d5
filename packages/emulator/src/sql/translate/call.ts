import type { StoredUnit } from '../../execution/stored-unit.ts'
import type { Parameter, Subprogram } from '../../execution/subprogram.ts'
import { withoutSuppliedOwner } from '../../execution/supplied-owner.ts'
import { OracleError } from '../../oracle-error.ts'
import { type OracleType, varchar2 } from '../../values/oracle-type.ts'
import { isTime } from '../functions/conversion.ts'
import { textLength } from '../functions/result-type.ts'
import type { ParameterKind, ScalarFunction } from '../functions/scalar-function.ts'
import { memberPath } from '../parse/member-path.ts'
import type { CallExpression, Expression } from '../parse/syntax-tree.ts'
import { familyOf } from '../values/sql-value.ts'
import { isAggregate, translateAggregate, translateWindowCall } from './aggregate.ts'
import { translateAlternatives, translateValue } from './expression.ts'
import { methodType, readMember } from './json-member.ts'
import { findJsonColumn, quotedPath } from './names.ts'
import { comparable, convertOperand } from './operand.ts'
import type { Operand, Scope } from './scope.ts'
import type { Callee, Translation } from './translation.ts'

type SpecialCall = (node: CallExpression, scope: Scope, translation: Translation) => Operand

/** Calls whose arguments are not all evaluated, or whose meaning depends on types. */
const SPECIAL_CALLS: Readonly<Record<string, SpecialCall>> = {
  COALESCE: translateCoalesce,
  NVL: translateNvl,
  NVL2: translateNvl2,
  NULLIF: translateNullif,
  DECODE: translateDecode,
  GROUPING: translateGrouping,
  GROUPING_ID: translateGroupingId,
  GREATEST: translateExtreme,
  LEAST: translateExtreme,
  SYS_CONNECT_BY_PATH: translatePath,
}

/**
 * Translates a call: of an aggregate, an analytic function, a scalar function or a subprogram.
 * @param origin - the node that keeps a subprogram's call apart from others, when the call was made from a bare name.
 */
export function translateCall(
  node: CallExpression,
  scope: Scope,
  translation: Translation,
  origin: object = node,
): Operand {
  const name = node.path.at(-1)?.name ?? ''
  const builtIn = node.path.length === 1 || (node.path.length === 2 && node.path[0]?.name === 'STANDARD')
  if (builtIn) {
    if (node.over !== undefined) return translateWindowCall(node, scope, translation)
    if (isAggregate(name)) return translateAggregate(node, scope, translation)
    const special = SPECIAL_CALLS[name]
    if (special !== undefined) {
      refuseNames(node, translation)
      return special(node, scope, translation)
    }
    const scalar = translation.environment.findFunction(name)
    if (scalar !== undefined) return translateScalar(node, scalar, scope, translation)
  }
  return translateSubprogram(node, scope, translation, origin)
}

function refuseNames(node: CallExpression, translation: Translation): void {
  const named = node.arguments.find((argument) => argument.name !== undefined)
  if (named !== undefined) throw translation.error(named.name?.start ?? node.start, 907, 'missing right parenthesis')
  if (node.star || node.distinct) throw translation.error(node.start, 936, 'missing expression')
}

function checkCount(node: CallExpression, minimum: number, maximum: number, translation: Translation): void {
  const count = node.arguments.length
  if (count < minimum) throw translation.error(node.end - 1, 938, 'not enough arguments for function')
  if (count > maximum) throw translation.error(node.start, 939, 'too many arguments for function')
}

function argumentNodes(node: CallExpression): readonly Expression[] {
  return node.arguments.map((argument) => argument.value)
}

function translateScalar(
  node: CallExpression,
  scalar: ScalarFunction,
  scope: Scope,
  translation: Translation,
): Operand {
  refuseNames(node, translation)
  const count = scalar.parameters.length
  checkCount(node, count - (scalar.optional ?? 0), scalar.variadic === true ? 500 : count, translation)
  const values = argumentNodes(node).map((value, index) => {
    const kind = scalar.parameters[Math.min(index, count - 1)] as ParameterKind
    return convertArgument(translateValue(value, scope, translation), kind, value.start, translation)
  })
  const first = values[0]
  if (scalar.name === 'TO_CHAR' && values.length === 1 && first !== undefined) {
    const text = convertOperand(first, 'text', translation, node.start)
    return { ...text, type: varchar2(textLength(first.type)) }
  }
  const types = values.map((value) => value.type)
  const nullable = values.length === 0 ? false : values.some((value) => value.nullable) || scalar.acceptsNull === true
  return {
    sql: `f_${scalar.name.toLowerCase()}(${values.map((value) => value.sql).join(', ')})`,
    type: scalar.returns(types),
    nullable: nullable || types.length > 0,
  }
}

function convertArgument(operand: Operand, kind: ParameterKind, position: number, translation: Translation): Operand {
  const family = familyOf(operand.type)
  if (kind === 'any' || (kind === 'text' && family === 'clob')) return operand
  if (kind === 'datetime') return isTime(family) ? operand : convertOperand(operand, 'date', translation, position)
  return convertOperand(operand, kind, translation, position)
}

function translateCoalesce(node: CallExpression, scope: Scope, translation: Translation): Operand {
  checkCount(node, 2, 500, translation)
  const { values, type } = translateAlternatives(argumentNodes(node), scope, translation)
  return {
    sql: `coalesce(${values.map((value) => value.sql).join(', ')})`,
    type,
    nullable: values.every((value) => value.nullable),
  }
}

function translateExtreme(node: CallExpression, scope: Scope, translation: Translation): Operand {
  checkCount(node, 1, 500, translation)
  const name = node.path.at(-1)?.name.toLowerCase() ?? ''
  const call = (values: readonly string[]) => `f_${name}(${values.join(', ')})`
  return { ...alternativesLikeFirst(argumentNodes(node), scope, translation, call), nullable: true }
}

/** The second argument takes the type of the first. */
function translateNvl(node: CallExpression, scope: Scope, translation: Translation): Operand {
  checkCount(node, 2, 2, translation)
  return alternativesLikeFirst(argumentNodes(node), scope, translation, (values) => `coalesce(${values.join(', ')})`)
}

function alternativesLikeFirst(
  nodes: readonly Expression[],
  scope: Scope,
  translation: Translation,
  write: (values: readonly string[]) => string,
): Operand {
  const operands = nodes.map((value) => translateValue(value, scope, translation))
  const decisive = operands.find((operand) => operand.type.name !== 'NULL') ?? (operands[0] as Operand)
  const family = familyOf(decisive.type)
  const values = operands.map((operand, index) =>
    convertOperand(operand, family, translation, nodes[index]?.start ?? 0),
  )
  const lengths = operands.map((operand) => textLength(operand.type))
  const clob = family === 'text' && operands.some((operand) => familyOf(operand.type) === 'clob')
  const type = clob ? ({ name: 'CLOB' } as const) : family === 'text' ? varchar2(Math.max(...lengths)) : decisive.type
  return { sql: write(values.map((value) => value.sql)), type, nullable: operands.every((operand) => operand.nullable) }
}

function translateNvl2(node: CallExpression, scope: Scope, translation: Translation): Operand {
  checkCount(node, 3, 3, translation)
  const [tested, ...rest] = argumentNodes(node)
  const value = translateValue(tested as Expression, scope, translation)
  return alternativesLikeFirst(
    rest,
    scope,
    translation,
    (values) => `(CASE WHEN ${value.sql} IS NOT NULL THEN ${values[0]} ELSE ${values[1]} END)`,
  )
}

function translateNullif(node: CallExpression, scope: Scope, translation: Translation): Operand {
  checkCount(node, 2, 2, translation)
  const [left, right] = argumentNodes(node).map((value) => translateValue(value, scope, translation)) as [
    Operand,
    Operand,
  ]
  const pair = comparable(left, right, translation, node.start)
  return { sql: `(CASE WHEN ${pair[0]} = ${pair[1]} THEN NULL ELSE ${left.sql} END)`, type: left.type, nullable: true }
}

/** DECODE finds NULL equal to NULL; what it compares takes the type of the first search value. */
function translateDecode(node: CallExpression, scope: Scope, translation: Translation): Operand {
  checkCount(node, 3, 255, translation)
  const [subject, ...rest] = argumentNodes(node)
  const value = translateValue(subject as Expression, scope, translation)
  const pairs = Math.floor(rest.length / 2)
  const tests = Array.from({ length: pairs }, (_, index) => {
    const search = rest[index * 2] as Expression
    const [left, right] = comparable(value, translateValue(search, scope, translation), translation, search.start)
    return `(${left} IS ${right})`
  })
  const results = rest.filter((_, index) => index % 2 === 1 || index === pairs * 2)
  return alternativesLikeFirst(results, scope, translation, (values) => {
    const branches = tests.map((test, index) => `WHEN ${test} THEN ${values[index]}`)
    const otherwise = results.length > pairs ? ` ELSE ${values[pairs]}` : ''
    return `(CASE ${branches.join(' ')}${otherwise} END)`
  })
}

/** The hierarchy has made the path already. */
function translatePath(node: CallExpression, scope: Scope, translation: Translation): Operand {
  const path = scope.hierarchy?.paths.get(node)
  if (path === undefined) {
    throw translation.error(node.start, 30002, 'SYS_CONNECT_BY_PATH function is not allowed here')
  }
  return { sql: scope.read(path), type: varchar2(), nullable: true }
}

/** GROUPING(x) is 1 where the current grouping set leaves x out. */
function translateGrouping(node: CallExpression, scope: Scope, translation: Translation): Operand {
  checkCount(node, 1, 1, translation)
  return translateGroupingId(node, scope, translation)
}

/** GROUPING_ID(x, y) has one binary digit for each of them, which is what GROUPING says of it. */
function translateGroupingId(node: CallExpression, scope: Scope, translation: Translation): Operand {
  const given = argumentNodes(node)
  const { grouping } = scope
  if (grouping === undefined || given.length === 0)
    throw translation.error(node.start, 934, 'group function is not allowed here')
  const digits = given.map((argument) => {
    const key = scope.within(
      { aggregates: 'unchecked', grouping: undefined },
      () => translateValue(argument, scope, translation).sql,
    )
    if (!grouping.keys.has(key)) throw translation.error(argument.start, 979, 'not a GROUP BY expression')
    return grouping.absent.has(key) ? 1 : 0
  })
  const id = digits.reduce<number>((number, digit) => number * 2 + digit, 0)
  return { sql: `ora_int(${id})`, type: { name: 'NUMBER', precision: 0, scale: -127 }, nullable: false }
}

/** A function that SQL may call, whoever wrote it. */
interface Candidate {
  readonly callee: Callee
  readonly parameters: readonly Parameter[]
  readonly returns: OracleType | undefined
}

/** A call of a registered or stored function: recorded while the statement runs, made between its runs. */
function translateSubprogram(node: CallExpression, scope: Scope, translation: Translation, origin: object): Operand {
  const candidates = findCandidates(node, translation)
  if (candidates.length === 0) {
    const member = translateMemberMethod(node, scope, translation)
    if (member !== undefined) return member
    throw translation.error(node.start, 904, `${quotedPath(node.path)}: invalid identifier`)
  }
  const label = node.path.at(-1)?.name ?? ''
  const candidate = candidates.find(({ parameters }) => accepts(parameters, node))
  if (candidate === undefined) {
    throw translation.error(node.start, 6553, `PLS-306: wrong number or types of arguments in call to '${label}'`)
  }
  const { callee, parameters, returns } = candidate
  if (returns === undefined)
    throw translation.error(node.start, 6553, `PLS-221: '${label}' is not a procedure or is undefined`)
  if (parameters.some((parameter) => parameter.mode !== 'in')) {
    throw translation.error(node.start, 6572, `Function ${label} has out arguments`)
  }
  const given = node.arguments.map((argument, index) => argument.name?.name ?? parameters[index]?.name ?? '')
  const values = node.arguments.map((argument, index) => {
    const parameter = parameters.find((each) => each.name === given[index])
    const operand = translateValue(argument.value, scope, translation)
    const family = familyOf(parameter?.type ?? operand.type)
    if (familyOf(operand.type) === 'clob' && family === 'text') return operand
    try {
      return convertOperand(operand, family, translation, argument.value.start)
    } catch (error) {
      if (!(error instanceof OracleError)) throw error
      throw translation.error(node.start, 6553, `PLS-306: wrong number or types of arguments in call to '${label}'`)
    }
  })
  const number = translation.callNumber(origin, { ...callee, given })
  const list = [String(number), ...values.map((value) => value.sql)].join(', ')
  return { sql: `ora_call(${list})`, type: returns, nullable: true }
}

function findCandidates(node: CallExpression, translation: Translation): readonly Candidate[] {
  const registered = findOverloads(node.path, translation)
  if (registered.length > 0) {
    return registered.map((subprogram) => ({
      callee: { subprogram },
      parameters: subprogram.parameters,
      returns: subprogram.returns,
    }))
  }
  const unit = findUnit(node.path, translation)
  if (unit === undefined) return []
  const { errors, parameters, returns, callableFromSql } = translation.environment.compileUnit(unit)
  if (errors.length > 0) {
    throw translation.error(node.start, 6575, `Package or function ${unit.name} is in an invalid state`)
  }
  if (!callableFromSql) throw translation.error(node.start, 902, 'invalid datatype')
  return [{ callee: { unit }, parameters, returns }]
}

/** A stored function or procedure that the user may call. */
function findUnit(path: CallExpression['path'], translation: Translation): StoredUnit | undefined {
  const { catalog } = translation.environment
  if (path.length > 2) return undefined
  const owner = path.length === 2 ? (path[0]?.name ?? '') : translation.schema
  const unit = catalog.findUnit(owner, path.at(-1)?.name ?? '')
  return unit !== undefined && catalog.mayExecuteUnit(translation.reader, unit) ? unit : undefined
}

/** Whether a name that is no column may be a call without parentheses. */
export function namesFunction(path: CallExpression['path'], translation: Translation): boolean {
  return findOverloads(path, translation).length > 0 || findUnit(path, translation) !== undefined
}

/** `alias.column.member.number()`, where the column is JSON. */
function translateMemberMethod(node: CallExpression, scope: Scope, translation: Translation): Operand | undefined {
  const method = node.path.at(-1)
  const type = methodType(method?.name ?? '')
  if (type === undefined || method === undefined || node.arguments.length > 0) return undefined
  const names = node.path.slice(0, -1)
  const found = findJsonColumn({ ...node, path: names }, scope, translation)
  if (found === undefined) return undefined
  const path = `${memberPath(names.slice(found.length))}.${method.name.toLowerCase()}()`
  return readMember(found.column, path, type)
}

/** The name may begin with the owner: `C##CLOUD$SERVICE.DBMS_CLOUD_AI.GENERATE`. */
function findOverloads(path: CallExpression['path'], translation: Translation): readonly Subprogram[] {
  const names = withoutSuppliedOwner(path.map((part) => part.name))
  return translation.environment.findSubprograms(names.join('.'))
}

function accepts(parameters: readonly Parameter[], node: CallExpression): boolean {
  if (node.star || node.distinct || node.arguments.length > parameters.length) return false
  const given = new Set<string>()
  let named = false
  for (const [index, argument] of node.arguments.entries()) {
    named ||= argument.name !== undefined
    if (named && argument.name === undefined) return false
    const name = argument.name?.name ?? parameters[index]?.name ?? ''
    if (given.has(name) || !parameters.some((parameter) => parameter.name === name)) return false
    given.add(name)
  }
  return parameters.every((parameter) => given.has(parameter.name) || parameter.default !== undefined)
}
