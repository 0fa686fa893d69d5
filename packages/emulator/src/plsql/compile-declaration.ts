import { type CompileContext, undeclared, wrongType } from './compile-context.ts'
import { compileExpression } from './compile-expression.ts'
import { compileSql } from './compile-sql.ts'
import { findException } from './compile-statement.ts'
import { compileParameters, declareSubprogram } from './compile-subprogram.ts'
import { convertTo } from './convert.ts'
import { chain, type Eventual } from './eventual.ts'
import { type Frame, frameAtLevel } from './execution.ts'
import { newValue } from './new-value.ts'
import { predefinedException } from './plsql-exception.ts'
import {
  type CollectionType,
  CURSOR_VARIABLE,
  isAssignable,
  type PlsqlType,
  type RecordField,
  type ScalarType,
} from './plsql-type.ts'
import { CursorVariable, initialValue, type PlsqlValue } from './plsql-value.ts'
import { resolveType } from './resolve-type.ts'
import { Scope } from './scope.ts'
import type { CursorDeclaration, Declaration, TypeDeclaration, TypeDefinition, VariableDeclaration } from './syntax.ts'

/** Gives a declared variable its first value when its block starts. */
export type Initialize = (frame: Frame) => Eventual<void>

/** Declares everything of a block in its scope. @throws OracleError ORA-06550 */
export function compileDeclarations(
  context: CompileContext,
  scope: Scope,
  declarations: readonly Declaration[],
): Initialize[] {
  const initializers: Initialize[] = []
  const bodies: (() => void)[] = []
  const forwards: (() => void)[] = []
  for (const declaration of declarations) {
    context.source.within(declaration.at, () => declare(declaration))
  }
  // Bodies come last: they may call what is declared further down by a forward declaration.
  for (const finish of [...bodies, ...forwards]) finish()
  return initializers

  function declare(declaration: Declaration): void {
    checkUnique(context, scope, declaration)
    if (declaration.kind === 'variable') initializers.push(declareVariable(context, scope, declaration))
    if (declaration.kind === 'type') declareType(context, scope, declaration)
    if (declaration.kind === 'exception') {
      scope.declare(declaration.name, { kind: 'exception', identity: { name: declaration.name } })
    }
    if (declaration.kind === 'pragma') applyPragma(context, scope, declaration)
    if (declaration.kind === 'cursor') initializers.push(declareCursor(context, scope, declaration))
    if (declaration.kind === 'subprogram') {
      const finish = declareSubprogram(context, scope, declaration)
      if (declaration.body === undefined) forwards.push(finish)
      else bodies.push(finish)
    }
  }
}

function checkUnique(context: CompileContext, scope: Scope, declaration: Declaration): void {
  if (declaration.kind === 'pragma' || declaration.kind === 'subprogram') return
  if (scope.own(declaration.name) === undefined) return
  throw context.source.error(
    declaration.at,
    `PLS-00371: at most one declaration for '${declaration.name}' is permitted`,
    'Item ignored',
  )
}

function declareVariable(context: CompileContext, scope: Scope, declaration: VariableDeclaration): Initialize {
  const { name, at, initial } = declaration
  const declared = resolveType(context, scope, declaration.type)
  const type = declaration.notNull && declared.kind === 'scalar' ? { ...declared, notNull: true } : declared
  if (type.kind === 'scalar' && type.notNull && initial === undefined) {
    throw context.source.error(
      at,
      'PLS-00218: a variable declared NOT NULL must have an initialization assignment',
      'Item ignored',
    )
  }
  const value = initial && compileExpression(context, scope, initial)
  if (value !== undefined && !isAssignable(type, value.type)) throw wrongType(context, initial?.at ?? at)
  const slot = scope.newSlot()
  scope.declare(name, {
    kind: 'variable',
    name,
    slot,
    level: scope.unit.level,
    type,
    readOnly: declaration.constant,
  })
  return (frame) => {
    if (value === undefined) {
      return chain(newValue(type, frame), (fresh) => {
        frame.slots[slot] = { type, value: fresh }
      })
    }
    return chain(value.evaluate(frame), (given) => {
      frame.slots[slot] = { type, value: convertTo(type, given, frame.execution.session.sql) }
    })
  }
}

function declareType(context: CompileContext, scope: Scope, declaration: TypeDeclaration): void {
  const type = definedType(context, scope, declaration.name, declaration.definition)
  scope.declare(declaration.name, { kind: 'type', type })
}

function definedType(context: CompileContext, scope: Scope, name: string, definition: TypeDefinition): PlsqlType {
  if (definition.kind === 'refCursor') return CURSOR_VARIABLE
  if (definition.kind === 'record') return recordType(context, scope, name, definition.fields)
  if (definition.kind === 'subtype') return subtype(context, scope, definition)
  const indexType = definition.indexBy && resolveType(context, scope, definition.indexBy)
  const element = resolveType(context, scope, definition.element)
  const collection: CollectionType = {
    kind: 'collection',
    name,
    element: definition.notNull && element.kind === 'scalar' ? { ...element, notNull: true } : element,
    indexedBy: indexType === undefined ? undefined : isTextType(indexType) ? 'text' : 'integer',
    limit: definition.limit,
  }
  return collection
}

function isTextType(type: PlsqlType): boolean {
  return type.kind === 'scalar' && 'length' in type.oracle
}

function recordType(
  context: CompileContext,
  scope: Scope,
  name: string,
  fields: readonly VariableDeclaration[],
): PlsqlType {
  const { level } = scope.unit
  const resolved = fields.map((field): RecordField => {
    const declared = resolveType(context, scope, field.type)
    const type = field.notNull && declared.kind === 'scalar' ? { ...declared, notNull: true } : declared
    if (field.initial === undefined) return { name: field.name, type }
    const { evaluate } = compileExpression(context, scope, field.initial)
    const initial = (frame: Frame) =>
      chain(evaluate(frameAtLevel(frame, level)), (value) => convertTo(type, value, frame.execution.session.sql))
    return { name: field.name, type, initial }
  })
  return { kind: 'record', name, fields: resolved }
}

function subtype(
  context: CompileContext,
  scope: Scope,
  definition: Extract<TypeDefinition, { kind: 'subtype' }>,
): PlsqlType {
  const base = resolveType(context, scope, definition.base, 'parameter')
  if (base.kind !== 'scalar') return base
  const type: ScalarType = definition.notNull ? { ...base, notNull: true } : base
  if (definition.range === undefined) return type
  const low = Number(literalNumber(context, definition.range.low))
  const high = Number(literalNumber(context, definition.range.high))
  return { ...type, range: { low, high }, overflows: false }
}

function literalNumber(context: CompileContext, expression: VariableDeclaration['initial'] & object): string {
  if (expression.kind === 'literal') return String(expression.value.value)
  if (expression.kind === 'unary' && expression.operator === '-')
    return `-${literalNumber(context, expression.operand)}`
  throw wrongType(context, expression.at)
}

/** Pragmas that only advise the compiler. */
const ADVICE = new Set(['INLINE', 'UDF', 'DEPRECATE', 'COVERAGE'])

function applyPragma(context: CompileContext, scope: Scope, pragma: Extract<Declaration, { kind: 'pragma' }>): void {
  if (ADVICE.has(pragma.name)) return
  if (pragma.name !== 'EXCEPTION_INIT') {
    throw context.source.error(
      pragma.at,
      `PLS-00127: Pragma ${pragma.name} is not a supported pragma`,
      'Pragma ignored',
    )
  }
  const [name, code] = pragma.arguments
  if (name?.kind !== 'reference' || code === undefined) throw wrongType(context, pragma.at)
  const parts = name.parts.flatMap((part) => (part.kind === 'name' ? [part.name] : []))
  const identity = findException(context, scope, { at: name.at, parts })
  if (identity === predefinedException(identity.name)) throw undeclared(context, name.at, identity.name)
  const number = Number(literalNumber(context, code))
  if (number >= 0 && number !== 100) {
    throw context.source.error(
      pragma.at,
      'PLS-00701: illegal ORACLE error number for PRAGMA EXCEPTION_INIT',
      'Pragma ignored',
    )
  }
  identity.number = number === 100 ? 1403 : -number
}

function declareCursor(context: CompileContext, scope: Scope, declaration: CursorDeclaration): Initialize {
  const inner = new Scope(scope.unit, scope)
  const parameters = compileParameters(context, scope, inner, declaration.parameters)
  const slot = scope.newSlot()
  const open: { run?: (frame: Frame, values: readonly PlsqlValue[]) => Promise<void> } = {}
  scope.declare(declaration.name, {
    kind: 'cursor',
    name: declaration.name,
    slot,
    level: scope.unit.level,
    declaration,
    parameters,
    open,
  })
  const sql = compileSql(context, inner, declaration.query)
  open.run = async (frame, values) => {
    for (const [index, parameter] of parameters.entries()) {
      frame.slots[parameter.slot] = { type: parameter.type, value: values[index] ?? initialValue(parameter.type) }
    }
    const { columns, rows } = await sql.run(frame)
    const cursor = frame.slots[slot]
    if (cursor instanceof CursorVariable) cursor.open = { columns, rows, position: 0, found: null }
  }
  return (frame) => {
    frame.slots[slot] = new CursorVariable()
  }
}
