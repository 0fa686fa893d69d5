// Writes the tables of the pages Settings and Errors from the code that runs, into .generated/, where the pages include them.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { errorTable } from './error-table.ts'
import { oracleCodeTable } from './oracle-code-table.ts'
import { parityTables } from './parity-tables.ts'
import { settingsTable } from './settings-table.ts'

const tables = { settings: settingsTable, errors: errorTable, 'oracle-codes': oracleCodeTable, parity: parityTables }

const folder = new URL('../.generated/', import.meta.url)
mkdirSync(folder, { recursive: true })
for (const [name, table] of Object.entries(tables)) writeIfChanged(new URL(`${name}.md`, folder), table())

/** A file that stays the same keeps its time, so that a running development server does not reload for nothing. */
function writeIfChanged(file: URL, text: string): void {
  try {
    if (readFileSync(file, 'utf8') === text) return
  } catch {
    console.log(`New: ${fileURLToPath(file)}`)
  }
  writeFileSync(file, text)
}
