import type { TypedValue } from '../../execution/sql-executor.ts'
import type { QueryResult } from '../../execution/subprogram.ts'

/** Runs one statement; binds by upper-case name. */
export type OwnerQuery = (sql: string, binds?: Readonly<Record<string, TypedValue>>) => Promise<QueryResult>

/** Runs work as a user in a session of its own, as the jobs of the database do: what it did is committed, or undone when it fails. */
export type RunAsOwner = <Result>(
  owner: string,
  signal: AbortSignal,
  work: (query: OwnerQuery) => Promise<Result>,
) => Promise<Result>
