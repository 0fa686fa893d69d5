import type { SubprogramRegistry } from '../execution/subprogram.ts'
import type { Model } from '../models/model.ts'
import type { SchemaReader } from '../models/schema-description.ts'
import type { ConversationStore } from './conversation-store.ts'
import { conversationSubprograms } from './conversation-subprograms.ts'
import { generateSubprogram } from './generate.ts'
import type { ProfileStore } from './profile-store.ts'
import { profileSubprograms } from './profile-subprograms.ts'
import { sessionProfileSubprograms } from './session-profile.ts'
import { summarizeSubprogram } from './summarize.ts'
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
}

/** Registers the subprograms of DBMS_CLOUD_AI. */
export function registerCloudAi(registry: SubprogramRegistry, options: CloudAiOptions): void {
  registry.register(
    generateSubprogram(options),
    summarizeSubprogram(options),
    translateSubprogram(options),
    ...profileSubprograms(options.profiles),
    ...sessionProfileSubprograms(options.profiles),
    ...conversationSubprograms(options.conversations),
  )
}
