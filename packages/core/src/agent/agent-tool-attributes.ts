/** The kinds of tools that the database brings along. */
export const agentToolTypes = ['SQL', 'RAG', 'WEBSEARCH', 'NOTIFICATION', 'HTTP', 'HUMAN'] as const

/** A kind of tool that the database brings along. */
export type AgentToolType = (typeof agentToolTypes)[number]

declare const isOther: unique symbol

/**
 * A kind of tool that this package does not know, as the database names it: `'FAX' as OtherToolType`. No mere text, so that a
 * misspelt kind is an error of the compiler.
 */
export type OtherToolType = string & { readonly [isOther]: true }

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
  readonly tool_inputs?: readonly AgentToolInput[]
  /** Any other attribute that the database takes; what is read back is a text. */
  readonly [attribute: string]: unknown
}

/** Parameters of a tool that asks a profile. */
export interface ProfileToolParams {
  /** The AI profile; for a RAG tool one with a vector index. */
  readonly profile_name: string
  /** Any other parameter that the database takes. */
  readonly [parameter: string]: unknown
}

/** A tool that turns a question into SQL and runs it. */
export interface SqlToolAttributes extends CommonToolAttributes {
  /** The kind. */
  readonly tool_type: 'SQL'
  /** What it needs. */
  readonly tool_params: ProfileToolParams
  /** Of functions alone. */
  readonly function?: undefined
}

/** A tool that answers from documents. */
export interface RagToolAttributes extends CommonToolAttributes {
  /** The kind. */
  readonly tool_type: 'RAG'
  /** What it needs. */
  readonly tool_params: ProfileToolParams
  /** Of functions alone. */
  readonly function?: undefined
}

/** A tool that searches the web. */
export interface WebSearchToolAttributes extends CommonToolAttributes {
  /** The kind. */
  readonly tool_type: 'WEBSEARCH'
  /** What it needs: the credential of the service that searches. */
  readonly tool_params: {
    /** The credential of the service that searches. */
    readonly credential_name: string
    /** Any other parameter that the database takes. */
    readonly [parameter: string]: unknown
  }
  /** Of functions alone. */
  readonly function?: undefined
}

/** Parameters of a tool that sends mail. */
export interface EmailToolParams {
  /** The kind of message. */
  readonly notification_type: 'email' | 'EMAIL'
  /** The credential of the mail server. */
  readonly credential_name: string
  /** The address that mail goes to. */
  readonly recipient: string
  /** The address that mail comes from. */
  readonly sender: string
  /** The mail server. */
  readonly smtp_host: string
  /** The subject of the mail. */
  readonly subject?: string
  /** Any other parameter that the database takes. */
  readonly [parameter: string]: unknown
}

/** Parameters of a tool that writes to a Slack channel. */
export interface SlackToolParams {
  /** The kind of message. */
  readonly notification_type: 'slack' | 'SLACK'
  /** The credential for Slack. */
  readonly credential_name: string
  /** The channel. */
  readonly channel: string
  /** Any other parameter that the database takes. */
  readonly [parameter: string]: unknown
}

/** A tool that sends a message. */
export interface NotificationToolAttributes extends CommonToolAttributes {
  /** The kind. */
  readonly tool_type: 'NOTIFICATION'
  /** What it needs, by `notification_type`. */
  readonly tool_params: EmailToolParams | SlackToolParams
  /** Of functions alone. */
  readonly function?: undefined
}

/** A tool that calls an HTTP endpoint. */
export interface HttpToolAttributes extends CommonToolAttributes {
  /** The kind. */
  readonly tool_type: 'HTTP'
  /** What it needs. */
  readonly tool_params: {
    /** The credential of the endpoint. */
    readonly credential_name: string
    /** The address. */
    readonly endpoint: string
    /** Any other parameter that the database takes. */
    readonly [parameter: string]: unknown
  }
  /** Of functions alone. */
  readonly function?: undefined
}

/** A tool that asks a human: the run then waits for the answer. */
export interface HumanToolAttributes extends CommonToolAttributes {
  /** The kind. */
  readonly tool_type: 'HUMAN'
  /** Parameters that the database may take. */
  readonly tool_params?: Readonly<Record<string, unknown>>
  /** Of functions alone. */
  readonly function?: undefined
}

/** A tool that calls a function or procedure of PL/SQL. */
export interface FunctionToolAttributes extends CommonToolAttributes {
  /** Its name, with package and owner if need be. */
  readonly function: string
  /** A function has no kind. */
  readonly tool_type?: undefined
  /** Parameters that the database may take. */
  readonly tool_params?: Readonly<Record<string, unknown>>
}

/** A tool of a kind that this package does not know. */
export interface OtherToolAttributes extends CommonToolAttributes {
  /** The kind, for example `'FAX' as OtherToolType`. */
  readonly tool_type: OtherToolType
  /** Its parameters. */
  readonly tool_params?: Readonly<Record<string, unknown>>
  /** The function behind it, if the kind has one. */
  readonly function?: string | undefined
}

/**
 * What a tool is, by Oracle's names. `tool_type` decides which parameters it must have; a tool of one's own has a `function` instead.
 * Attributes that this package does not know are sent as they are and read back as text.
 *
 * @example
 * const sql: AgentToolAttributes = { tool_type: 'SQL', tool_params: { profile_name: 'SALES' } }
 * const own: AgentToolAttributes = { function: 'SHOP.PRICE_OF', tool_inputs: [{ name: 'product' }] }
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
  readonly tool_inputs?: readonly AgentToolInput[] | undefined
  /** The kind. */
  readonly tool_type?: AgentToolType | OtherToolType | undefined
  /** The parameters. */
  readonly tool_params?: Readonly<Record<string, unknown>> | undefined
  /** The function or procedure. */
  readonly function?: string | undefined
  /** Any other attribute that the database takes. */
  readonly [attribute: string]: unknown
}
