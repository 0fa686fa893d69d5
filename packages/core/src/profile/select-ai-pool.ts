import { Agent } from '../agent/agent.ts'
import type { AgentAttributes, AgentTaskAttributes, AgentTeamAttributes } from '../agent/agent-attributes.ts'
import {
  type ListTaskRunsOptions,
  type ListTeamRunsOptions,
  type ListToolRunsOptions,
  listTaskRuns,
  listTeamRuns,
  listToolRuns,
  type TaskRun,
  type TeamRun,
  type ToolRun,
} from '../agent/agent-history.ts'
import type { AgentObjectDescription } from '../agent/agent-object-description.ts'
import { AgentTask } from '../agent/agent-task.ts'
import { AgentTeam } from '../agent/agent-team.ts'
import { AgentTool } from '../agent/agent-tool.ts'
import type { AgentToolAttributes } from '../agent/agent-tool-attributes.ts'
import { type ListAgentObjectsOptions, list as listAgentObjects } from '../agent/manage-agent-objects.ts'
import { importTeam, type TeamImport } from '../agent/transfer-team.ts'
import type { PoolOptions } from '../config/pool-options.ts'
import { resolvePoolOptions } from '../config/resolve-pool-options.ts'
import { Conversation } from '../conversation/conversation.ts'
import type { ConversationAttributes } from '../conversation/conversation-attributes.ts'
import type { ConversationDescription } from '../conversation/conversation-description.ts'
import { createConversation } from '../conversation/create-conversation.ts'
import { type ListConversationsOptions, listConversations } from '../conversation/list-conversations.ts'
import type { CallOptions } from '../pool/call-options.ts'
import { ConnectionPool } from '../pool/connection-pool.ts'
import { type ListVectorIndexesOptions, listVectorIndexes } from '../vector-index/find-vector-indexes.ts'
import { VectorIndex, type VectorIndexOptions } from '../vector-index/vector-index.ts'
import type { VectorIndexDescription } from '../vector-index/vector-index-description.ts'
import { type ListProfilesOptions, listDescriptions } from './find-profiles.ts'
import { listTranslationLanguages, type TranslationLanguage } from './list-translation-languages.ts'
import { Profile, type ProfileOptions } from './profile.ts'
import type { ProfileDescription } from './profile-description.ts'

/**
 * The client of one database: profiles, and the connections on which their questions are asked.
 *
 * `createPool` makes one and opens it. `new` makes one that has opened nothing yet, for code that must stand before there is a
 * database to talk to; `open` then opens it.
 *
 * @example
 * const pool = new SelectAIPool({ poolMax: 8 })
 * await pool.open()
 */
export class SelectAIPool extends ConnectionPool {
  /**
   * Decides all settings, option before environment before default, and opens nothing.
   * @throws ConfigurationError for a missing or unusable setting
   * @throws SelectAIArgumentError for an unknown option
   */
  constructor(options?: PoolOptions) {
    super(resolvePoolOptions(options))
  }

  /**
   * The profile of that name. Asks nothing of the database; an unknown profile shows when it is used.
   * @throws SelectAIArgumentError for what cannot be the name of a profile.
   * @example
   * const own = pool.profile('SALES')
   * const shared = pool.profile('SALES', { owner: 'APP' })
   */
  profile(name: string, options?: ProfileOptions): Profile {
    return new Profile(name, this, options)
  }

  /**
   * The user's profiles with all their attributes, ordered by name: one round trip for each thousand attributes, and two more
   * when a description or a value is longer than 1,000 characters.
   * @throws SelectAIArgumentError for a pattern that is no regular expression of the database.
   *
   * @example
   * const profiles = await pool.listProfiles({ pattern: '^SALES' })
   */
  listProfiles(options?: ListProfilesOptions): Promise<readonly ProfileDescription[]> {
    return listDescriptions(this, options)
  }

  /**
   * The languages that `profile.translate` knows, by name (`AI_TRANSLATION_LANGUAGES`); one round trip.
   * @example
   * for (const { name, code } of await pool.listTranslationLanguages()) console.log(name, code)
   */
  listTranslationLanguages(options?: CallOptions): Promise<readonly TranslationLanguage[]> {
    return listTranslationLanguages(this, options)
  }

  /**
   * The conversation of that id. Asks nothing of the database; an unknown conversation shows when it is used.
   * @throws SelectAIArgumentError for what cannot be an id.
   * @example
   * const { title } = await pool.conversation('30C9DB6E-EA4D-AFBA-E063-9C6D46644B92').fetch()
   */
  conversation(id: string): Conversation {
    return new Conversation(id, this)
  }

  /**
   * Creates a conversation in one round trip (`DBMS_CLOUD_AI.CREATE_CONVERSATION`). Attributes that are left out get the
   * defaults of the database.
   * @throws SelectAIArgumentError for an unknown or unusable attribute, and the errors of any call, which `Profile` lists.
   * @example
   * const conversation = await pool.createConversation({ title: 'Promotions', retentionDays: 30 })
   * await pool.profile('SALES').chat('What is a promotion?', { conversationId: conversation.id })
   */
  createConversation(attributes?: ConversationAttributes, options?: CallOptions): Promise<Conversation> {
    return createConversation(this, attributes, options)
  }

  /**
   * The conversations of the pool's database user, oldest first, in two round trips for up to a thousand of them.
   * @throws SelectAIArgumentError for a pattern that is no regular expression of the database.
   * @example
   * for (const { id, title } of await pool.listConversations({ pattern: '^Promotions' })) console.log(id, title)
   */
  listConversations(options?: ListConversationsOptions): Promise<readonly ConversationDescription[]> {
    return listConversations(this, options)
  }

  /**
   * The agent of that name. Asks nothing of the database; an unknown agent shows when it is used.
   * @throws SelectAIArgumentError for what cannot be the name of an agent.
   */
  agent(name: string): Agent {
    return new Agent(name, this)
  }

  /**
   * The task of that name. Asks nothing of the database; an unknown task shows when it is used.
   * @throws SelectAIArgumentError for what cannot be the name of a task.
   */
  task(name: string): AgentTask {
    return new AgentTask(name, this)
  }

  /**
   * The tool of that name. Asks nothing of the database; an unknown tool shows when it is used.
   * @throws SelectAIArgumentError for what cannot be the name of a tool.
   */
  tool(name: string): AgentTool {
    return new AgentTool(name, this)
  }

  /**
   * The team of that name, or of `OWNER.NAME` to run that of another user. Asks nothing of the database; an unknown team shows when it is
   * used.
   * @throws SelectAIArgumentError for what cannot be the name of a team.
   * @example
   * const { text } = await pool.team('SALES_TEAM').run('How many promotions are there?')
   */
  team(name: string): AgentTeam {
    return new AgentTeam(name, this)
  }

  /**
   * The user's agents with all their attributes, ordered by name: one round trip for each thousand attributes, and two more when a
   * description or a value is longer than 1,000 characters.
   * @throws SelectAIArgumentError for a pattern that is no regular expression of the database.
   *
   * @example
   * for (const { name, attributes } of await pool.listAgents({ pattern: '^SALES' })) console.log(name, attributes.role)
   */
  listAgents(options?: ListAgentObjectsOptions): Promise<readonly AgentObjectDescription<AgentAttributes>[]> {
    return listAgentObjects(this, 'agent', options)
  }

  /** The user's tasks, as `listAgents` lists agents. */
  listTasks(options?: ListAgentObjectsOptions): Promise<readonly AgentObjectDescription<AgentTaskAttributes>[]> {
    return listAgentObjects(this, 'task', options)
  }

  /** The user's tools, as `listAgents` lists agents. */
  listTools(options?: ListAgentObjectsOptions): Promise<readonly AgentObjectDescription<AgentToolAttributes>[]> {
    return listAgentObjects(this, 'tool', options)
  }

  /** The user's teams, as `listAgents` lists agents. */
  listTeams(options?: ListAgentObjectsOptions): Promise<readonly AgentObjectDescription<AgentTeamAttributes>[]> {
    return listAgentObjects(this, 'team', options)
  }

  /**
   * Creates the team of a specification with its agents and their tasks (`DBMS_CLOUD_AI_AGENT.IMPORT_TEAM`).
   * @throws SelectAIArgumentError for a source that is not complete, before anything is sent
   * @throws AgentObjectExistsError when an object is there already and `force` is not set
   * @throws ProfileNotFoundError when there is no profile `profileName`
   * @throws ProviderError when the location cannot be read
   *
   * @example
   * const specification = await pool.team('SALES_TEAM').export()
   * await otherPool.importTeam({ specification, profileName: 'SALES', teamName: 'SALES_TEAM' })
   */
  importTeam(source: TeamImport, options?: CallOptions): Promise<void> {
    return importTeam(this, source, options)
  }

  /**
   * The runs of teams by this database user, the newest first (`USER_AI_AGENT_TEAM_HISTORY`); one round trip.
   *
   * @example
   * const waiting = await pool.listTeamRuns({ teamName: 'SALES_TEAM', state: 'waiting-for-human', limit: 10 })
   */
  listTeamRuns(options?: ListTeamRunsOptions): Promise<readonly TeamRun[]> {
    return listTeamRuns(this, options)
  }

  /**
   * What the agents of these runs were told and what they came to, the newest first (`USER_AI_AGENT_TASK_HISTORY`); two round trips.
   *
   * @example
   * for (const { agentName, result } of await pool.listTaskRuns({ teamName: 'SALES_TEAM' })) console.log(agentName, result)
   */
  listTaskRuns(options?: ListTaskRunsOptions): Promise<readonly TaskRun[]> {
    return listTaskRuns(this, options)
  }

  /**
   * The calls of tools, the newest first (`USER_AI_AGENT_TOOL_HISTORY`); two round trips.
   *
   * @example
   * const [run] = await pool.listTeamRuns({ limit: 1 })
   * const calls = await pool.listToolRuns({ teamExecId: run?.teamExecId })
   */
  listToolRuns(options?: ListToolRunsOptions): Promise<readonly ToolRun[]> {
    return listToolRuns(this, options)
  }

  /**
   * The vector index of that name. Asks nothing of the database; an unknown index shows when it is used.
   * @throws SelectAIArgumentError for what cannot be the name of an index.
   * @example
   * const own = pool.vectorIndex('HANDBOOK_INDEX')
   * const shared = pool.vectorIndex('HANDBOOK_INDEX', { owner: 'APP' })
   */
  vectorIndex(name: string, options?: VectorIndexOptions): VectorIndex {
    return new VectorIndex(name, this, options)
  }

  /**
   * The user's vector indexes with all their attributes, ordered by name: one round trip for each thousand attributes, and two
   * more when a description or a value is longer than 1,000 characters.
   * @throws SelectAIArgumentError for a pattern that is no regular expression of the database.
   * @example
   * const indexes = await pool.listVectorIndexes({ pattern: '^HANDBOOK' })
   */
  listVectorIndexes(options?: ListVectorIndexesOptions): Promise<readonly VectorIndexDescription[]> {
    return listVectorIndexes(this, options)
  }
}
