/**
 * The client for Oracle Select AI: one pool of connections per process, profiles that answer questions, and errors that say
 * what to do.
 *
 * @example
 * ```ts
 * const pool = await createPool()
 * const { rows } = await pool.profile('SALES').runSql('How many promotions?')
 * await pool.close()
 * ```
 *
 * @module
 */
export { environmentVariables, type SettingDescription } from './config/environment-variables.ts'
export type { PoolOptions } from './config/pool-options.ts'
export { Conversation, type DeleteConversationOptions } from './conversation/conversation.ts'
export type { ConversationAttributes } from './conversation/conversation-attributes.ts'
export type { ConversationDescription } from './conversation/conversation-description.ts'
export type { ConversationPrompt } from './conversation/conversation-prompt.ts'
export { AnswerTooLongError } from './errors/answer-too-long-error.ts'
export { CallAbortedError } from './errors/call-aborted-error.ts'
export type { CallPhase } from './errors/call-phase.ts'
export { CallTimeoutError } from './errors/call-timeout-error.ts'
export { ConfigurationError } from './errors/configuration-error.ts'
export { ConnectError } from './errors/connect-error.ts'
export { ConnectionLostError } from './errors/connection-lost-error.ts'
export { ConversationNotFoundError } from './errors/conversation-not-found-error.ts'
export { CredentialExistsError } from './errors/credential-exists-error.ts'
export { CredentialNotFoundError } from './errors/credential-not-found-error.ts'
export { DatabaseError } from './errors/database-error.ts'
export { InvalidAttributeError } from './errors/invalid-attribute-error.ts'
export { LoginError } from './errors/login-error.ts'
export { NoSqlGeneratedError } from './errors/no-sql-generated-error.ts'
export { PoolClosedError } from './errors/pool-closed-error.ts'
export { PoolQueueFullError } from './errors/pool-queue-full-error.ts'
export type { PoolHolder, PoolStats, PoolTotals } from './errors/pool-snapshot.ts'
export { type PoolTimeoutDiagnosis, PoolTimeoutError } from './errors/pool-timeout-error.ts'
export { PrivilegeError } from './errors/privilege-error.ts'
export { ProfileExistsError } from './errors/profile-exists-error.ts'
export { ProfileNotFoundError } from './errors/profile-not-found-error.ts'
export { ProfileReplaceError } from './errors/profile-replace-error.ts'
export { ProviderError } from './errors/provider-error.ts'
export { SelectAIArgumentError } from './errors/select-ai-argument-error.ts'
export { SelectAIError } from './errors/select-ai-error.ts'
export { UserNotFoundError } from './errors/user-not-found-error.ts'
export { VectorIndexExistsError } from './errors/vector-index-exists-error.ts'
export { VectorIndexNotFoundError } from './errors/vector-index-not-found-error.ts'
export { VectorIndexReplaceError } from './errors/vector-index-replace-error.ts'
export { VectorTableExistsError } from './errors/vector-table-exists-error.ts'
export type { CallOptions } from './pool/call-options.ts'
export type { Connection } from './pool/driver-contract.ts'
export type { PoolHealth } from './pool/pool-health.ts'
export { type Action, actions } from './profile/action.ts'
export type {
  AskManyOptions,
  FulfilledAnswer,
  Question,
  Questions,
  RejectedAnswer,
  SettledAnswer,
} from './profile/ask-many-options.ts'
export { ChatSession, type ChatSessionOptions, type ChatTurnOptions } from './profile/chat-session.ts'
export { createPool } from './profile/create-pool.ts'
export type { ListProfilesOptions } from './profile/find-profiles.ts'
export type { GenerateOptions } from './profile/generate-options.ts'
export type { JsonValue } from './profile/json-value.ts'
export type { DeleteProfileOptions } from './profile/manage-profile.ts'
export { Profile } from './profile/profile.ts'
export type {
  AwsAttributes,
  AwsProfileAttributes,
  AzureAttributes,
  AzureProfileAttributes,
  CommonProfileAttributes,
  EndpointProfileAttributes,
  NoProviderAttributes,
  ObjectListEntry,
  OciAttributes,
  OciProfileAttributes,
  OtherProfileAttributes,
  PlainProfileAttributes,
  ProfileAttributeChanges,
  ProfileAttributes,
} from './profile/profile-attributes.ts'
export type { ProfileDefinition } from './profile/profile-definition.ts'
export type { ProfileDescription } from './profile/profile-description.ts'
export type { RunSqlResult } from './profile/read-rows.ts'
export { SelectAIPool } from './profile/select-ai-pool.ts'
export type { StreamOptions } from './profile/stream-answer.ts'
export type { LocationSource, SummarizeOptions, SummarySource, TextSource } from './profile/summarize.ts'
export type { TranslateOptions } from './profile/translate.ts'
export type { ListVectorIndexesOptions } from './vector-index/find-vector-indexes.ts'
export type { CreateVectorIndexOptions, DeleteVectorIndexOptions } from './vector-index/manage-vector-index.ts'
export type { VectorIndexRefreshTimes } from './vector-index/refresh-times.ts'
export {
  type AnswerSource,
  parseSources,
  type SourcedAnswer,
  type SourceOffsets,
} from './vector-index/sourced-answer.ts'
export { VectorIndex } from './vector-index/vector-index.ts'
export type {
  VectorDistanceMetric,
  VectorIndexAttributeChanges,
  VectorIndexAttributes,
} from './vector-index/vector-index-attributes.ts'
export type { VectorIndexDefinition } from './vector-index/vector-index-definition.ts'
export type { VectorIndexDescription } from './vector-index/vector-index-description.ts'
