import { OracleError } from '../oracle-error.ts'
import { OracleNumber } from '../values/oracle-number.ts'
import type { OracleType } from '../values/oracle-type.ts'
import type { Compiled, Evaluate, Place } from './compile-context.ts'
import { convertTo, toNumber, toText } from './convert.ts'
import { chain, type Eventual } from './eventual.ts'
import { type Frame, outerFrame, type Variable } from './execution.ts'
import { newValue } from './new-value.ts'
import { valueError } from './plsql-exception.ts'
import { type CollectionType, NUMBER_TYPE, type PlsqlType, type ScalarType, scalar } from './plsql-type.ts'
import {
  type CollectionKey,
  CollectionValue,
  CursorVariable,
  type PlsqlValue,
  RecordValue,
  scalarOf,
} from './plsql-value.ts'
import type { VariableSymbol } from './scope.ts'

/** A variable, read and written through its slot. */
export function variableReference(symbol: VariableSymbol, levels: number): Compiled {
  const find = (frame: Frame) => outerFrame(frame, levels).slots[symbol.slot] as Variable
  const evaluate: Evaluate = (frame) => find(frame).value
  if (symbol.readOnly) return { type: symbol.type, evaluate }
  return {
    type: symbol.type,
    evaluate,
    place: {
      write: (frame, value) => {
        const variable = find(frame)
        variable.value = convertTo(variable.type, value, frame.execution.session.sql)
      },
      open: evaluate,
      identity: find,
    },
  }
}

/** A bind: what the block writes must fit the type that the client gave. */
export function bindReference(name: string): Compiled {
  const evaluate: Evaluate = (frame) => bindOf(frame, name).value
  return {
    type: undefined,
    evaluate,
    place: {
      write: (frame, value) => {
        const bind = bindOf(frame, name)
        if (bind.value instanceof CollectionValue)
          bind.value = convertTo(bind.value.type, value, frame.execution.session.sql)
        else if (bind.type.name === 'CURSOR' && value instanceof CursorVariable) bind.value = value
        else bind.value = convertTo(bindType(bind.type), value, frame.execution.session.sql)
      },
      open: evaluate,
      identity: (frame) => bindOf(frame, name),
    },
  }
}

/** What a bind takes: its declared length counts, but texts are not padded and numbers keep their digits. */
export function bindType(type: OracleType): ScalarType {
  if (type.name === 'NUMBER') return NUMBER_TYPE
  if (type.name === 'CHAR') return scalar({ name: 'VARCHAR2', length: type.length })
  if (type.name === 'NCHAR') return scalar({ name: 'NVARCHAR2', length: type.length })
  return scalar(type)
}

function bindOf(frame: Frame, name: string) {
  const bind = frame.execution.binds.get(name)
  if (bind === undefined) throw new OracleError(1008, 'not all variables bound')
  return bind
}

/** A field of a record. */
export function fieldReference(base: Compiled, name: string, type: PlsqlType | undefined): Compiled {
  const evaluate: Evaluate = (frame) => chain(base.evaluate(frame), (value) => recordOf(value).get(name))
  const outer = base.place
  if (outer === undefined) return { type, evaluate }
  const place: Place = {
    open: (frame) => chain(outer.open(frame), (value) => recordOf(value).get(name)),
    write: (frame, value) =>
      chain(outer.open(frame), (opened) => {
        const record = recordOf(opened)
        record.get(name)
        const wanted = type ?? record.typeOf(name)
        record.fields.set(name, wanted === undefined ? value : convertTo(wanted, value, frame.execution.session.sql))
      }),
  }
  return { type, evaluate, place }
}

function recordOf(value: PlsqlValue): RecordValue {
  if (value instanceof RecordValue) return value
  throw valueError()
}

/** An element of a collection. */
export function elementReference(base: Compiled, subscript: Compiled, type: CollectionType | undefined): Compiled {
  const evaluate: Evaluate = (frame) =>
    chain(base.evaluate(frame), (value) =>
      chain(subscript.evaluate(frame), (key) => {
        const collection = collectionOf(value)
        return readElement(collection, keyOf(collection, key, frame))
      }),
    )
  const outer = base.place
  if (outer === undefined) return { type: type?.element, evaluate }
  const withElement = <Result>(
    frame: Frame,
    use: (collection: CollectionValue, key: CollectionKey) => Eventual<Result>,
  ): Eventual<Result> =>
    chain(outer.open(frame), (value) =>
      chain(subscript.evaluate(frame), (given) => {
        const collection = collectionOf(value)
        const key = keyOf(collection, given, frame)
        checkWritable(collection, key)
        return use(collection, key)
      }),
    )
  const place: Place = {
    open: (frame) =>
      withElement(frame, (collection, key) => {
        const known = collection.elements.get(key)
        if (known !== undefined) return known
        return chain(newValue(collection.type.element, frame), (made) => {
          collection.set(key, made)
          return made
        })
      }),
    write: (frame, value) =>
      withElement(frame, (collection, key) => {
        collection.set(key, convertTo(collection.type.element, value, frame.execution.session.sql))
      }),
  }
  return { type: type?.element, evaluate, place }
}

/** @throws OracleError ORA-06502 when the value is no collection */
export function collectionOf(value: PlsqlValue): CollectionValue {
  if (value instanceof CollectionValue) return value
  throw valueError()
}

/** A subscript as the collection keys its elements. */
export function keyOf(collection: CollectionValue, value: PlsqlValue, frame: Frame): CollectionKey {
  const subscript = scalarOf(value)
  if (subscript.value === null) throw valueError('NULL index table key value')
  if (collection.type.indexedBy === 'text') return toText(subscript, frame.execution.session.sql) ?? ''
  return (toNumber(subscript) ?? new OracleNumber(0)).toDecimalPlaces(0).toNumber()
}

function readElement(collection: CollectionValue, key: CollectionKey): PlsqlValue {
  const element = collection.elements.get(key)
  if (element !== undefined) return element
  checkWritable(collection, key)
  throw new OracleError(1403, 'no data found')
}

/** Elements of nested tables and varrays exist only between 1 and what EXTEND has reached. */
function checkWritable(collection: CollectionValue, key: CollectionKey): void {
  if (collection.type.indexedBy !== undefined) return
  if (collection.isNull) throw new OracleError(6531, 'Reference to uninitialized collection')
  const limit = collection.type.limit ?? Number.POSITIVE_INFINITY
  if (Number(key) < 1 || Number(key) > limit) throw new OracleError(6532, 'Subscript outside of limit')
  if (Number(key) > collection.extent) throw new OracleError(6533, 'Subscript beyond count')
}
