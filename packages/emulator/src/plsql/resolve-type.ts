import { type CompileContext, undeclared } from './compile-context.ts'
import { builtInType, isBuiltInType, LENGTH_REQUIRED, type PlsqlType, scalar } from './plsql-type.ts'
import { rowType } from './plsql-value.ts'
import type { Scope } from './scope.ts'
import type { TypeName } from './syntax.ts'

/**
 * The type that a name in a declaration stands for.
 * @param role - a parameter's or result's type has no length: `VARCHAR2` alone is complete there.
 * @throws OracleError ORA-06550 with PLS-00201, PLS-00215 or PLS-00310
 */
export function resolveType(
  context: CompileContext,
  scope: Scope,
  name: TypeName,
  role: 'variable' | 'parameter' = 'variable',
): PlsqlType {
  const resolved =
    name.anchor === undefined ? namedType(context, scope, name, role) : anchoredType(context, scope, name)
  if (resolved === undefined) throw undeclared(context, name.at, name.parts.join('.'))
  return resolved
}

function namedType(
  context: CompileContext,
  scope: Scope,
  name: TypeName,
  role: 'variable' | 'parameter',
): PlsqlType | undefined {
  const declared = findDeclaredType(scope, name.parts)
  if (declared !== undefined) return constrained(declared, name)
  const plain = plainName(name.parts)
  if (plain === undefined || !isBuiltInType(plain)) return undefined
  const needsLength = LENGTH_REQUIRED.has(plain) && name.sizes.length === 0
  if (needsLength && role === 'variable') {
    throw context.source.error(
      name.at,
      'PLS-00215: String length constraints must be in range (1 .. 32767)',
      'Item ignored',
    )
  }
  const sizes = needsLength ? [32_767] : name.sizes
  const type = builtInType(plain, sizes, name.lengthUnit, name.timeZone)
  if (type !== undefined) return type
  throw context.source.error(
    name.at,
    'PLS-00215: String length constraints must be in range (1 .. 32767)',
    'Item ignored',
  )
}

/** The types of package STANDARD may be qualified: `SYS.STANDARD.NUMBER`, `STANDARD.VARCHAR2`. */
function plainName(parts: readonly string[]): string | undefined {
  const isStandard = parts.length === 1 || parts.at(-2) === 'STANDARD' || parts[0] === 'SYS'
  return isStandard ? parts.at(-1) : undefined
}

function findDeclaredType(scope: Scope, parts: readonly string[]): PlsqlType | undefined {
  const [first, second] = parts
  if (first === undefined) return undefined
  const thing = scope.find(first)
  if (second === undefined) return thing?.kind === 'type' ? thing.type : undefined
  const inner = thing?.kind === 'label' ? thing.scope.own(second) : undefined
  return inner?.kind === 'type' ? inner.type : undefined
}

/** A subtype of VARCHAR2 without length takes one where it is used. */
function constrained(type: PlsqlType, name: TypeName): PlsqlType {
  const [length] = name.sizes
  if (length === undefined || type.kind !== 'scalar' || !('length' in type.oracle)) return type
  return { ...type, oracle: { ...type.oracle, length } }
}

function anchoredType(context: CompileContext, scope: Scope, name: TypeName): PlsqlType | undefined {
  return name.anchor === 'ROWTYPE' ? rowTypeOf(context, scope, name) : typeOfItem(context, scope, name)
}

function rowTypeOf(context: CompileContext, scope: Scope, name: TypeName): PlsqlType | undefined {
  const thing = scope.find(name.parts[0] as string)
  if (thing?.kind === 'cursor' || (thing?.kind === 'variable' && thing.type.kind === 'cursorVariable')) {
    return { kind: 'record', name: '', fields: undefined }
  }
  const columns = context.tables.get(name.parts.join('.'))
  return columns === undefined ? undefined : rowType(columns, name.parts.join('.'))
}

function typeOfItem(context: CompileContext, scope: Scope, name: TypeName): PlsqlType | undefined {
  const [first, ...rest] = name.parts
  let thing = scope.find(first as string)
  if (thing?.kind === 'label') thing = thing.scope.own(rest.shift() ?? '')
  if (thing?.kind === 'variable') return rest.reduce<PlsqlType | undefined>(fieldType, thing.type)
  const column = name.parts.at(-1)
  const found = context.tables.get(name.parts.slice(0, -1).join('.'))?.find((candidate) => candidate.name === column)
  return found === undefined ? undefined : scalar(found.type)
}

function fieldType(type: PlsqlType | undefined, field: string): PlsqlType | undefined {
  return type?.kind === 'record' ? type.fields?.find((candidate) => candidate.name === field)?.type : undefined
}
