import type { Interval } from './interval.ts'
import type { OracleDateTime } from './oracle-date-time.ts'
import type { OracleNumber } from './oracle-number.ts'

/**
 * A value inside the emulator. Character data is a string whatever its type: a CLOB becomes a locator only at the protocol's edge,
 * and JSON, which is its own text here, takes its binary form there.
 * The empty string is NULL for every character type but a LOB, and whoever makes a value sees to that.
 */
export type OracleValue = null | string | OracleNumber | OracleDateTime | Interval | boolean | Uint8Array | OracleCursor

/** An open REF CURSOR: a finished query whose rows the client fetches later. */
export interface OracleCursor {
  readonly kind: 'cursor'
  readonly columns: readonly import('./column.ts').Column[]
  readonly rows: readonly (readonly OracleValue[])[]
}
