import { type CloudAiOptions, registerCloudAi } from '../src/cloud-ai/cloud-ai.ts'
import { ConversationStore } from '../src/cloud-ai/conversation-store.ts'
import { DataAccess } from '../src/cloud-ai/data-access.ts'
import { demoProfiles } from '../src/cloud-ai/demo-profiles.ts'
import { FeedbackIndex } from '../src/cloud-ai/feedback-index.ts'
import { LoadOperationStore } from '../src/cloud-ai/load-operation-store.ts'
import { MappedSqlStore } from '../src/cloud-ai/mapped-sql-store.ts'
import { ProfileStore } from '../src/cloud-ai/profile-store.ts'
import { type SearchDocuments, searchDocumentsOf } from '../src/cloud-ai/vector-index/search-documents.ts'
import { VectorIndexStore } from '../src/cloud-ai/vector-index/vector-index-store.ts'
import { type CallContext, type QueryResult, SubprogramRegistry } from '../src/execution/subprogram.ts'
import type { Model } from '../src/models/model.ts'
import type { SchemaReader } from '../src/models/schema-description.ts'
import { number, varchar2 } from '../src/values/oracle-type.ts'
import type { OracleValue } from '../src/values/oracle-value.ts'

/** A model that answers what a test tells it to, and keeps what it was asked. */
export function scriptedModel(answers: Partial<Model> = {}): Model {
  return {
    name: 'scripted',
    chat: async () => 'a chat answer',
    generateSql: async () => ({ sql: 'SELECT 1 FROM DUAL' }),
    explainSql: async ({ sql }) => `${sql} explained`,
    narrate: async () => 'a narration',
    ...answers,
  }
}

const shop: SchemaReader = {
  describe: (objects) => ({
    tables: objects.map(({ owner, name = 'GOODS' }) => ({
      owner,
      name,
      comment: 'Things for sale',
      columns: [
        { name: 'GOOD_ID', type: number(6), comment: 'Key of the good' },
        { name: 'LABEL', type: varchar2(30), comment: 'What it is called' },
      ],
      primaryKey: ['GOOD_ID'],
      foreignKeys: [{ columns: ['GOOD_ID'], references: { owner, table: 'OTHERS', columns: ['OTHER_ID'] } }],
    })),
  }),
}

/** The search of a database without vector indexes. */
export const noDocuments: SearchDocuments = searchDocumentsOf(new VectorIndexStore(), () => {
  throw new Error('There is no vector index to search.')
})

export interface CloudAiSession {
  readonly profiles: ProfileStore
  /** Statements that reached the database. */
  readonly statements: string[]
  readonly controller: AbortController
  call(name: string, values?: Readonly<Record<string, OracleValue>>): Promise<OracleValue>
  out(name: string): Promise<Readonly<Record<string, OracleValue>>>
}

/** For tests that are not about who may do what. */
export function everythingIsAllowed(): Pick<
  CloudAiOptions,
  'dataAccess' | 'providerAccess' | 'grantees' | 'isAdministrator'
> {
  return {
    dataAccess: new DataAccess(),
    providerAccess: { check: () => {}, checkCredential: () => {} },
    grantees: { exists: () => true },
    isAdministrator: () => true,
  }
}

/** DBMS_CLOUD_AI as one session of DEMO sees it, over a model and query results of the test's choice. */
export function cloudAiSession(
  model: Model,
  result: QueryResult = { columns: [], rows: [], rowCount: 0 },
): CloudAiSession {
  const registry = new SubprogramRegistry()
  const profiles = new ProfileStore(demoProfiles)
  const stores = {
    profiles,
    conversations: new ConversationStore(),
    mappedSql: new MappedSqlStore(),
    feedback: new FeedbackIndex(),
    loadOperations: new LoadOperationStore(),
  }
  registerCloudAi(registry, {
    model,
    schemaReader: shop,
    searchDocuments: noDocuments,
    ...stores,
    ...everythingIsAllowed(),
  })
  const statements: string[] = []
  const controller = new AbortController()
  const context: CallContext = {
    user: 'DEMO',
    packageState: new Map(),
    signal: controller.signal,
    query: async (sql) => {
      statements.push(sql)
      return result
    },
    describeQuery: async () => ({ columns: result.columns, objects: [] }),
  }
  return {
    profiles,
    statements,
    controller,
    call: async (name, values = {}) => {
      const subprogram = registry.find(`DBMS_CLOUD_AI.${name}`)[0]
      if (subprogram === undefined) throw new Error(`no subprogram ${name}`)
      const defaults = Object.fromEntries(
        subprogram.parameters.map((parameter) => [parameter.name, parameter.default ?? null]),
      )
      return (await subprogram.run({ ...defaults, ...values }, context)).value ?? null
    },
    out: async (name) => {
      const subprogram = registry.find(`DBMS_CLOUD_AI.${name}`).find(({ returns }) => returns === undefined)
      if (subprogram === undefined) throw new Error(`no procedure ${name}`)
      return (await subprogram.run({}, context)).out ?? {}
    },
  }
}
