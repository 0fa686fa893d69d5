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
export { Agent } from './agent/agent.ts'
export type {
  AgentAttributeChanges,
  AgentAttributes,
  AgentTaskAttributes,
  AgentTeamAttributes,
  AgentTeamMember,
} from './agent/agent-attributes.ts'
export type {
  AgentHistoryOptions,
  ListTaskRunsOptions,
  ListTeamRunsOptions,
  ListToolRunsOptions,
  TaskRun,
  TeamRun,
  ToolRun,
} from './agent/agent-history.ts'
export { AgentObject } from './agent/agent-object.ts'
export type { AgentObjectDefinition } from './agent/agent-object-definition.ts'
export type { AgentObjectDescription } from './agent/agent-object-description.ts'
export { AgentTask } from './agent/agent-task.ts'
export { AgentTeam } from './agent/agent-team.ts'
export { AgentTool } from './agent/agent-tool.ts'
export {
  type AgentToolAttributeChanges,
  type AgentToolAttributes,
  type AgentToolInput,
  type AgentToolType,
  agentToolTypes,
  type CommonToolAttributes,
  type EmailToolParams,
  type FunctionToolAttributes,
  type HttpToolAttributes,
  type HumanToolAttributes,
  type NotificationToolAttributes,
  type OtherToolAttributes,
  type OtherToolType,
  type ProfileToolParams,
  type RagToolAttributes,
  type SlackToolParams,
  type SqlToolAttributes,
  type WebSearchToolAttributes,
} from './agent/agent-tool-attributes.ts'
export type { DeleteAgentObjectOptions, ListAgentObjectsOptions } from './agent/manage-agent-objects.ts'
export { type AgentRunState, agentRunStates, type RunTeamOptions, type TeamAnswer } from './agent/run-team.ts'
export type { ExportTeamOptions, TeamImport, TeamLocation } from './agent/transfer-team.ts'
export type { DefinitionOptions } from './attributes/read-definition.ts'
export { environmentVariables, type SettingDescription } from './config/environment-variables.ts'
export type { PoolOptions } from './config/pool-options.ts'
export { Conversation, type DeleteConversationOptions, type RemoveTagOptions } from './conversation/conversation.ts'
export type { ConversationAttributes } from './conversation/conversation-attributes.ts'
export type { ConversationDescription } from './conversation/conversation-description.ts'
export type { ConversationPrompt } from './conversation/conversation-prompt.ts'
export type { ListConversationsOptions } from './conversation/list-conversations.ts'
export { AgentObjectDisabledError } from './errors/agent-object-disabled-error.ts'
export { AgentObjectExistsError } from './errors/agent-object-exists-error.ts'
export type { AgentObjectKind } from './errors/agent-object-kind.ts'
export { AgentObjectNotFoundError } from './errors/agent-object-not-found-error.ts'
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
export { DataAccessDisabledError } from './errors/data-access-disabled-error.ts'
export { DatabaseError } from './errors/database-error.ts'
export { FeedbackRefusedError } from './errors/feedback-refused-error.ts'
export { InvalidAttributeError } from './errors/invalid-attribute-error.ts'
export { LoginError } from './errors/login-error.ts'
export { NetworkAccessError } from './errors/network-access-error.ts'
export { NoSqlGeneratedError } from './errors/no-sql-generated-error.ts'
export { PoolClosedError } from './errors/pool-closed-error.ts'
export { PoolQueueFullError } from './errors/pool-queue-full-error.ts'
export type { PoolHolder, PoolStats, PoolTotals } from './errors/pool-snapshot.ts'
export { type PoolTimeoutDiagnosis, PoolTimeoutError } from './errors/pool-timeout-error.ts'
export { PrivilegeError } from './errors/privilege-error.ts'
export { ProfileCredentialError } from './errors/profile-credential-error.ts'
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
export {
  ChatSession,
  type ChatSessionOptions,
  type ChatStreamOptions,
  type ChatTurnOptions,
} from './profile/chat-session.ts'
export { createPool } from './profile/create-pool.ts'
export type {
  AskedStatement,
  Correction,
  FeedbackAction,
  FeedbackTarget,
  IdentifiedStatement,
  NegativeFeedback,
} from './profile/feedback.ts'
export type { ListProfilesOptions } from './profile/find-profiles.ts'
export type { GenerateOptions } from './profile/generate-options.ts'
export type { SyntheticDataOperation } from './profile/generate-synthetic-data.ts'
export type { JsonValue } from './profile/json-value.ts'
export type { TranslationLanguage } from './profile/list-translation-languages.ts'
export type { DeleteProfileOptions } from './profile/manage-profile.ts'
export { Profile, type ProfileOptions } from './profile/profile.ts'
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
export type {
  SyntheticDataParams,
  SyntheticDataRequest,
  SyntheticTable,
  SyntheticTableEntry,
  SyntheticTables,
} from './profile/synthetic-data-request.ts'
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
export { VectorIndex, type VectorIndexOptions } from './vector-index/vector-index.ts'
export type {
  VectorDistanceMetric,
  VectorIndexAttributeChanges,
  VectorIndexAttributes,
} from './vector-index/vector-index-attributes.ts'
export type { VectorIndexDefinition } from './vector-index/vector-index-definition.ts'
export type { VectorIndexDescription } from './vector-index/vector-index-description.ts'
