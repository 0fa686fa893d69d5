import type { CallContext, Parameter, Subprogram, SubprogramResult } from '../execution/subprogram.ts'
import { textArgument } from '../execution/text-argument.ts'
import { parentsFirst } from '../synthetic-data/fill-order.ts'
import { fillTable, type TableFill } from '../synthetic-data/fill-table.ts'
import { readTableShape } from '../synthetic-data/table-shape.ts'
import { OracleDateTime } from '../values/oracle-date-time.ts'
import { CLOB, NUMBER, varchar2 } from '../values/oracle-type.ts'
import type { OracleValue } from '../values/oracle-value.ts'
import type { CloudAiOptions } from './cloud-ai.ts'
import type { LoadOperation, LoadOperationStore } from './load-operation-store.ts'
import { namedProfile } from './named-profile.ts'
import { syntheticDataParams, type WantedRows, wantedOfList, wantedOfTable } from './synthetic-data-arguments.ts'

const PROFILE_NAME: Parameter = { name: 'PROFILE_NAME', mode: 'in', type: varchar2(128), default: null }
const PARAMS: Parameter = { name: 'PARAMS', mode: 'in', type: CLOB, default: null }

const TABLE_PARAMETERS: readonly Parameter[] = [
  PROFILE_NAME,
  { name: 'OBJECT_NAME', mode: 'in', type: varchar2() },
  { name: 'OWNER_NAME', mode: 'in', type: varchar2(), default: null },
  { name: 'RECORD_COUNT', mode: 'in', type: NUMBER, default: null },
  { name: 'USER_PROMPT', mode: 'in', type: CLOB, default: null },
  PARAMS,
]

const LIST_PARAMETERS: readonly Parameter[] = [PROFILE_NAME, { name: 'OBJECT_LIST', mode: 'in', type: CLOB }, PARAMS]

type Values = Readonly<Record<string, OracleValue>>

/** GENERATE_SYNTHETIC_DATA for one table and for several. The rows are made by rules, whoever the model is. */
export function syntheticDataSubprograms(options: CloudAiOptions): readonly Subprogram[] {
  const name = 'DBMS_CLOUD_AI.GENERATE_SYNTHETIC_DATA'
  return [
    {
      name,
      parameters: TABLE_PARAMETERS,
      run: (values, context) => generate(values, context, options, () => [wantedOfTable(values, context.user)]),
    },
    {
      name,
      parameters: LIST_PARAMETERS,
      run: (values, context) =>
        generate(values, context, options, () => wantedOfList(textArgument(values.OBJECT_LIST), context.user)),
    },
  ]
}

async function generate(
  values: Values,
  context: CallContext,
  { profiles, loadOperations, dataAccess, providerAccess }: CloudAiOptions,
  readWanted: () => readonly WantedRows[],
): Promise<SubprogramResult> {
  const { attributes, owner } = namedProfile(values.PROFILE_NAME, context, profiles)
  dataAccess.check()
  providerAccess.check(attributes, { user: context.user, profileOwner: owner })
  const { sampleRows } = syntheticDataParams(values.PARAMS)
  const fills: TableFill[] = []
  for (const wanted of readWanted()) fills.push(await fillOf(wanted, context))
  await runOperation(parentsFirst(fills), sampleRows, context, loadOperations)
  return {}
}

async function fillOf(
  { owner, name, recordCount, userPrompt }: WantedRows,
  { query }: CallContext,
): Promise<TableFill> {
  return { table: await readTableShape(owner, name, query), recordCount, userPrompt }
}

/** Fills the tables as an operation that the database tells of. */
async function runOperation(
  fills: readonly TableFill[],
  sampleRows: number,
  context: CallContext,
  operations: LoadOperationStore,
): Promise<void> {
  const [first] = fills
  const table = fills.length === 1 && first !== undefined ? first.table.name : null
  const operation = operations.start(context.user, 'SYNTHETIC_DATA', table)
  try {
    // The definition commits, so that from here on nothing but the new rows waits for a commit.
    await createStatusTable(operation, context)
    await fillAll(fills, sampleRows, operation, context)
    const rowsLoaded = fills.reduce((sum, { recordCount }) => sum + recordCount, 0)
    operations.end(operation, 'COMPLETED', rowsLoaded)
  } catch (error) {
    operations.end(operation, 'FAILED', 0)
    throw error
  }
}

/** Fills all tables or none, and commits. How it went stands in the operation's own table. */
async function fillAll(
  fills: readonly TableFill[],
  sampleRows: number,
  operation: LoadOperation,
  context: CallContext,
): Promise<void> {
  try {
    for (const fill of fills) await fillTable(fill, sampleRows, context.query)
    await tellStatus(operation, fills, context)
  } catch (error) {
    // A call that was broken off can run nothing more: there the failing block takes the rows back.
    if (context.signal.aborted) throw error
    await context.query('ROLLBACK')
    await tellStatus(operation, fills, context, error instanceof Error ? error.message : String(error))
    await context.query('COMMIT')
    throw error
  }
  await context.query('COMMIT')
}

async function createStatusTable({ statusTable }: LoadOperation, { query }: CallContext): Promise<void> {
  await query(
    `CREATE TABLE ${statusTable} (
       id NUMBER, name VARCHAR2(261), rows_loaded NUMBER, status VARCHAR2(30), error_message VARCHAR2(4000),
       start_time TIMESTAMP, end_time TIMESTAMP)`,
  )
}

async function tellStatus(
  { statusTable, started }: LoadOperation,
  fills: readonly TableFill[],
  { query }: CallContext,
  failure: string | null = null,
): Promise<void> {
  for (const [index, { table, recordCount }] of fills.entries()) {
    await query(
      `INSERT INTO ${statusTable} VALUES (${index + 1}, :NAME, ${failure === null ? recordCount : 0},
         '${failure === null ? 'COMPLETED' : 'FAILED'}', :FAILURE, :STARTED, :ENDED)`,
      {
        NAME: `"${table.owner}"."${table.name}"`,
        FAILURE: failure,
        STARTED: started,
        ENDED: OracleDateTime.fromUtc(new Date()),
      },
    )
  }
}
