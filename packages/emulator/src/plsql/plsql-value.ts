import type { TypedValue } from '../execution/sql-executor.ts'
import { OracleError } from '../oracle-error.ts'
import type { Column } from '../values/column.ts'
import { OracleNumber } from '../values/oracle-number.ts'
import { BOOLEAN, NUMBER, varchar2 } from '../values/oracle-type.ts'
import type { OracleValue } from '../values/oracle-value.ts'
import type { CollectionType, PlsqlType, RecordType, ScalarType } from './plsql-type.ts'
import { scalar } from './plsql-type.ts'

/** What a PL/SQL expression evaluates to. */
export type PlsqlValue = TypedValue | RecordValue | CollectionValue | CursorVariable

/** The untyped NULL. */
export const NULL_VALUE: TypedValue = { type: varchar2(1), value: null }
const TRUE_VALUE: TypedValue = { type: BOOLEAN, value: true }
const FALSE_VALUE: TypedValue = { type: BOOLEAN, value: false }
const UNKNOWN_VALUE: TypedValue = { type: BOOLEAN, value: null }

/** The literal '' is NULL. */
export function textLiteral(text: string): TypedValue {
  return { type: varchar2(Math.max(1, Buffer.byteLength(text))), value: text === '' ? null : text }
}

export function booleanValue(value: boolean | null): TypedValue {
  if (value === null) return UNKNOWN_VALUE
  return value ? TRUE_VALUE : FALSE_VALUE
}

export function numberValue(value: OracleNumber | number): TypedValue {
  return { type: NUMBER, value: typeof value === 'number' ? new OracleNumber(value) : value }
}

export function isScalar(value: PlsqlValue): value is TypedValue {
  return !(value instanceof RecordValue || value instanceof CollectionValue || value instanceof CursorVariable)
}

/** The scalar inside a value. @throws OracleError ORA-06502 for a record or collection */
export function scalarOf(value: PlsqlValue): TypedValue {
  if (isScalar(value)) return value
  throw new OracleError(6502, 'PL/SQL: numeric or value error')
}

/** A record: its fields in order, by name. */
export class RecordValue {
  readonly type: RecordType
  readonly fields: Map<string, PlsqlValue>

  constructor(type: RecordType, fields: Map<string, PlsqlValue>) {
    this.type = type
    this.fields = fields
  }

  /** @throws OracleError ORA-06550 with PLS-00302 when there is no such field */
  get(name: string): PlsqlValue {
    const value = this.fields.get(name)
    if (value === undefined) throw new OracleError(6550, `PLS-00302: component '${name}' must be declared`)
    return value
  }

  typeOf(name: string): PlsqlType | undefined {
    return this.type.fields?.find((field) => field.name === name)?.type
  }

  copy(): RecordValue {
    return new RecordValue(this.type, new Map([...this.fields].map(([name, value]) => [name, copyValue(value)])))
  }
}

/** Elements of the largest collection: the process holds them in memory. */
const MOST_ELEMENTS = 1_000_000

export type CollectionKey = number | string

/** An index-by table, nested table or varray. A nested table or varray that was never constructed is `isNull`. */
export class CollectionValue {
  readonly type: CollectionType
  readonly elements: Map<CollectionKey, PlsqlValue> = new Map()
  isNull: boolean
  /** The highest subscript that EXTEND has reached; deleted elements keep theirs. */
  extent = 0
  #sorted: CollectionKey[] | undefined

  constructor(type: CollectionType, isNull: boolean) {
    this.type = type
    this.isNull = isNull
  }

  /** Subscripts in order. */
  keys(): readonly CollectionKey[] {
    this.#sorted ??= [...this.elements.keys()].sort(compareKeys)
    return this.#sorted
  }

  set(key: CollectionKey, value: PlsqlValue): void {
    if (!this.elements.has(key)) {
      const last = this.#sorted?.at(-1)
      if (this.#sorted !== undefined && (last === undefined || compareKeys(last, key) < 0)) this.#sorted.push(key)
      else this.#sorted = undefined
    }
    this.elements.set(key, value)
    if (this.elements.size > MOST_ELEMENTS) throw new OracleError(6500, 'PL/SQL: storage error')
  }

  delete(key: CollectionKey): void {
    if (this.elements.delete(key)) this.#sorted = undefined
  }

  clear(): void {
    this.elements.clear()
    this.#sorted = undefined
  }

  /** Takes over a copy of what another collection holds. */
  assign(other: CollectionValue): void {
    this.clear()
    this.isNull = other.isNull
    this.extent = other.extent
    for (const [key, value] of other.elements) this.elements.set(key, copyValue(value))
  }

  copy(): CollectionValue {
    const copy = new CollectionValue(this.type, this.isNull)
    copy.assign(this)
    return copy
  }
}

function compareKeys(left: CollectionKey, right: CollectionKey): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right
  return left < right ? -1 : left > right ? 1 : 0
}

/** The state of an open cursor: rows fetched so far, and those that remain. */
export interface OpenCursor {
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly OracleValue[])[]
  position: number
  /** Null before the first fetch. */
  found: boolean | null
}

/** A REF CURSOR variable or an explicit cursor; copies share what is open. */
export class CursorVariable {
  open: OpenCursor | undefined

  constructor(open?: OpenCursor) {
    this.open = open
  }
}

/** A copy that shares nothing changeable with the value, as assignment needs it. */
export function copyValue(value: PlsqlValue): PlsqlValue {
  return value instanceof RecordValue || value instanceof CollectionValue ? value.copy() : value
}

/** What a variable of the type holds before anything is assigned to it. */
export function initialValue(type: PlsqlType): PlsqlValue {
  if (type.kind === 'scalar') return { type: type.oracle, value: null }
  if (type.kind === 'collection') return new CollectionValue(type, type.indexedBy === undefined)
  if (type.kind === 'cursorVariable') return new CursorVariable()
  return new RecordValue(type, new Map((type.fields ?? []).map((field) => [field.name, initialValue(field.type)])))
}

/** A row of a query as a record. Two columns of one name keep the first. */
export function rowRecord(columns: readonly Column[], row: readonly OracleValue[], name = ''): RecordValue {
  const fields = new Map<string, PlsqlValue>()
  columns.forEach((column, index) => {
    if (!fields.has(column.name)) fields.set(column.name, { type: column.type, value: row[index] ?? null })
  })
  return new RecordValue(rowType(columns, name), fields)
}

/** The record type of a query's rows. */
export function rowType(columns: readonly Column[], name = ''): RecordType {
  const fields = columns.map((column) => ({ name: column.name, type: columnType(column) }))
  return { kind: 'record', name, fields }
}

function columnType(column: Column): ScalarType {
  return scalar(column.type)
}
