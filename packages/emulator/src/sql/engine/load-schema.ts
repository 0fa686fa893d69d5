import type { DemoSchema } from '../../demo/demo-schema.ts'
import { SubprogramRegistry } from '../../execution/subprogram.ts'
import { secondOfDay } from '../../language/calendar.ts'
import { OracleDateTime } from '../../values/oracle-date-time.ts'
import { OracleNumber } from '../../values/oracle-number.ts'
import type { OracleValue } from '../../values/oracle-value.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { CatalogColumn, CatalogTable } from '../catalog/catalog-entry.ts'
import type { Dictionary } from '../catalog/dictionary.ts'
import { SessionSequences } from '../catalog/sequence.ts'
import { parseStatement } from '../parse/parse-statement.ts'
import type { DefinitionStatement } from '../parse/syntax-tree.ts'
import type { SqlValue } from '../values/sql-value.ts'
import { literalOf } from '../values/stored-value.ts'
import { fitColumn } from './fit-value.ts'
import { noUnitHost } from './no-unit-host.ts'
import { ServerUsers } from './server-users.ts'
import { statementContext } from './session-context.ts'
import { defaultSettings } from './session-settings.ts'
import { StatementExecutor } from './statement-executor.ts'
import type { Running, Storage } from './storage.ts'
import { Transaction } from './transaction.ts'
import { TranslationCache } from './translation-cache.ts'
import { UndoLog } from './undo-log.ts'
import { WriteLock } from './write-lock.ts'

const ROWS_PER_STATEMENT = 250

/** Runs a demo schema's definitions and stores its rows, in one transaction and before anyone is connected. */
export function loadSchema(schema: DemoSchema, catalog: Catalog, storage: Storage, dictionary: Dictionary): void {
  const facts = {
    user: schema.owner,
    currentUser: schema.owner,
    sessionId: 0,
    settings: defaultSettings(schema.owner),
    sequences: new SessionSequences(() => undefined),
    packageState: new Map(),
  }
  const context = statementContext(facts)
  const running: Running = { context, call: () => undefined }
  const parts = {
    catalog,
    dictionary,
    storage,
    subprograms: new SubprogramRegistry(),
    cache: new TranslationCache(),
    units: noUnitHost,
    serverUsers: new ServerUsers(),
  }
  const executor = new StatementExecutor(
    parts,
    new Transaction(storage, new WriteLock(), new UndoLog(storage, catalog)),
  )
  storage.execute('BEGIN')
  try {
    for (const text of schema.statements) {
      const parsed = parseStatement(text)
      executor.define(parsed, parsed.statement as DefinitionStatement, context)
    }
    for (const [name, rows] of schema.rows) loadRows(name, rows, schema.owner, catalog, storage, running)
    storage.execute('COMMIT')
  } catch (error) {
    storage.execute('ROLLBACK')
    throw error
  }
}

function loadRows(
  name: string,
  rows: readonly (readonly OracleValue[])[],
  owner: string,
  catalog: Catalog,
  storage: Storage,
  running: Running,
): void {
  const table = catalog.find(owner, name)
  if (table?.kind !== 'table') throw new RangeError(`no table ${owner}.${name} to load rows into`)
  const columns = table.columns.map((column) => column.stored).join(', ')
  const writers = table.columns.map((column) => literalWriter(table, column))
  for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT) {
    const values = rows.slice(start, start + ROWS_PER_STATEMENT).map((row) => rowLiteral(row, writers))
    storage.change(`INSERT INTO ${table.stored} (${columns}) VALUES ${values.join(',')}`, [], running)
  }
}

type LiteralWriter = (value: SqlValue) => string

function rowLiteral(row: readonly OracleValue[], writers: readonly LiteralWriter[]): string {
  return `(${writers.map((write, index) => write((row[index] ?? null) as SqlValue)).join(',')})`
}

/** Numbers and dates repeat in a column, and writing one costs more than finding it again. */
function literalWriter(table: CatalogTable, column: CatalogColumn): LiteralWriter {
  const known = new Map<string, string>()
  return (value) => {
    const key =
      value instanceof OracleNumber ? value.toString() : value instanceof OracleDateTime ? timeKey(value) : undefined
    if (key === undefined) return literalOf(fitColumn(value, table, column))
    let literal = known.get(key)
    if (literal === undefined) {
      literal = literalOf(fitColumn(value, table, column))
      known.set(key, literal)
    }
    return literal
  }
}

function timeKey(value: OracleDateTime): string {
  const { year, month, day, nanosecond, offsetMinutes } = value
  return `${year * 10_000 + month * 100 + day}/${secondOfDay(value)}/${nanosecond}/${offsetMinutes}`
}
