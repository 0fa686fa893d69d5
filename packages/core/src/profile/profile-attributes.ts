/** A table or view that questions may be about, or with the owner alone all of a schema. */
export interface ObjectListEntry {
  /** The schema. */
  readonly owner: string
  /** The table or view; all of the schema when left out. */
  readonly name?: string
}

/** Attributes that profiles of every provider have. Only what is set is sent; for the rest the defaults of the database apply. */
export interface CommonProfileAttributes {
  /** What the model is told beside each question, in words, for example `Amounts are in euros.` */
  readonly additional_instructions?: string
  /** Send the annotations of tables and columns to the model (26ai). */
  readonly annotations?: boolean
  /** Whether generated SQL tells upper and lower case of text values apart. */
  readonly case_sensitive_values?: boolean
  /** Send the comments of tables and columns to the model. */
  readonly comments?: boolean
  /** Send primary and foreign keys to the model. */
  readonly constraints?: boolean
  /** Keep the last prompts of a session as context. */
  readonly conversation?: boolean
  /** How many of the last prompts of a session, with their answers, the model gets to see; a whole number. */
  readonly conversation_length?: number
  /** The credential for the AI provider, for example `OCI$RESOURCE_PRINCIPAL`. */
  readonly credential_name?: string
  /** The model that makes embeddings. */
  readonly embedding_model?: string
  /** Take the addresses of sources from the metadata of the documents. */
  readonly enable_custom_source_uri?: boolean
  /** Tell where in a source the text stands that an answer uses. */
  readonly enable_source_offsets?: boolean
  /** Tell the sources of an answer that uses a vector index. */
  readonly enable_sources?: boolean
  /** Let generated SQL use the objects of `object_list` alone. */
  readonly enforce_object_list?: boolean
  /** The most tokens of an answer; a whole number. */
  readonly max_tokens?: number
  /** The model that answers. */
  readonly model?: string
  /** The tables and views that questions may be about; without it all of the current schema. */
  readonly object_list?: readonly ObjectListEntry[]
  /** `automated` has the database find the tables that matter for a question (26ai); `all` sends all of `object_list`. */
  readonly object_list_mode?: 'all' | 'automated'
  /** The host of a service that speaks OpenAI's protocol, or of a provider of one's own. */
  readonly provider_endpoint?: string
  /** The region of the provider, for example `us-chicago-1`. */
  readonly region?: string
  /** Who the model is to be, in words, for example `You are a careful analyst.` */
  readonly role?: string
  /** Makes answers repeatable as far as the model can; a whole number, as text when JavaScript cannot hold it exactly. */
  readonly seed?: number | string
  /** The language that `translate` translates from, as name or code; found out when it is left out. */
  readonly source_language?: string
  /** Texts at which the model stops. */
  readonly stop_tokens?: readonly string[]
  /** The language that `translate` translates into unless it is told another, as name or code. */
  readonly target_language?: string
  /** How much the model varies its answers; 0 is least. */
  readonly temperature?: number
  /** The vector index whose documents answers use. */
  readonly vector_index_name?: string
  /** Any other attribute that the database takes; what is read back is a text. */
  readonly [attribute: string]: unknown
}

/** Attributes that belong to Azure alone. */
export interface AzureAttributes {
  /** The Azure OpenAI resource. */
  readonly azure_resource_name?: string
  /** The deployment of the model that answers. */
  readonly azure_deployment_name?: string
  /** The deployment of the model that makes embeddings. */
  readonly azure_embedding_deployment_name?: string
}

/** Attributes that belong to OCI Generative AI alone. */
export interface OciAttributes {
  /** The form of requests, which matters for models that are named by endpoint or OCID. */
  readonly oci_apiformat?: 'COHERE' | 'GENERIC'
  /** The OCID of the compartment. */
  readonly oci_compartment_id?: string
  /** The OCID of the endpoint of a dedicated cluster. */
  readonly oci_endpoint_id?: string
  /** The runtime of a model of one's own. */
  readonly oci_runtimetype?: 'COHERE' | 'LLAMA'
}

/** Attributes that belong to AWS Bedrock alone. */
export interface AwsAttributes {
  /** The form of requests, which matters for models that are named by ARN. */
  readonly aws_apiformat?: string
}

/** What a profile has no use for unless its provider is the one that the attribute belongs to. */
export interface NoProviderAttributes {
  /** Azure's alone. */
  readonly azure_resource_name?: undefined
  /** Azure's alone. */
  readonly azure_deployment_name?: undefined
  /** Azure's alone. */
  readonly azure_embedding_deployment_name?: undefined
  /** OCI's alone. */
  readonly oci_apiformat?: undefined
  /** OCI's alone. */
  readonly oci_compartment_id?: undefined
  /** OCI's alone. */
  readonly oci_endpoint_id?: undefined
  /** OCI's alone. */
  readonly oci_runtimetype?: undefined
  /** AWS's alone. */
  readonly aws_apiformat?: undefined
}

/** A profile of Azure OpenAI. */
export interface AzureProfileAttributes
  extends CommonProfileAttributes,
    AzureAttributes,
    Omit<NoProviderAttributes, keyof AzureAttributes> {
  /** The provider. */
  readonly provider: 'azure'
}

/** A profile of OCI Generative AI. */
export interface OciProfileAttributes
  extends CommonProfileAttributes,
    OciAttributes,
    Omit<NoProviderAttributes, keyof OciAttributes> {
  /** The provider. */
  readonly provider: 'oci'
}

/** A profile of AWS Bedrock. */
export interface AwsProfileAttributes
  extends CommonProfileAttributes,
    AwsAttributes,
    Omit<NoProviderAttributes, keyof AwsAttributes> {
  /** The provider. */
  readonly provider: 'aws'
}

/** A profile of a provider that has no attributes of its own. */
export interface PlainProfileAttributes extends CommonProfileAttributes, NoProviderAttributes {
  /** The provider. */
  readonly provider: 'anthropic' | 'cohere' | 'google' | 'huggingface' | 'openai'
}

/** A profile of a provider that this package does not know. */
export interface OtherProfileAttributes extends CommonProfileAttributes, NoProviderAttributes {
  /** The provider as the database names it. */
  readonly provider: string
}

/** A profile with an endpoint in place of a provider: any service that speaks OpenAI's protocol. */
export interface EndpointProfileAttributes extends CommonProfileAttributes, NoProviderAttributes {
  /** The host decides. */
  readonly provider?: undefined
  /** The host of the service, for example `api.x.ai`. */
  readonly provider_endpoint: string
}

/**
 * The attributes of a profile, by Oracle's names. `provider` decides which of the providers' own attributes there may be.
 * Attributes that this package does not know are sent as they are and read back as text.
 *
 * @example
 * const attributes: ProfileAttributes = {
 *   provider: 'oci',
 *   credential_name: 'OCI$RESOURCE_PRINCIPAL',
 *   object_list: [{ owner: 'SH' }],
 * }
 */
export type ProfileAttributes =
  | AzureProfileAttributes
  | OciProfileAttributes
  | AwsProfileAttributes
  | PlainProfileAttributes
  | OtherProfileAttributes
  | EndpointProfileAttributes

/** Attributes to lay over those of a profile: any of `ProfileAttributes`, and nothing that must be there. */
export type ProfileAttributeChanges = ProfileAttributes extends infer Attributes
  ? Attributes extends unknown
    ? { readonly [Name in keyof Attributes]?: Attributes[Name] | undefined }
    : never
  : never
