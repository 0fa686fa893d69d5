import { chain, type Eventual, inOrder } from './eventual.ts'
import type { Frame } from './execution.ts'
import type { PlsqlType, RecordField } from './plsql-type.ts'
import { initialValue, type PlsqlValue, RecordValue } from './plsql-value.ts'

/** What a variable of the type starts with: records take the defaults that their type declares. */
export function newValue(type: PlsqlType, frame: Frame): Eventual<PlsqlValue> {
  if (type.kind !== 'record' || type.fields === undefined) return initialValue(type)
  const values = inOrder(type.fields, (field) => newField(field, frame))
  return chain(values, (fields) => new RecordValue(type, new Map(fields)))
}

function newField(field: RecordField, frame: Frame): Eventual<readonly [string, PlsqlValue]> {
  const value = field.initial === undefined ? newValue(field.type, frame) : field.initial(frame)
  return chain(value, (given) => [field.name, given] as const)
}
