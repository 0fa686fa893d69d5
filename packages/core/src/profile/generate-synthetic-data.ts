import { type Binds, numberBind, textBind } from '../pool/bind-values.ts'
import { callDatabase } from '../pool/call-database.ts'
import { type CallOptions, callOptionNames, checkCallOptions } from '../pool/call-options.ts'
import type { ConnectionPool } from '../pool/connection-pool.ts'
import type { Driver } from '../pool/driver-contract.ts'
import { generateSyntheticDataOfList, generateSyntheticData as statement } from '../sql/synthetic-data-statements.ts'
import { type CheckedSyntheticData, checkSyntheticData, type SyntheticDataRequest } from './synthetic-data-request.ts'

/** What the database notes of a call that made rows, in the view `USER_LOAD_OPERATIONS`. */
export interface SyntheticDataOperation {
  /** The operation's `ID` there. */
  readonly id: number
  /** For example `COMPLETED`. */
  readonly status: string
  /** How many rows were inserted, all tables together; undefined when the database does not tell. */
  readonly rowsLoaded: number | undefined
  /** The table in which the database tells of each table that was filled. */
  readonly statusTable: string
}

interface Outcome {
  readonly operation_count: number
  readonly operation_id: number | null
  readonly operation_status: string | null
  readonly rows_loaded: number | null
  readonly status_table: string | null
}

const longestNameBytes = 512

/** @throws SelectAIArgumentError before anything is sent. */
export async function generateSyntheticData(
  pool: ConnectionPool,
  profile: string,
  request: SyntheticDataRequest,
  options: CallOptions,
): Promise<SyntheticDataOperation | undefined> {
  const checked = checkSyntheticData(request)
  checkCallOptions(options, callOptionNames)
  const text = 'objectList' in checked ? generateSyntheticDataOfList : statement
  const call = { action: 'generateSyntheticData', profile, options }
  const outcome = await callDatabase(pool, call, async ({ connection, driver }) => {
    const binds = { profile_name: textBind(driver, profile), ...inBinds(driver, checked), ...outBinds(driver) }
    return (await connection.execute<Outcome>(text, binds)).outBinds as Outcome
  })
  return operationOf(outcome)
}

function inBinds(driver: Driver, checked: CheckedSyntheticData): Binds {
  const params = textBind(driver, checked.params)
  if ('objectList' in checked) return { object_list: textBind(driver, checked.objectList), params }
  return {
    object_name: textBind(driver, checked.objectName),
    owner_name: textBind(driver, checked.ownerName),
    record_count: numberBind(driver, checked.recordCount),
    user_prompt: textBind(driver, checked.userPrompt),
    params,
  }
}

function outBinds({ BIND_OUT, DB_TYPE_NUMBER, DB_TYPE_VARCHAR }: Driver): Binds {
  const number = { dir: BIND_OUT, type: DB_TYPE_NUMBER }
  const text = { dir: BIND_OUT, type: DB_TYPE_VARCHAR, maxSize: longestNameBytes }
  return {
    operation_count: number,
    operation_id: number,
    operation_status: text,
    rows_loaded: number,
    status_table: text,
  } as Binds
}

/** With several operations at the same time it is not known which was this one. */
function operationOf(outcome: Outcome): SyntheticDataOperation | undefined {
  const { operation_count: count, operation_id: id, operation_status: status, status_table: statusTable } = outcome
  if (count !== 1 || id === null || status === null || statusTable === null) return undefined
  return Object.freeze({ id, status, rowsLoaded: outcome.rows_loaded ?? undefined, statusTable })
}
