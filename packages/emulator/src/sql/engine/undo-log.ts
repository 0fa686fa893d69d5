import type { Catalog } from '../catalog/catalog.ts'
import type { CatalogTable } from '../catalog/catalog-entry.ts'
import type { Storage } from './storage.ts'

/**
 * Keeps what rows were before the open transaction changed them, so that other sessions read the last commit.
 *
 * All sessions share one connection to the engine, which shows everybody what its open transaction did. So each table has a
 * table of undo beside it, filled by triggers: the first version of each changed row, or that there was none. It belongs to
 * the same transaction, and whatever rolls back changes rolls back their undo with them. There is one writer at a time,
 * so there is one log. While somebody else reads, a temporary view takes the place of each changed table.
 */
export class UndoLog {
  readonly #storage: Storage
  readonly #catalog: Catalog
  /** The tables that have undo, by their stored names. A table that was rebuilt is another object. */
  readonly #watched = new Map<string, CatalogTable>()
  /** Tables that the open transaction may have changed. */
  readonly #changed = new Set<CatalogTable>()

  constructor(storage: Storage, catalog: Catalog) {
    this.#storage = storage
    this.#catalog = catalog
  }

  /** Gives undo to tables that are new or were rebuilt; part of the transaction that defines them. */
  watchTables(): void {
    const tables = this.#catalog.tables()
    for (const table of tables) if (this.#watched.get(table.stored) !== table) this.#watch(table)
    const existing = new Set(tables.map((table) => table.stored))
    for (const stored of this.#watched.keys()) {
      if (existing.has(stored)) continue
      this.#storage.execute(`DROP TABLE IF EXISTS ${undoName(stored)}`)
      this.#watched.delete(stored)
    }
  }

  /** A definition was rolled back, and undo tables with it. */
  forgetWatches(before: ReadonlyMap<string, CatalogTable>): void {
    this.#watched.clear()
    for (const [stored, table] of before) this.#watched.set(stored, table)
  }

  get watches(): ReadonlyMap<string, CatalogTable> {
    return new Map(this.#watched)
  }

  /** Must be called before a table is changed; deletes may go on to its children. */
  willChange(table: CatalogTable): void {
    if (this.#changed.has(table)) return
    this.#changed.add(table)
    for (const child of this.#catalog.tables()) {
      const follows = child.constraints.some(
        ({ references, onDelete }) =>
          onDelete !== undefined && references?.owner === table.owner && references.table === table.name,
      )
      if (follows) this.willChange(child)
    }
  }

  /** What was changed becomes what everybody reads; part of the transaction that ends. */
  commit(): void {
    for (const { stored } of this.#changed) this.#storage.execute(`DELETE FROM ${undoName(stored)}`)
    this.#changed.clear()
  }

  rollback(): void {
    this.#changed.clear()
  }

  /** Reads the last commit, whatever the open transaction did. */
  hideChanges<Result>(read: () => Result): Result {
    const hidden = [...this.#changed]
    if (hidden.length === 0) return read()
    this.#storage.execute(hidden.map(committedView).join(';'))
    try {
      return read()
    } finally {
      this.#storage.execute(hidden.map(({ stored }) => `DROP VIEW temp.${stored}`).join(';'))
    }
  }

  #watch(table: CatalogTable): void {
    const { stored } = table
    const undo = undoName(stored)
    const columns = table.columns.map((column) => column.stored)
    const old = columns.map((column) => `old.${column}`)
    const keepOld = `INSERT INTO ${undo} VALUES (${['old.rowid', '1', ...old].join(', ')}) ON CONFLICT DO NOTHING`
    const noteNew = `INSERT INTO ${undo} (id, existed) VALUES (new.rowid, 0) ON CONFLICT DO NOTHING`
    this.#storage.execute(
      [
        `DROP TABLE IF EXISTS ${undo}`,
        `CREATE TABLE ${undo} (${['id INTEGER PRIMARY KEY', 'existed', ...columns].join(', ')})`,
        `CREATE TRIGGER ${undo}_insert AFTER INSERT ON ${stored} BEGIN ${noteNew}; END`,
        `CREATE TRIGGER ${undo}_update AFTER UPDATE ON ${stored} BEGIN ${keepOld}; END`,
        `CREATE TRIGGER ${undo}_delete AFTER DELETE ON ${stored} BEGIN ${keepOld}; END`,
      ].join(';'),
    )
    this.#watched.set(stored, table)
  }
}

function undoName(stored: string): string {
  return `undo_${stored}`
}

/** A view of the table's name that the engine finds before the table itself. */
function committedView({ stored, columns }: CatalogTable): string {
  const names = columns.map((column) => column.stored).join(', ')
  const undo = `main.${undoName(stored)}`
  return `CREATE TEMP VIEW ${stored} AS
    SELECT rowid AS rowid, ${names} FROM main.${stored} WHERE rowid NOT IN (SELECT id FROM ${undo})
    UNION ALL SELECT id, ${names} FROM ${undo} WHERE existed = 1`
}
