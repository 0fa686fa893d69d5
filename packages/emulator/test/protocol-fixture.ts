import oracledb from 'oracledb'
import { expect } from 'vitest'
import type { Emulator, EmulatorOptions, ProtocolOptions } from '../src/emulator.ts'
import { checkOptions, type ServerLimits, startServer } from '../src/start-server.ts'
import { OracleNumber } from '../src/values/oracle-number.ts'
import type { OracleType } from '../src/values/oracle-type.ts'
import { NUMBER, varchar2 } from '../src/values/oracle-type.ts'
import { ScriptedDatabase } from './scripted-database.ts'

/** The dialects that drivers of different ages make servers speak. */
export const dialects: readonly (readonly [name: string, protocol: ProtocolOptions])[] = [
  ['319/24, fast authentication, marked responses', {}],
  ['319/24, neither', { fastAuthentication: false, endOfResponse: false }],
  ['317/12', { tnsVersion: 317, fieldVersion: 12 }],
]

export const moreDialects: readonly (readonly [name: string, protocol: ProtocolOptions])[] = [
  ...dialects,
  ['319/24, marked responses without fast authentication', { fastAuthentication: false }],
  ['319/24, fast authentication without marked responses', { endOfResponse: false }],
  ['318/16', { tnsVersion: 318, fieldVersion: 16 }],
  ['315/7', { tnsVersion: 315, fieldVersion: 7 }],
]

export interface Fixture extends AsyncDisposable {
  readonly database: ScriptedDatabase
  readonly emulator: Emulator
  readonly log: readonly string[]
  connect(attributes?: oracledb.ConnectionAttributes): Promise<oracledb.Connection>
}

/** Starts a server over a scripted database; at its end nothing may be left. */
export async function startScripted(
  protocol: ProtocolOptions = {},
  options: EmulatorOptions = {},
  limits: Partial<ServerLimits> = {},
): Promise<Fixture> {
  const database = new ScriptedDatabase()
  const log: string[] = []
  const all = { ...options, protocol, log: (line: string) => log.push(line) }
  checkOptions(all)
  const emulator = await startServer(all, database, limits)
  return {
    database,
    emulator,
    log,
    connect: (attributes = {}) =>
      oracledb.getConnection({
        user: 'demo',
        password: 'demo',
        connectString: emulator.connectString,
        ...attributes,
      }),
    async [Symbol.asyncDispose]() {
      await emulator.close()
      expect(emulator.ledger.open).toBe(0)
      expect(database.sessions.filter((session) => !session.closed)).toEqual([])
      expect(database.closed).toBe(true)
    },
  }
}

export const decimal = (value: string | number): OracleNumber => new OracleNumber(value)

interface ColumnShape {
  readonly name: string
  readonly type: OracleType
}

export function text(name: string, length = 4000): ColumnShape {
  return { name, type: varchar2(length) }
}

export function numeric(name: string): ColumnShape {
  return { name, type: NUMBER }
}

export function clob(name: string): ColumnShape {
  return { name, type: { name: 'CLOB' } }
}

/** All rows, as arrays. */
export async function fetchAll(
  connection: oracledb.Connection,
  sql: string,
  options: oracledb.ExecuteOptions = {},
): Promise<unknown[][]> {
  const { rows } = await connection.execute<unknown[]>(sql, [], options)
  return rows ?? []
}
