import { CLOB, type OracleType, varchar2 } from '../../values/oracle-type.ts'
import { checkedLob } from '../lob-limit.ts'
import { MAXIMUM_LENGTH } from '../plsql-type.ts'

/** What the operations of DBMS_LOB need to know of a kind of LOB: characters are UTF-16 code units, bytes are bytes. */
export interface LobKind<Content extends string | Uint8Array> {
  readonly lob: OracleType
  /** The type of the buffers that are read into and written from. */
  readonly buffer: OracleType
  readonly empty: Content
  is(value: unknown): value is Content
  slice(content: Content, start: number, end?: number): Content
  concatenate(...parts: readonly Content[]): Content
  /** What lies between the end and an offset behind it. */
  filler(length: number): Content
  indexOf(content: Content, pattern: Content, from: number): number
  compare(left: Content, right: Content): number
}

export const CHARACTER_LOB: LobKind<string> = {
  lob: CLOB,
  buffer: varchar2(MAXIMUM_LENGTH),
  empty: '',
  is: (value) => typeof value === 'string',
  slice: (content, start, end) => content.slice(start, end),
  concatenate: (...parts) => checkedLob(parts.join('')),
  filler: (length) => checkedLob({ length }) && ' '.repeat(length),
  indexOf: (content, pattern, from) => content.indexOf(pattern, from),
  compare: (left, right) => (left < right ? -1 : left > right ? 1 : 0),
}

export const BINARY_LOB: LobKind<Uint8Array> = {
  lob: { name: 'BLOB' },
  buffer: { name: 'RAW', length: MAXIMUM_LENGTH },
  empty: new Uint8Array(0),
  is: (value) => value instanceof Uint8Array,
  slice: (content, start, end) => content.slice(start, end),
  concatenate: (...parts) => checkedLob(Uint8Array.from(Buffer.concat(parts))),
  filler: (length) => checkedLob({ length }) && new Uint8Array(length),
  indexOf: (content, pattern, from) => Buffer.from(content).indexOf(pattern, from),
  compare: (left, right) => Buffer.compare(left, right),
}
