import { type ListTasksRequest, type ListTasksResponse, Task, taskStateToJSON } from '@a2a-js/sdk'
import { RequestMalformedError } from '@a2a-js/sdk/errors'
import { type Connection, SelectAIArgumentError, type SelectAIPool } from '@select-ai/core'
import { ownerOf } from '../owner-of.ts'
import type { A2AState } from './a2a-state.ts'
import * as statements from './state-statements.ts'

/** What `databaseState` is made from. */
export interface DatabaseStateOptions {
  /** Lends the connections; its user owns the tables. */
  readonly pool: Pick<SelectAIPool, 'withConnection'>
  /** The team whose tasks are kept: several teams share the tables, and none sees those of another. */
  readonly team: string
}

type Binds = Record<string, string | number | Date | null>
/** A long text as the driver gives it, which its global settings decide. */
type LongText = string | { getData(): Promise<string | null> }

const nameInUse = 955
const noSuchTable = 942
const noSuchColumn = 904
/** Reading and writing a few rows takes no longer unless something is wrong. */
const callTimeoutMs = 10_000
const defaultPageSize = 50

/**
 * Keeps tasks and contexts in tables of the pool's user, so that a restart loses none: `DBMS_AI_A2A_TASKS$` and
 * `DBMS_AI_A2A_CONTEXTS$`, each with a read-only view without the `$`. They are made on the first start, which needs the privileges
 * `CREATE TABLE` and `CREATE VIEW`; tables of another form stop the start. Nothing is ever deleted from them.
 *
 * @example
 * const state = databaseState({ pool, team: 'SALES_TEAM' })
 * const handler = createA2AHandler({ pool, team: 'SALES_TEAM', publicUrl: 'https://agents.example.com', state })
 */
export function databaseState({ pool, team }: DatabaseStateOptions): A2AState {
  const name = team.toUpperCase()
  const lend = <T>(work: (connection: Connection) => Promise<T>): Promise<T> =>
    pool.withConnection(work, { label: 'A2A state', timeoutMs: callTimeoutMs })
  const scope = (owner: string): { team: string; owner: string } => ({ team: name, owner })
  return {
    open: () => lend(createWhatIsMissing),
    tasks: {
      async save(task, context) {
        const binds: Binds = {
          ...scope(ownerOf(context)),
          task_id: task.id,
          context_id: task.contextId,
          task: JSON.stringify(Task.toJSON(task)),
          updated: updatedOf(task),
        }
        await lend((connection) => connection.execute(statements.saveTask, binds))
      },
      async load(taskId, context) {
        const binds = { ...scope(ownerOf(context)), task_id: taskId }
        const [task] = await lend((connection) => readTasks(connection, statements.loadTask, binds))
        return task
      },
      list: (request, context) => lend((connection) => listPage(connection, request, scope(ownerOf(context)))),
    },
    conversations: {
      load: (contextId, owner) =>
        lend((connection) => readConversation(connection, { ...scope(owner), context_id: contextId })),
      save: (contextId, owner, conversationId) =>
        lend(async (connection) => {
          const binds = { ...scope(owner), context_id: contextId }
          await connection.execute(statements.saveConversation, { ...binds, conversation_id: conversationId })
          return (await readConversation(connection, binds)) ?? conversationId
        }),
    },
  }
}

async function createWhatIsMissing(connection: Connection): Promise<void> {
  try {
    await connection.execute(statements.probe)
    return
  } catch (error) {
    if (numberOf(error) === noSuchColumn) throw tablesOfAnotherForm(error)
    if (numberOf(error) !== noSuchTable) throw error
  }
  for (const definition of statements.definitions) {
    try {
      await connection.execute(definition)
    } catch (error) {
      // Another server may be starting at the same time.
      if (numberOf(error) !== nameInUse) throw error
    }
  }
}

async function readTasks(connection: Connection, statement: string, binds: Binds): Promise<Task[]> {
  const texts = await readColumn<LongText>(connection, statement, binds)
  const tasks: Task[] = []
  for (const text of texts) {
    const json = typeof text === 'string' ? text : await text.getData()
    tasks.push(Task.fromJSON(JSON.parse(json ?? '{}')))
  }
  return tasks
}

/** Of rows that are arrays or objects, which the driver's global settings decide, the only column. */
async function readColumn<Value>(connection: Connection, statement: string, binds: Binds): Promise<Value[]> {
  const { rows = [] } = await connection.execute<object>(statement, binds)
  return rows.map((row) => Object.values(row)[0] as Value)
}

async function readConversation(connection: Connection, binds: Binds): Promise<string | undefined> {
  return (await readColumn<string>(connection, statements.loadConversation, binds))[0]
}

async function listPage(
  connection: Connection,
  request: ListTasksRequest,
  scope: { readonly team: string; readonly owner: string },
): Promise<ListTasksResponse> {
  const { pageSize = defaultPageSize, status, contextId, statusTimestampAfter, includeArtifacts } = request
  const filter: Binds = {
    ...scope,
    context_id: contextId || null,
    task_state: status ? taskStateToJSON(status) : null,
    updated_after: statusTimestampAfter ? new Date(statusTimestampAfter) : null,
  }
  const last = readPageToken(request.pageToken)
  const [totalSize = 0] = await readColumn<number>(connection, statements.countTasks, filter)
  // One more than the page has tells whether there is another one.
  const binds = { ...filter, last_updated: last.updated, last_id: last.id, page_size: pageSize + 1 }
  const found = await readTasks(connection, statements.listTasks, binds)
  const tasks = found.slice(0, pageSize)
  const end = tasks.at(-1)
  const nextPageToken = end !== undefined && found.length > pageSize ? pageTokenOf(end) : ''
  if (!includeArtifacts) for (const task of tasks) task.artifacts = []
  return { tasks, nextPageToken, pageSize, totalSize }
}

function pageTokenOf(task: Task): string {
  return Buffer.from(JSON.stringify([updatedOf(task).getTime(), task.id])).toString('base64url')
}

function readPageToken(token: string): { updated: Date | null; id: string | null } {
  if (token === '') return { updated: null, id: null }
  try {
    const [time, id] = JSON.parse(Buffer.from(token, 'base64url').toString()) as unknown[]
    if (Number.isSafeInteger(time) && typeof id === 'string') return { updated: new Date(time as number), id }
  } catch {
    // Whatever it is, no list has given it.
  }
  throw new RequestMalformedError('pageToken: must be the nextPageToken of the page before.')
}

function updatedOf(task: Task): Date {
  const { timestamp } = task.status ?? {}
  return timestamp ? new Date(timestamp) : new Date()
}

function tablesOfAnotherForm(cause: unknown): SelectAIArgumentError {
  const message =
    'the tables DBMS_AI_A2A_TASKS$ and DBMS_AI_A2A_CONTEXTS$ have other columns than this package gives them. ' +
    'Rename or drop them, or let the pool log on as another user.'
  return new SelectAIArgumentError({ argument: 'state', message, cause })
}

function numberOf(error: unknown): unknown {
  return Object(error).errorNum
}
