import { OracleError } from '../../oracle-error.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { CatalogConstraint, CatalogTable } from '../catalog/catalog-entry.ts'
import { columnLabel } from './fit-value.ts'
import type { Storage } from './storage.ts'

/** Says in the database's words what the engine refused. An error that is none of the known ones is ORA-00600. */
export function engineError(error: unknown, catalog: Catalog, changing?: 'insert' | 'update' | 'delete'): unknown {
  if (error instanceof OracleError || !(error instanceof Error)) return error
  if (error instanceof RangeError) {
    return new OracleError(600, 'internal error code, arguments: [expression is nested too deeply], [], []', {
      cause: error,
    })
  }
  const found = /^(NOT NULL|UNIQUE|CHECK) constraint failed: (.*)$/.exec(error.message)
  const [, kind, detail = ''] = found ?? []
  if (kind === 'NOT NULL') return nullError(detail, catalog, changing)
  if (kind === 'UNIQUE') return uniqueError(detail, catalog)
  if (kind === 'CHECK') return checkError(detail, catalog)
  if (error.name !== 'SQLite3Error') return error
  if (error.message.startsWith('no such table'))
    return new OracleError(8103, 'object no longer exists', { cause: error })
  return new OracleError(600, `internal error code, arguments: [${error.message}], [], [], [], [], [], [], []`, {
    cause: error,
  })
}

function nullError(detail: string, catalog: Catalog, changing: string | undefined): OracleError {
  const [stored = '', columnName] = detail.split('.')
  const table = catalog.byStoredName(stored)
  const column = table?.columns.find((candidate) => candidate.stored === columnName)
  const label = table === undefined || column === undefined ? detail : columnLabel(table, column)
  if (changing === 'update') return new OracleError(1407, `cannot update (${label}) to NULL`)
  return new OracleError(1400, `cannot insert NULL into (${label})`)
}

function uniqueError(detail: string, catalog: Catalog): OracleError {
  const index = /^index 'i(\d+)'/.exec(detail)
  if (index !== null) {
    const known = catalog.indexes().find((candidate) => candidate.id === Number(index[1]))
    return violated(known?.owner ?? '', known?.name ?? detail, known?.table ?? '', known?.columns ?? [])
  }
  const parts = detail.split(', ').map((part) => part.split('.'))
  const table = catalog.byStoredName(parts[0]?.[0] ?? '')
  if (table === undefined) return violated('', detail, '', [])
  const columns = parts.map(([, stored]) => table.columns.find((column) => column.stored === stored)?.name ?? '')
  const constraint = table.constraints.find(
    (candidate) => (candidate.kind === 'primary' || candidate.kind === 'unique') && same(candidate.columns, columns),
  )
  const unique = catalog
    .indexes()
    .find((candidate) => candidate.unique && candidate.table === table.name && same(candidate.columns, columns))
  return violated(table.owner, constraint?.name ?? unique?.name ?? detail, table.name, columns)
}

function violated(owner: string, name: string, table: string, columns: readonly string[]): OracleError {
  const place = table === '' ? '' : ` on table ${owner}.${table} columns (${columns.join(', ')})`
  return new OracleError(1, `unique constraint (${owner}.${name}) violated${place}`)
}

function checkError(name: string, catalog: Catalog): OracleError {
  const table = catalog
    .tables()
    .find((candidate) => candidate.constraints.some((constraint) => constraint.name === name))
  return new OracleError(2290, `check constraint (${table?.owner ?? ''}.${name}) violated`)
}

function same(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((name) => right.includes(name))
}

/**
 * Finds which foreign key refused a change: the engine does not say. The change is made once more with checks deferred,
 * the violated rows are listed, and everything is taken back.
 */
export function foreignKeyError(
  changed: CatalogTable,
  kind: 'insert' | 'update' | 'delete',
  storage: Storage,
  catalog: Catalog,
  change: () => void,
): OracleError {
  storage.execute('SAVEPOINT probe')
  storage.execute('PRAGMA defer_foreign_keys = ON')
  try {
    change()
    const [violation] = storage.rows('PRAGMA foreign_key_check')
    const child = catalog.byStoredName(String(violation?.table))
    const constraint = child === undefined ? undefined : violatedConstraint(child, Number(violation?.fkid), storage)
    const name = `${child?.owner ?? ''}.${constraint?.name ?? ''}`
    const orphan = kind !== 'delete' && child === changed
    if (orphan) return new OracleError(2291, `integrity constraint (${name}) violated - parent key not found`)
    return new OracleError(2292, `integrity constraint (${name}) violated - child record found`)
  } finally {
    storage.execute('ROLLBACK TO probe')
    storage.execute('RELEASE probe')
    storage.execute('PRAGMA defer_foreign_keys = OFF')
  }
}

function violatedConstraint(child: CatalogTable, id: number, storage: Storage): CatalogConstraint | undefined {
  const columns = storage
    .rows(`PRAGMA foreign_key_list(${child.stored})`)
    .filter((row) => row.id === id)
    .map((row) => child.columns.find((column) => column.stored === row.from)?.name ?? '')
  return child.constraints.find((constraint) => constraint.kind === 'foreign' && same(constraint.columns, columns))
}
