import { OracleError } from '../oracle-error.ts'
import { varchar2 } from '../values/oracle-type.ts'
import { toNumber } from './convert.ts'
import type { Frame } from './execution.ts'
import { keyOf } from './place.ts'
import { INTEGER_TYPE, MAXIMUM_LENGTH } from './plsql-type.ts'
import {
  booleanValue,
  type CollectionKey,
  type CollectionValue,
  copyValue,
  initialValue,
  numberValue,
  type PlsqlValue,
  scalarOf,
} from './plsql-value.ts'

interface CollectionMethod {
  readonly isProcedure: boolean
  readonly minimum: number
  readonly maximum: number
  run(collection: CollectionValue, values: readonly PlsqlValue[], frame: Frame): PlsqlValue
}

/** Methods of collections, by name: `names.COUNT`, `names.DELETE(3)`. */
const METHODS: Readonly<Record<string, CollectionMethod>> = {
  COUNT: asFunction(0, (collection) => keyValue(requireMade(collection).elements.size)),
  FIRST: asFunction(0, (collection) => keyValue(requireMade(collection).keys()[0])),
  LAST: asFunction(0, (collection) => keyValue(requireMade(collection).keys().at(-1))),
  LIMIT: asFunction(0, (collection) => keyValue(requireMade(collection).type.limit)),
  EXISTS: asFunction(1, (collection, [subscript], frame) => {
    if (subscript === undefined || scalarOf(subscript).value === null) return booleanValue(false)
    return booleanValue(collection.elements.has(keyOf(collection, subscript, frame)))
  }),
  NEXT: asFunction(1, (collection, [subscript], frame) => {
    const from = keyOf(requireMade(collection), subscript as PlsqlValue, frame)
    return keyValue(collection.keys().find((key) => key > from))
  }),
  PRIOR: asFunction(1, (collection, [subscript], frame) => {
    const from = keyOf(requireMade(collection), subscript as PlsqlValue, frame)
    return keyValue(collection.keys().findLast((key) => key < from))
  }),
  DELETE: asProcedure(2, deleteElements),
  EXTEND: asProcedure(2, extend),
  TRIM: asProcedure(1, trim),
}

/** The method of a name; undefined when collections have none such. */
export function collectionMethod(name: string): CollectionMethod | undefined {
  return Object.hasOwn(METHODS, name) ? METHODS[name] : undefined
}

function asFunction(count: number, run: CollectionMethod['run']): CollectionMethod {
  return { isProcedure: false, minimum: count, maximum: count, run }
}

function asProcedure(
  maximum: number,
  change: (collection: CollectionValue, values: readonly PlsqlValue[], frame: Frame) => void,
): CollectionMethod {
  return {
    isProcedure: true,
    minimum: 0,
    maximum,
    run: (collection, values, frame) => {
      change(requireMade(collection), values, frame)
      return booleanValue(null)
    },
  }
}

function requireMade(collection: CollectionValue): CollectionValue {
  if (collection.isNull) throw new OracleError(6531, 'Reference to uninitialized collection')
  return collection
}

function keyValue(key: CollectionKey | undefined): PlsqlValue {
  if (key === undefined) return { type: INTEGER_TYPE.oracle, value: null }
  if (typeof key === 'string') return { type: varchar2(MAXIMUM_LENGTH), value: key }
  return { type: INTEGER_TYPE.oracle, value: numberValue(key).value }
}

function deleteElements(collection: CollectionValue, values: readonly PlsqlValue[], frame: Frame): void {
  const [from, to] = values
  if (from === undefined) {
    collection.clear()
    collection.extent = 0
    return
  }
  if (collection.type.limit !== undefined)
    throw new OracleError(6550, "PLS-00306: wrong number or types of arguments in call to 'DELETE'")
  if (scalarOf(from).value === null || (to !== undefined && scalarOf(to).value === null)) return
  const low = keyOf(collection, from, frame)
  const high = to === undefined ? low : keyOf(collection, to, frame)
  for (const key of [...collection.keys()]) if (key >= low && key <= high) collection.delete(key)
}

function extend(collection: CollectionValue, values: readonly PlsqlValue[], frame: Frame): void {
  const [amount, from] = values
  const count = amount === undefined ? 1 : wholeNumber(amount)
  const limit = collection.type.limit ?? Number.POSITIVE_INFINITY
  if (collection.extent + count > limit) throw new OracleError(6532, 'Subscript outside of limit')
  const model = from === undefined ? undefined : collection.elements.get(keyOf(collection, from, frame))
  if (from !== undefined && model === undefined) throw new OracleError(6533, 'Subscript beyond count')
  for (let added = 0; added < count; added += 1) {
    collection.extent += 1
    collection.set(collection.extent, model === undefined ? initialValue(collection.type.element) : copyValue(model))
  }
}

function trim(collection: CollectionValue, [amount]: readonly PlsqlValue[]): void {
  const count = amount === undefined ? 1 : wholeNumber(amount)
  if (count > collection.extent) throw new OracleError(6533, 'Subscript beyond count')
  for (let removed = 0; removed < count; removed += 1) {
    collection.delete(collection.extent)
    collection.extent -= 1
  }
}

function wholeNumber(value: PlsqlValue): number {
  const amount = toNumber(scalarOf(value))?.toDecimalPlaces(0).toNumber() ?? 0
  if (amount < 0) throw new OracleError(6502, 'PL/SQL: numeric or value error')
  return amount
}
