import { type CompileContext, type Compiled, wrongArguments, wrongType } from './compile-context.ts'
import { compileExpression } from './compile-expression.ts'
import { convertTo } from './convert.ts'
import { chain, inOrder } from './eventual.ts'
import { newValue } from './new-value.ts'
import { keyOf } from './place.ts'
import { type CollectionType, isAssignable, type PlsqlType, type RecordType } from './plsql-type.ts'
import { CollectionValue, NULL_VALUE, type RecordValue } from './plsql-value.ts'
import type { Scope } from './scope.ts'
import type { Argument } from './syntax.ts'

/** `names_t('a', 'b')`, `point_t(x => 1, y => 2)`, `ages_t('Ada' => 36)`. @throws OracleError ORA-06550 */
export function compileConstructor(
  context: CompileContext,
  scope: Scope,
  type: PlsqlType,
  name: { readonly at: number; readonly name: string },
  given: readonly Argument[],
): Compiled {
  if (type.kind === 'collection') return compileCollection(context, scope, type, given)
  if (type.kind === 'record') return compileRecord(context, scope, type, name, given)
  throw wrongType(context, name.at)
}

function compileCollection(
  context: CompileContext,
  scope: Scope,
  type: CollectionType,
  given: readonly Argument[],
): Compiled {
  const items = given.map((argument) => {
    const value = compileExpression(context, scope, argument.value)
    if (!isAssignable(type.element, value.type)) throw wrongType(context, argument.at)
    // `b => 1` reads as a named argument; in a constructor the name is an expression.
    const named = argument.name === undefined ? undefined : nameReference(argument.name, argument.at)
    const subscript = argument.index ?? named
    return { value, key: subscript && compileExpression(context, scope, subscript) }
  })
  return {
    type,
    evaluate: (frame) => {
      const made = new CollectionValue(type, false)
      const added = inOrder(items, (item) =>
        chain(item.key?.evaluate(frame) ?? NULL_VALUE, (key) =>
          chain(item.value.evaluate(frame), (value) => {
            made.extent += 1
            const subscript = item.key === undefined ? made.extent : keyOf(made, key, frame)
            made.set(subscript, convertTo(type.element, value, frame.execution.session.sql))
          }),
        ),
      )
      return chain(added, () => made)
    },
  }
}

function nameReference(name: string, at: number) {
  return { kind: 'reference', at, parts: [{ kind: 'name', at, name }] } as const
}

function compileRecord(
  context: CompileContext,
  scope: Scope,
  type: RecordType,
  name: { readonly at: number; readonly name: string },
  given: readonly Argument[],
): Compiled {
  const fields = type.fields ?? []
  const items = given.map((argument, position) => {
    const field =
      argument.name === undefined ? fields[position] : fields.find((candidate) => candidate.name === argument.name)
    if (field === undefined) throw wrongArguments(context, name.at, name.name)
    const value = compileExpression(context, scope, argument.value)
    if (!isAssignable(field.type, value.type)) throw wrongType(context, argument.at)
    return { field, value }
  })
  return {
    type,
    evaluate: (frame) => {
      const made = chain(newValue(type, frame), (fresh) => fresh as RecordValue)
      return chain(made, (record) => {
        const filled = inOrder(items, ({ field, value }) =>
          chain(value.evaluate(frame), (given) => {
            record.fields.set(field.name, convertTo(field.type, given, frame.execution.session.sql))
          }),
        )
        return chain(filled, () => record)
      })
    },
  }
}
