import type { Column } from '../values/column.ts'
import { type OracleType, varchar2 } from '../values/oracle-type.ts'
import type { OracleValue } from '../values/oracle-value.ts'

/** Who reads a view. */
export interface ViewRequest {
  readonly user: string
}

/** A view of the data dictionary: its rows are made anew for each statement that reads it. */
export interface DictionaryView<Request extends ViewRequest = ViewRequest> {
  /** Upper case, for example `USER_TABLES`. */
  readonly name: string
  readonly columns: readonly Column[]
  /** One array per row, with values in column order. */
  rows(request: Request): readonly (readonly OracleValue[])[]
}

/** A row by column name; what is left out is NULL. */
export type ViewRow = Readonly<Record<string, OracleValue>>

/** A view whose columns may all be NULL, from the types of its columns by name and its rows. */
export function describeView<Request extends ViewRequest>(
  name: string,
  types: Readonly<Record<string, OracleType>>,
  rows: (request: Request) => readonly ViewRow[],
): DictionaryView<Request> {
  const names = Object.keys(types)
  const columns = names.map((column): Column => ({ name: column, type: types[column] as OracleType, nullable: true }))
  return { name, columns, rows: (request) => rows(request).map((row) => names.map((column) => row[column] ?? null)) }
}

/** Two views: USER_ shows what belongs to the user, and DBA_ what belongs to anybody, with its owner. */
export function describeOwned(
  name: string,
  types: Readonly<Record<string, OracleType>>,
  rows: () => readonly ViewRow[],
): readonly DictionaryView[] {
  return [
    describeView(`USER_${name}`, types, ({ user }) => rows().filter(({ OWNER }) => OWNER === user)),
    describeView(`DBA_${name}`, { OWNER: varchar2(128), ...types }, rows),
  ]
}
