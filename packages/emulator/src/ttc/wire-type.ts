import { OracleError } from '../oracle-error.ts'
import type { DataDescriptor } from '../session/data-descriptor.ts'
import type { OracleType, OracleTypeName } from '../values/oracle-type.ts'

/** The protocol's numbers of the data types. */
export const WireType = {
  varchar: 1,
  number: 2,
  binaryInteger: 3,
  long: 8,
  rowid: 11,
  date: 12,
  raw: 23,
  longRaw: 24,
  char: 96,
  binaryFloat: 100,
  binaryDouble: 101,
  cursor: 102,
  clob: 112,
  blob: 113,
  json: 119,
  timestamp: 180,
  timestampTz: 181,
  intervalMonths: 182,
  intervalDays: 183,
  timestampLtz: 231,
  boolean: 252,
} as const

export const NATIONAL_FORM = 2
const DATABASE_FORM = 1
const LARGEST_STRING = 32_767
const LARGEST_LONG = 0x7fff_ffff
/** What current drivers multiply the size of national character data with. */
const NATIONAL_FACTOR = 4

interface WireForm {
  readonly number: number
  readonly form: number
  readonly size: number
}

const FORMS: Readonly<Record<OracleTypeName, WireForm>> = {
  VARCHAR2: { number: WireType.varchar, form: DATABASE_FORM, size: 4000 },
  NVARCHAR2: { number: WireType.varchar, form: NATIONAL_FORM, size: 4000 },
  CHAR: { number: WireType.char, form: DATABASE_FORM, size: 2000 },
  NCHAR: { number: WireType.char, form: NATIONAL_FORM, size: 2000 },
  RAW: { number: WireType.raw, form: 0, size: 2000 },
  NUMBER: { number: WireType.number, form: 0, size: 22 },
  BINARY_INTEGER: { number: WireType.number, form: 0, size: 22 },
  BINARY_DOUBLE: { number: WireType.binaryDouble, form: 0, size: 8 },
  BINARY_FLOAT: { number: WireType.binaryFloat, form: 0, size: 4 },
  DATE: { number: WireType.date, form: 0, size: 7 },
  TIMESTAMP: { number: WireType.timestamp, form: 0, size: 11 },
  'TIMESTAMP WITH TIME ZONE': { number: WireType.timestampTz, form: 0, size: 13 },
  'TIMESTAMP WITH LOCAL TIME ZONE': { number: WireType.timestampLtz, form: 0, size: 11 },
  CLOB: { number: WireType.clob, form: DATABASE_FORM, size: 4000 },
  NCLOB: { number: WireType.clob, form: NATIONAL_FORM, size: 4000 },
  BLOB: { number: WireType.blob, form: 0, size: 4000 },
  JSON: { number: WireType.json, form: 0, size: 4000 },
  LONG: { number: WireType.long, form: DATABASE_FORM, size: LARGEST_LONG },
  BOOLEAN: { number: WireType.boolean, form: 0, size: 4 },
  ROWID: { number: WireType.rowid, form: 0, size: 18 },
  'INTERVAL YEAR TO MONTH': { number: WireType.intervalMonths, form: 0, size: 5 },
  'INTERVAL DAY TO SECOND': { number: WireType.intervalDays, form: 0, size: 11 },
  CURSOR: { number: WireType.cursor, form: 0, size: 4 },
}

/** How a column travels when the client has not said otherwise. */
export function describedAs(type: OracleType, lobPrefetch: boolean): DataDescriptor {
  const form = FORMS[type.name]
  const size = 'length' in type ? Math.max(1, type.length) : form.size
  return {
    typeNumber: form.number,
    characterSetForm: form.form,
    maximumSize: size,
    isArray: false,
    maximumElements: 0,
    lobPrefetch,
  }
}

type Maker = (descriptor: DataDescriptor) => OracleType

const text =
  (database: 'VARCHAR2' | 'CHAR', national: 'NVARCHAR2' | 'NCHAR'): Maker =>
  ({ characterSetForm, maximumSize }) => {
    if (maximumSize > LARGEST_STRING && characterSetForm !== NATIONAL_FORM) return { name: 'CLOB' }
    return {
      name: characterSetForm === NATIONAL_FORM ? national : database,
      length: Math.min(LARGEST_STRING, Math.max(1, maximumSize)),
    }
  }

const fixed =
  (type: OracleType): Maker =>
  () =>
    type

const BIND_TYPES: ReadonlyMap<number, Maker> = new Map<number, Maker>([
  [WireType.varchar, text('VARCHAR2', 'NVARCHAR2')],
  [WireType.char, text('CHAR', 'NCHAR')],
  [WireType.long, fixed({ name: 'CLOB' })],
  [WireType.number, fixed({ name: 'NUMBER', precision: 0, scale: -127 })],
  [WireType.binaryInteger, fixed({ name: 'BINARY_INTEGER' })],
  [WireType.binaryFloat, fixed({ name: 'BINARY_FLOAT' })],
  [WireType.binaryDouble, fixed({ name: 'BINARY_DOUBLE' })],
  [WireType.date, fixed({ name: 'DATE' })],
  [WireType.timestamp, fixed({ name: 'TIMESTAMP', scale: 9 })],
  [WireType.timestampTz, fixed({ name: 'TIMESTAMP WITH TIME ZONE', scale: 9 })],
  [WireType.timestampLtz, fixed({ name: 'TIMESTAMP WITH LOCAL TIME ZONE', scale: 9 })],
  [WireType.intervalMonths, fixed({ name: 'INTERVAL YEAR TO MONTH' })],
  [WireType.intervalDays, fixed({ name: 'INTERVAL DAY TO SECOND' })],
  [WireType.boolean, fixed({ name: 'BOOLEAN' })],
  [WireType.rowid, fixed({ name: 'ROWID' })],
  [WireType.cursor, fixed({ name: 'CURSOR' })],
  [WireType.blob, fixed({ name: 'BLOB' })],
  [WireType.longRaw, fixed({ name: 'BLOB' })],
  [WireType.json, fixed({ name: 'JSON' })],
  [WireType.clob, ({ characterSetForm }) => ({ name: characterSetForm === NATIONAL_FORM ? 'NCLOB' : 'CLOB' })],
  [
    WireType.raw,
    ({ maximumSize }) =>
      maximumSize > LARGEST_STRING ? { name: 'BLOB' } : { name: 'RAW', length: Math.max(1, maximumSize) },
  ],
])

/**
 * The type of a bind inside the emulator. Text and bytes beyond 32767 count as large objects.
 * @throws OracleError ORA-03115 for object types and VECTOR.
 */
export function bindType(descriptor: DataDescriptor): OracleType {
  const maker = BIND_TYPES.get(descriptor.typeNumber)
  if (!maker) throw new OracleError(3115, 'unsupported network datatype or representation')
  return maker(descriptor)
}

export function isLobType(type: OracleType): boolean {
  return type.name === 'CLOB' || type.name === 'NCLOB' || type.name === 'BLOB'
}

/** Whether a client says how it wants a column of the type before it gets rows. */
export function isDefinedFirst(type: OracleType): boolean {
  return isLobType(type) || type.name === 'JSON'
}

export function isLongType(typeNumber: number): boolean {
  return typeNumber === WireType.long || typeNumber === WireType.longRaw
}

/** Whether a value counts as long for its sender: such binds come last, such columns have indicators behind them. */
export function isLong(descriptor: DataDescriptor, scaledNationalSizes: boolean): boolean {
  if (descriptor.typeNumber === WireType.json) return false
  const scaled =
    scaledNationalSizes &&
    descriptor.characterSetForm === NATIONAL_FORM &&
    (descriptor.typeNumber === WireType.varchar || descriptor.typeNumber === WireType.char)
  return descriptor.maximumSize / (scaled ? NATIONAL_FACTOR : 1) > LARGEST_STRING
}
