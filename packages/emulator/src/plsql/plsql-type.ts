import type { OracleType } from '../values/oracle-type.ts'
import { BOOLEAN, CLOB, DATE, JSON_TYPE, NUMBER, number, varchar2 } from '../values/oracle-type.ts'
import type { Eventual } from './eventual.ts'
import type { Frame } from './execution.ts'
import type { PlsqlValue } from './plsql-value.ts'

/** The type of a PL/SQL variable, parameter or expression. */
export type PlsqlType = ScalarType | RecordType | CollectionType | CursorVariableType

export interface ScalarType {
  readonly kind: 'scalar'
  readonly oracle: OracleType
  readonly notNull?: boolean
  /** Bounds of an integer subtype or of SUBTYPE ... RANGE. */
  readonly range?: { readonly low: number; readonly high: number }
  /** Characters, when the length was given in CHAR. */
  readonly characters?: number
  /** True when a value that does not fit is ORA-01426 instead of ORA-06502. */
  readonly overflows?: boolean
}

export interface RecordType {
  readonly kind: 'record'
  readonly name: string
  /** Undefined for the row of a query whose columns are known only when it runs. */
  readonly fields: readonly RecordField[] | undefined
}

export interface RecordField {
  readonly name: string
  readonly type: PlsqlType
  /** Evaluates the default that the record's type gives the field. */
  readonly initial?: (frame: Frame) => Eventual<PlsqlValue>
}

export interface CollectionType {
  readonly kind: 'collection'
  readonly name: string
  readonly element: PlsqlType
  readonly indexedBy: 'integer' | 'text' | undefined
  /** The largest number of elements of a VARRAY. */
  readonly limit: number | undefined
}

export interface CursorVariableType {
  readonly kind: 'cursorVariable'
}

export const CURSOR_VARIABLE: CursorVariableType = { kind: 'cursorVariable' }

export function scalar(oracle: OracleType): ScalarType {
  return { kind: 'scalar', oracle }
}

/** The longest VARCHAR2 or RAW of PL/SQL, in bytes. */
export const MAXIMUM_LENGTH = 32_767

export const NUMBER_TYPE: ScalarType = scalar(NUMBER)
export const TEXT_TYPE: ScalarType = scalar(varchar2(MAXIMUM_LENGTH))
export const BOOLEAN_TYPE: ScalarType = scalar(BOOLEAN)
export const DATE_TYPE: ScalarType = scalar(DATE)
export const CLOB_TYPE: ScalarType = scalar(CLOB)
const INTEGER_RANGE = { low: -2_147_483_648, high: 2_147_483_647 }
export const INTEGER_TYPE: ScalarType = {
  kind: 'scalar',
  oracle: { name: 'BINARY_INTEGER' },
  range: INTEGER_RANGE,
  overflows: true,
}

type TypeMaker = (sizes: readonly number[], lengthUnit: 'BYTE' | 'CHAR') => ScalarType | undefined

function sized(name: 'VARCHAR2' | 'NVARCHAR2' | 'CHAR' | 'NCHAR' | 'RAW', fallback?: number): TypeMaker {
  return ([length = fallback], lengthUnit) => {
    if (length === undefined || length < 1 || length > MAXIMUM_LENGTH) return undefined
    if (lengthUnit === 'BYTE' && !name.startsWith('N')) return scalar({ name, length })
    const bytes = Math.min(length * 4, MAXIMUM_LENGTH)
    return { ...scalar({ name, length: bytes }), characters: length }
  }
}

function decimal([precision, scale]: readonly number[]): ScalarType {
  return precision === undefined ? NUMBER_TYPE : scalar(number(precision, scale ?? 0))
}

function integerSubtype(low: number, high: number, notNull = false): TypeMaker {
  return () => ({ kind: 'scalar', oracle: { name: 'BINARY_INTEGER' }, range: { low, high }, notNull })
}

const fixed = (type: ScalarType): TypeMaker => {
  return () => type
}
const integer: TypeMaker = () => scalar(number(38))
const real: TypeMaker = () => scalar(NUMBER)

const MAKERS: Readonly<Record<string, TypeMaker>> = {
  VARCHAR2: sized('VARCHAR2'),
  VARCHAR: sized('VARCHAR2'),
  STRING: sized('VARCHAR2'),
  'CHARACTER VARYING': sized('VARCHAR2'),
  'CHAR VARYING': sized('VARCHAR2'),
  NVARCHAR2: sized('NVARCHAR2'),
  CHAR: sized('CHAR', 1),
  CHARACTER: sized('CHAR', 1),
  NCHAR: sized('NCHAR', 1),
  RAW: sized('RAW'),
  LONG: fixed(scalar(varchar2(32_760))),
  'LONG RAW': fixed(scalar({ name: 'RAW', length: 32_760 })),
  NUMBER: decimal,
  NUMERIC: decimal,
  DECIMAL: decimal,
  DEC: decimal,
  INTEGER: integer,
  INT: integer,
  SMALLINT: integer,
  FLOAT: real,
  REAL: real,
  'DOUBLE PRECISION': real,
  BINARY_DOUBLE: fixed(scalar({ name: 'BINARY_DOUBLE' })),
  SIMPLE_DOUBLE: fixed({ ...scalar({ name: 'BINARY_DOUBLE' }), notNull: true }),
  BINARY_FLOAT: fixed(scalar({ name: 'BINARY_FLOAT' })),
  SIMPLE_FLOAT: fixed({ ...scalar({ name: 'BINARY_FLOAT' }), notNull: true }),
  BINARY_INTEGER: fixed(INTEGER_TYPE),
  PLS_INTEGER: fixed(INTEGER_TYPE),
  SIMPLE_INTEGER: fixed({ ...INTEGER_TYPE, notNull: true }),
  NATURAL: integerSubtype(0, INTEGER_RANGE.high),
  NATURALN: integerSubtype(0, INTEGER_RANGE.high, true),
  POSITIVE: integerSubtype(1, INTEGER_RANGE.high),
  POSITIVEN: integerSubtype(1, INTEGER_RANGE.high, true),
  SIGNTYPE: integerSubtype(-1, 1),
  BOOLEAN: fixed(BOOLEAN_TYPE),
  DATE: fixed(DATE_TYPE),
  CLOB: fixed(CLOB_TYPE),
  NCLOB: fixed(scalar({ name: 'NCLOB' })),
  BLOB: fixed(scalar({ name: 'BLOB' })),
  JSON: fixed(scalar(JSON_TYPE)),
  ROWID: fixed(scalar({ name: 'ROWID' })),
  UROWID: fixed(scalar({ name: 'ROWID' })),
}

/** Names of types whose length must be written: `VARCHAR2` alone is only good for a parameter. */
export const LENGTH_REQUIRED: ReadonlySet<string> = new Set([
  'VARCHAR2',
  'VARCHAR',
  'STRING',
  'CHARACTER VARYING',
  'CHAR VARYING',
  'NVARCHAR2',
  'RAW',
])

/** True for the name of a type that needs no declaration. */
export function isBuiltInType(name: string): boolean {
  return Object.hasOwn(MAKERS, name) || name === 'TIMESTAMP' || name === 'SYS_REFCURSOR'
}

/** A type that needs no declaration; undefined when the name is none or a length is missing or out of range. */
export function builtInType(
  name: string,
  sizes: readonly number[],
  lengthUnit: 'BYTE' | 'CHAR',
  timeZone?: 'TIME ZONE' | 'LOCAL TIME ZONE',
): PlsqlType | undefined {
  if (name === 'SYS_REFCURSOR') return CURSOR_VARIABLE
  if (name === 'TIMESTAMP') {
    const zoned = timeZone === undefined ? 'TIMESTAMP' : (`TIMESTAMP WITH ${timeZone}` as const)
    return scalar({ name: zoned, scale: sizes[0] ?? 6 })
  }
  return Object.hasOwn(MAKERS, name) ? MAKERS[name]?.(sizes, lengthUnit) : undefined
}

export type ValueFamily =
  | 'text'
  | 'clob'
  | 'number'
  | 'date'
  | 'timestamp'
  | 'raw'
  | 'blob'
  | 'boolean'
  | 'interval'
  | 'cursor'

const FAMILIES: Readonly<Record<OracleType['name'], ValueFamily>> = {
  VARCHAR2: 'text',
  NVARCHAR2: 'text',
  CHAR: 'text',
  NCHAR: 'text',
  LONG: 'text',
  ROWID: 'text',
  CLOB: 'clob',
  NCLOB: 'clob',
  JSON: 'clob',
  NUMBER: 'number',
  BINARY_INTEGER: 'number',
  BINARY_DOUBLE: 'number',
  BINARY_FLOAT: 'number',
  DATE: 'date',
  TIMESTAMP: 'timestamp',
  'TIMESTAMP WITH TIME ZONE': 'timestamp',
  'TIMESTAMP WITH LOCAL TIME ZONE': 'timestamp',
  RAW: 'raw',
  BLOB: 'blob',
  BOOLEAN: 'boolean',
  'INTERVAL YEAR TO MONTH': 'interval',
  'INTERVAL DAY TO SECOND': 'interval',
  CURSOR: 'cursor',
}

export function familyOf(type: OracleType): ValueFamily {
  return FAMILIES[type.name]
}

const CONVERTIBLE: Readonly<Record<ValueFamily, readonly ValueFamily[]>> = {
  text: ['text', 'clob', 'number', 'date', 'timestamp', 'raw', 'interval'],
  clob: ['text', 'clob', 'number', 'date', 'timestamp', 'raw', 'interval'],
  number: ['number', 'text', 'clob'],
  date: ['date', 'timestamp', 'text', 'clob'],
  timestamp: ['date', 'timestamp', 'text', 'clob'],
  raw: ['raw', 'blob', 'text', 'clob'],
  blob: ['raw', 'blob'],
  boolean: ['boolean'],
  interval: ['interval'],
  cursor: ['cursor'],
}

/** Whether a value of the one type may be assigned to the other at all; undefined stands for a type not yet known. */
export function isAssignable(target: PlsqlType | undefined, source: PlsqlType | undefined): boolean {
  if (target === undefined || source === undefined) return true
  if (target.kind === 'scalar' && source.kind === 'scalar') {
    return CONVERTIBLE[familyOf(target.oracle)].includes(familyOf(source.oracle))
  }
  if (target.kind === 'scalar' && target.oracle.name === 'CURSOR') return source.kind === 'cursorVariable'
  if (source.kind === 'scalar' && source.oracle.name === 'CURSOR') return target.kind === 'cursorVariable'
  if (target.kind !== source.kind) return false
  if (target.kind !== 'collection' || source.kind !== 'collection') return true
  return target === source || source.name === '' || target.name === ''
}
