import type { ProviderAccess } from '../execution/provider-access.ts'
import type { CallContext, SubprogramRegistry } from '../execution/subprogram.ts'
import type { Model } from '../models/model.ts'
import type { SchemaReader } from '../models/schema-description.ts'
import type { ConversationStore } from './conversation-store.ts'
import { conversationSubprograms } from './conversation-subprograms.ts'
import { type DataAccess, dataAccessSubprograms } from './data-access.ts'
import type { FeedbackIndex } from './feedback-index.ts'
import { feedbackSubprograms } from './feedback-subprograms.ts'
import { generateSubprogram } from './generate.ts'
import type { LoadOperationStore } from './load-operation-store.ts'
import type { MappedSqlStore } from './mapped-sql-store.ts'
import type { ProfileStore } from './profile-store.ts'
import { profileSubprograms } from './profile-subprograms.ts'
import { sessionProfileSubprograms } from './session-profile.ts'
import { type Grantees, sharingSubprograms } from './sharing-subprograms.ts'
import { summarizeSubprogram } from './summarize.ts'
import { syntheticDataSubprograms } from './synthetic-data-subprograms.ts'
import { translateSubprogram } from './translate.ts'
import type { SearchDocuments } from './vector-index/search-documents.ts'

export interface CloudAiOptions {
  /** Who answers the questions. */
  readonly model: Model
  /** Where the descriptions of tables come from. */
  readonly schemaReader: SchemaReader
  readonly profiles: ProfileStore
  readonly conversations: ConversationStore
  /** Searches the vector indexes. */
  readonly searchDocuments: SearchDocuments
  /** Whether rows may be sent to models. */
  readonly dataAccess: DataAccess
  /** Whether the provider of a profile may be called. */
  readonly providerAccess: ProviderAccess
  /** Who profiles can be shared with. */
  readonly grantees: Grantees
  isAdministrator(user: string): boolean
  readonly mappedSql: MappedSqlStore
  readonly feedback: FeedbackIndex
  readonly loadOperations: LoadOperationStore
  /** Answers the action `agent`; without it there is no such action. */
  readonly sessionTeam?: SessionTeam
}

/** The team that answers the action `agent` in a session. */
export interface SessionTeam {
  isSet(session: Pick<CallContext, 'packageState'>): boolean
  /** Has the team answer a prompt, with the `params` of GENERATE: read, and as they were given. @throws OracleError ORA-20053 */
  generate(
    prompt: string,
    params: { readonly values: Readonly<Record<string, unknown>>; readonly text: string | null },
    context: CallContext,
  ): Promise<string>
  /** Has the team answer a SELECT AI statement; after a question to the human, the prompt is the answer to it. @throws OracleError ORA-20053 */
  select(prompt: string, conversationId: string | null, context: CallContext): Promise<string>
}

/** Registers the subprograms of DBMS_CLOUD_AI. */
export function registerCloudAi(registry: SubprogramRegistry, options: CloudAiOptions): void {
  registry.register(
    generateSubprogram(options),
    summarizeSubprogram(options),
    translateSubprogram(options),
    ...profileSubprograms(options.profiles, options.feedback),
    ...sharingSubprograms(options.profiles, options.grantees),
    ...dataAccessSubprograms(options.dataAccess, options.isAdministrator),
    ...sessionProfileSubprograms(options.profiles),
    ...conversationSubprograms(options.conversations),
    ...feedbackSubprograms(options),
    ...syntheticDataSubprograms(options),
  )
}
