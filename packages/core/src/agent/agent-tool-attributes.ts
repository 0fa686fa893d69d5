/** The kinds of tools that the database brings along. */
export const agentToolTypes = ['SQL', 'RAG', 'WEBSEARCH', 'NOTIFICATION', 'HTTP', 'HUMAN'] as const

/** A kind of tool that the database brings along. */
export type AgentToolType = (typeof agentToolTypes)[number]

/** A kind of tool that this package does not know, written so that a misspelt kind is an error of the compiler. */
export interface OtherToolType {
  /** The kind as the database names it. */
  readonly other: string
}

export function isKnownToolType(name: string): name is AgentToolType {
  return (agentToolTypes as readonly string[]).includes(name)
}

/** An input that a tool asks the agent for. */
export interface AgentToolInput {
  /** Its name; for a function that of the argument. */
  readonly name: string
  /** What it is, in words for the model. */
  readonly description?: string
}

/** Attributes that tools of every kind have. */
export interface CommonToolAttributes {
  /** When and how to use the tool, in words for the model. For the kinds SQL and RAG the database has one of its own. */
  readonly instruction?: string
  /** The inputs that the agent has to give. */
  readonly toolInputs?: readonly AgentToolInput[]
  /** Any other attribute that the database takes, by its own name; what is read back is a text. */
  readonly [attribute: string]: unknown
}

/** Parameters of a tool that asks a profile. */
export interface ProfileToolParams {
  /** The AI profile; for a RAG tool one with a vector index. */
  readonly profileName: string
  /** Any other parameter that the database takes, by its own name. */
  readonly [parameter: string]: unknown
}

/** A tool that turns a question into SQL and runs it. */
export interface SqlToolAttributes extends CommonToolAttributes {
  /** The kind. */
  readonly toolType: 'SQL'
  /** What it needs. */
  readonly toolParams: ProfileToolParams
  /** Of functions alone. */
  readonly function?: undefined
}

/** A tool that answers from documents. */
export interface RagToolAttributes extends CommonToolAttributes {
  /** The kind. */
  readonly toolType: 'RAG'
  /** What it needs. */
  readonly toolParams: ProfileToolParams
  /** Of functions alone. */
  readonly function?: undefined
}

/** A tool that searches the web. */
export interface WebSearchToolAttributes extends CommonToolAttributes {
  /** The kind. */
  readonly toolType: 'WEBSEARCH'
  /** What it needs: the credential of the service that searches. */
  readonly toolParams: {
    /** The credential of the service that searches. */
    readonly credentialName: string
    /** Any other parameter that the database takes, by its own name. */
    readonly [parameter: string]: unknown
  }
  /** Of functions alone. */
  readonly function?: undefined
}

/** Parameters of a tool that sends mail. */
export interface EmailToolParams {
  /** The kind of message. */
  readonly notificationType: 'email'
  /** The credential of the mail server. */
  readonly credentialName: string
  /** The address that mail goes to. */
  readonly recipient: string
  /** The address that mail comes from. */
  readonly sender: string
  /** The mail server. */
  readonly smtpHost: string
  /** The subject of the mail. */
  readonly subject?: string
  /** Any other parameter that the database takes, by its own name. */
  readonly [parameter: string]: unknown
}

/** Parameters of a tool that writes to a Slack channel. */
export interface SlackToolParams {
  /** The kind of message. */
  readonly notificationType: 'slack'
  /** The credential for Slack. */
  readonly credentialName: string
  /** The channel. */
  readonly channel: string
  /** Any other parameter that the database takes, by its own name. */
  readonly [parameter: string]: unknown
}

/** A tool that sends a message. */
export interface NotificationToolAttributes extends CommonToolAttributes {
  /** The kind. */
  readonly toolType: 'NOTIFICATION'
  /** What it needs, by `notificationType`. */
  readonly toolParams: EmailToolParams | SlackToolParams
  /** Of functions alone. */
  readonly function?: undefined
}

/** A tool that calls an HTTP endpoint. */
export interface HttpToolAttributes extends CommonToolAttributes {
  /** The kind. */
  readonly toolType: 'HTTP'
  /** What it needs. */
  readonly toolParams: {
    /** The credential of the endpoint. */
    readonly credentialName: string
    /** The address. */
    readonly endpoint: string
    /** Any other parameter that the database takes, by its own name. */
    readonly [parameter: string]: unknown
  }
  /** Of functions alone. */
  readonly function?: undefined
}

/** A tool that asks a human: the run then waits for the answer. */
export interface HumanToolAttributes extends CommonToolAttributes {
  /** The kind. */
  readonly toolType: 'HUMAN'
  /** Parameters that the database may take. */
  readonly toolParams?: Readonly<Record<string, unknown>>
  /** Of functions alone. */
  readonly function?: undefined
}

/** A tool that calls a function or procedure of PL/SQL. */
export interface FunctionToolAttributes extends CommonToolAttributes {
  /** Its name, with package and owner if need be. */
  readonly function: string
  /** A function has no kind. */
  readonly toolType?: undefined
  /** Parameters that the database may take. */
  readonly toolParams?: Readonly<Record<string, unknown>>
}

/** A tool of a kind that this package does not know. */
export interface OtherToolAttributes extends CommonToolAttributes {
  /** The kind, for example `{ other: 'FAX' }`. */
  readonly toolType: OtherToolType
  /** Its parameters; those that this package knows by their names here, others by the names of the database. */
  readonly toolParams?: Readonly<Record<string, unknown>>
  /** The function behind it, if the kind has one. */
  readonly function?: string | undefined
}

/**
 * What a tool is. `toolType` decides which parameters it must have; a tool of one's own has a `function` instead.
 *
 * @example
 * const sql: AgentToolAttributes = { toolType: 'SQL', toolParams: { profileName: 'SALES' } }
 * const own: AgentToolAttributes = { function: 'SHOP.PRICE_OF', toolInputs: [{ name: 'product' }] }
 */
export type AgentToolAttributes =
  | SqlToolAttributes
  | RagToolAttributes
  | WebSearchToolAttributes
  | NotificationToolAttributes
  | HttpToolAttributes
  | HumanToolAttributes
  | FunctionToolAttributes
  | OtherToolAttributes

/** Attributes to lay over those of a tool. Parameters are replaced as a whole, so that all that are needed must be there. */
export interface AgentToolAttributeChanges {
  /** When and how to use the tool. */
  readonly instruction?: string | undefined
  /** The inputs that the agent has to give. */
  readonly toolInputs?: readonly AgentToolInput[] | undefined
  /** The kind. */
  readonly toolType?: AgentToolType | OtherToolType | undefined
  /** The parameters. */
  readonly toolParams?: Readonly<Record<string, unknown>> | undefined
  /** The function or procedure. */
  readonly function?: string | undefined
  /** Any other attribute that the database takes, by its own name. */
  readonly [attribute: string]: unknown
}
