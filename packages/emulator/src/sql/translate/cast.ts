import { typeFromName } from '../catalog/type-from-name.ts'
import { convertible } from '../functions/conversion.ts'
import type { Expression } from '../parse/syntax-tree.ts'
import { familyOf } from '../values/sql-value.ts'
import { textLiteral } from '../values/stored-value.ts'
import { translateValue } from './expression.ts'
import { fitCode } from './fit-code.ts'
import { convertOperand, inconsistent } from './operand.ts'
import type { Operand, Scope } from './scope.ts'
import type { Translation } from './translation.ts'

/** Translates CAST: an explicit conversion, then the fit to the type's length or precision. */
export function translateCast(
  node: Extract<Expression, { kind: 'cast' }>,
  scope: Scope,
  translation: Translation,
): Operand {
  const value = translateValue(node.value, scope, translation)
  const type = typeFromName(node.type, (number, message) => translation.error(node.type.start, number, message))
  const to = familyOf(type)
  if (node.format !== undefined) throw translation.error(node.format.start, 3001, 'unimplemented feature')
  if (!convertible(familyOf(value.type), to)) throw inconsistent(translation, node.value.start, type.name, value.type)
  const converted = convertOperand(value, to, translation, node.value.start)
  return { sql: `ora_fit(${converted.sql}, ${textLiteral(fitCode(type))})`, type, nullable: value.nullable }
}
