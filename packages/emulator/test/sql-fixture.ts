import { afterAll, afterEach, beforeAll } from 'vitest'
import type { DemoSchema } from '../src/demo/demo-schema.ts'
import type { Bind, ExecutionResult } from '../src/execution/database-session.ts'
import { type Subprogram, SubprogramRegistry } from '../src/execution/subprogram.ts'
import { OracleError } from '../src/oracle-error.ts'
import { SqlEngine } from '../src/sql/sql-engine.ts'
import type { SqlSession } from '../src/sql/sql-session.ts'
import type { Column } from '../src/values/column.ts'
import { Interval } from '../src/values/interval.ts'
import { OracleDateTime } from '../src/values/oracle-date-time.ts'
import { OracleNumber } from '../src/values/oracle-number.ts'
import type { OracleType } from '../src/values/oracle-type.ts'
import type { OracleValue } from '../src/values/oracle-value.ts'

export const number = (value: number | string): OracleNumber => new OracleNumber(value)

/** A small schema: shops, and what they sold. Shop 4 sold nothing; sale 6 has no shop. */
const shopSchema: DemoSchema = {
  owner: 'STORE',
  statements: [
    'CREATE TABLE shops (id NUMBER(4) CONSTRAINT shops_pk PRIMARY KEY, city VARCHAR2(20) NOT NULL, opened DATE, code CHAR(4))',
    `CREATE TABLE sales (id NUMBER(6) PRIMARY KEY, shop_id NUMBER(4) CONSTRAINT sales_shop_fk REFERENCES shops,
       item VARCHAR2(20), amount NUMBER(8,2), sold DATE)`,
    "COMMENT ON TABLE shops IS 'Where we sell'",
    "COMMENT ON COLUMN shops.city IS 'The town'",
  ],
  rows: new Map<string, OracleValue[][]>([
    [
      'SHOPS',
      [
        [number(1), 'Oslo', new OracleDateTime(2020, 1, 15), 'OSL'],
        [number(2), 'Bergen', new OracleDateTime(2021, 6, 1), 'BGO'],
        [number(3), 'Tromsø', null, null],
        [number(4), 'Bodø', new OracleDateTime(2023, 12, 31), 'BOO'],
      ],
    ],
    [
      'SALES',
      [
        [number(1), number(1), 'tea', number('10.50'), new OracleDateTime(2024, 1, 5)],
        [number(2), number(1), 'coffee', number('20.25'), new OracleDateTime(2024, 1, 6)],
        [number(3), number(2), 'tea', number('5'), new OracleDateTime(2024, 2, 1)],
        [number(4), number(2), null, number('7.75'), new OracleDateTime(2024, 2, 29)],
        [number(5), number(3), 'cake', null, new OracleDateTime(2024, 3, 1)],
        [number(6), null, 'tea', number('100'), null],
      ],
    ],
  ]),
}

/** What tests do with a session, in few words. Values come back as plain text, numbers and dates included. */
export class TestSession {
  readonly session: SqlSession

  constructor(session: SqlSession) {
    this.session = session
  }

  async run(
    sql: string,
    binds: readonly (readonly [OracleType, OracleValue])[] = [],
    signal: AbortSignal = new AbortController().signal,
  ): Promise<ExecutionResult> {
    const typed = binds.map(([type, value]): Bind => ({ type, value }))
    return this.session.prepare(sql).execute(typed, signal)
  }

  async rows(sql: string, binds: readonly (readonly [OracleType, OracleValue])[] = []): Promise<(string | null)[][]> {
    const result = await this.run(sql, binds)
    if (result.kind !== 'query') throw new TypeError(`not a query: ${sql}`)
    return result.rows.map((row) => row.map(show))
  }

  /** The first column of all rows. */
  async column(sql: string, binds: readonly (readonly [OracleType, OracleValue])[] = []): Promise<(string | null)[]> {
    return (await this.rows(sql, binds)).map((row) => row[0] ?? null)
  }

  /** The value of an expression. */
  async value(expression: string): Promise<string | null> {
    return (await this.rows(`select ${expression} from dual`))[0]?.[0] ?? null
  }

  async count(sql: string, binds: readonly (readonly [OracleType, OracleValue])[] = []): Promise<number> {
    const result = await this.run(sql, binds)
    if (result.kind !== 'dml') throw new TypeError(`not a change: ${sql}`)
    return result.rowCount
  }

  async columns(sql: string): Promise<readonly Column[]> {
    return this.session.prepare(sql).describe([])
  }

  /** The error that a statement ends with, as `942 @14`. */
  async failure(sql: string, binds: readonly (readonly [OracleType, OracleValue])[] = []): Promise<string> {
    const error = await this.error(sql, binds)
    return `${error.number} @${error.offset}`
  }

  async error(sql: string, binds: readonly (readonly [OracleType, OracleValue])[] = []): Promise<OracleError> {
    try {
      await this.run(sql, binds)
    } catch (error) {
      if (error instanceof OracleError) return error
      throw error
    }
    throw new Error(`no error from: ${sql}`)
  }
}

function show(value: OracleValue): string | null {
  if (value === null || typeof value === 'string') return value
  if (typeof value === 'boolean') return String(value)
  if (value instanceof OracleNumber) return value.toFixed()
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex')
  if (value instanceof OracleDateTime) return showTime(value)
  if (value instanceof Interval) return value.toString()
  return '<cursor>'
}

function showTime(value: OracleDateTime): string {
  const pad = (part: number, width = 2): string => String(part).padStart(width, '0')
  const date = `${pad(value.year, 4)}-${pad(value.month)}-${pad(value.day)}`
  const time = [value.hour, value.minute, value.second].map((part) => pad(part)).join(':')
  const fraction = value.nanosecond === 0 ? '' : `.${pad(value.nanosecond, 9).replace(/0+$/, '')}`
  const zone = value.offsetMinutes === undefined ? '' : `${value.offsetMinutes >= 0 ? '+' : ''}${value.offsetMinutes}`
  return time === '00:00:00' && fraction === '' && zone === '' ? date : `${date} ${time}${fraction}${zone}`
}

/** An engine with the small schema for the tests of a file, closed after them. */
export function useEngine(...subprograms: readonly Subprogram[]): {
  readonly engine: SqlEngine
  user(name?: string): TestSession
} {
  let engine: SqlEngine | undefined
  beforeAll(async () => {
    const registry = new SubprogramRegistry()
    registry.register(...subprograms)
    engine = await SqlEngine.open({ subprograms: registry })
    engine.load(shopSchema)
  })
  const sessions: SqlSession[] = []
  afterEach(() => {
    for (const session of sessions.splice(0)) session.close()
  })
  afterAll(() => engine?.close())
  return {
    get engine(): SqlEngine {
      if (engine === undefined) throw new TypeError('the engine is opened before the first test')
      return engine
    },
    user(name = 'DEMO') {
      const session = this.engine.session(name)
      sessions.push(session)
      return new TestSession(session)
    },
  }
}
