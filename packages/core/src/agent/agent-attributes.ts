/** What an agent is, by Oracle's names. Only what is set is sent; for the rest the defaults of the database apply. */
export interface AgentAttributes {
  /** The AI profile that the agent thinks with. */
  readonly profile_name: string
  /** Who the agent is and how it works, in words for the model. */
  readonly role: string
  /** Whether the agent may ask a human. Default of the database: true. */
  readonly enable_human_tool?: boolean
  /** Whether the agent may lead a supervised team. */
  readonly supervisor?: boolean
  /** Any other attribute that the database takes; what is read back is a text. */
  readonly [attribute: string]: unknown
}

/** What an agent is to do, by Oracle's names. */
export interface AgentTaskAttributes {
  /** The task in words for the model. `{query}` stands for the prompt of the run. */
  readonly instruction: string
  /** Names of the tools that may be used. */
  readonly tools?: readonly string[]
  /** Name of the earlier task whose result this one builds upon. */
  readonly input?: string
  /** Whether a human may be asked. Default of the database: true. */
  readonly enable_human_tool?: boolean
  /** Any other attribute that the database takes; what is read back is a text. */
  readonly [attribute: string]: unknown
}

/** An agent of a team, and the task that it has there. */
export interface AgentTeamMember {
  /** Name of the agent. */
  readonly name: string
  /** Name of its task. */
  readonly task: string
}

/** Who works in a team, and how, by Oracle's names. */
export interface AgentTeamAttributes {
  /** The agents with their tasks, in the order in which they work. */
  readonly agents: readonly AgentTeamMember[]
  /** One task after the other, the only process that the database has. Default: `sequential`. */
  readonly process?: 'sequential'
  /** Name of the agent that decides which of the others work; it makes the team a supervised one. */
  readonly supervisor_agent?: string
  /** Name of the supervisor's task. Told by the database, and not to be set. */
  readonly supervisor_task?: string
  /** Any other attribute that the database takes; what is read back is a text. */
  readonly [attribute: string]: unknown
}

/** Attributes to lay over those of an agent, a task or a team: any of them, and nothing that must be there. */
export type AgentAttributeChanges<Attributes> = {
  readonly [Name in keyof Attributes]?: Attributes[Name] | undefined
}
