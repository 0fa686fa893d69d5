import type { TypedValue } from '../../execution/sql-executor.ts'
import { OracleDateTime } from '../../values/oracle-date-time.ts'
import { OracleNumber } from '../../values/oracle-number.ts'
import { NUMBER, type OracleType, varchar2 } from '../../values/oracle-type.ts'
import { instant } from '../instant.ts'
import type { OwnerQuery } from './run-as-owner.ts'

/** What became of one document. */
export interface DocumentStatus {
  /** The address of the document. */
  readonly name: string
  readonly bytes: number | undefined
  readonly checksum: string | undefined
  readonly lastModified: Date | undefined
  readonly status: 'COMPLETED' | 'FAILED'
  readonly error: { readonly number: number; readonly message: string } | undefined
  readonly started: Date
  readonly ended: Date
}

const INSTANT: OracleType = { name: 'TIMESTAMP WITH TIME ZONE', scale: 6 }

/** The table in which a pipeline keeps what became of each document, by the columns of the database. */
export class StatusTable {
  readonly name: string
  readonly #qualified: string

  constructor(owner: string, name: string) {
    this.name = name
    this.#qualified = `"${owner}"."${name}"`
  }

  async create(query: OwnerQuery): Promise<void> {
    await query(
      `CREATE TABLE ${this.#qualified} (ID NUMBER, NAME VARCHAR2(4000), BYTES NUMBER, CHECKSUM VARCHAR2(128), ` +
        'LAST_MODIFIED TIMESTAMP(6) WITH TIME ZONE, STATUS VARCHAR2(30), ERROR_CODE NUMBER, ' +
        'ERROR_MESSAGE VARCHAR2(4000), START_TIME TIMESTAMP(6) WITH TIME ZONE, END_TIME TIMESTAMP(6) WITH TIME ZONE)',
    )
  }

  async drop(query: OwnerQuery): Promise<void> {
    await query(`DROP TABLE ${this.#qualified}`)
  }

  /** Checksums of the documents that are loaded, by name. */
  async loaded(query: OwnerQuery): Promise<ReadonlyMap<string, string>> {
    const { rows } = await query(`SELECT NAME, CHECKSUM FROM ${this.#qualified} WHERE STATUS = 'COMPLETED'`)
    return new Map(rows.map(([name, checksum]) => [String(name), String(checksum)]))
  }

  /** Puts a row in the place of the one that the document had. */
  async write(status: DocumentStatus, id: number, query: OwnerQuery): Promise<void> {
    await query(`DELETE FROM ${this.#qualified} WHERE NAME = :NAME`, { NAME: text(status.name) })
    await query(
      `INSERT INTO ${this.#qualified} (ID, NAME, BYTES, CHECKSUM, LAST_MODIFIED, STATUS, ERROR_CODE, ERROR_MESSAGE, ` +
        'START_TIME, END_TIME) VALUES (:ID, :NAME, :BYTES, :CHECKSUM, :LAST_MODIFIED, :STATUS, :ERROR_CODE, ' +
        ':ERROR_MESSAGE, :START_TIME, :END_TIME)',
      {
        ID: number(id),
        NAME: text(status.name),
        BYTES: number(status.bytes),
        CHECKSUM: text(status.checksum),
        LAST_MODIFIED: time(status.lastModified),
        STATUS: text(status.status),
        ERROR_CODE: number(status.error && -status.error.number),
        ERROR_MESSAGE: text(status.error?.message),
        START_TIME: time(status.started),
        END_TIME: time(status.ended),
      },
    )
  }

  /** Forgets all documents, so that the next run loads them again. */
  async clear(query: OwnerQuery): Promise<void> {
    await query(`DELETE FROM ${this.#qualified}`)
  }
}

function text(value: string | undefined): TypedValue {
  return { type: varchar2(), value: value ?? null }
}

function number(value: number | undefined): TypedValue {
  return { type: NUMBER, value: value === undefined ? null : new OracleNumber(value) }
}

function time(value: Date | undefined): TypedValue {
  return { type: INSTANT, value: value === undefined ? null : instant(OracleDateTime.fromUtc(value)) }
}
