import { OracleError } from '../oracle-error.ts'
import { type AttributeReader, numberBetween, oneOf, text, truth, UNFIT } from './attribute-reader.ts'

/** Attributes by lower-case name, each with the JSON value that the caller gave. */
export type ProfileAttributes = Readonly<Record<string, unknown>>

export interface ObjectListEntry {
  readonly owner: string
  readonly name?: string
}

/** Structured values may also come as JSON text, as SET_ATTRIBUTE has them. */
function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch {
    return UNFIT
  }
}

const objectList: AttributeReader = (value) => {
  const entries = parsed(value)
  if (!Array.isArray(entries)) return UNFIT
  const fits = entries.every(
    (entry: unknown) =>
      typeof entry === 'object' &&
      entry !== null &&
      'owner' in entry &&
      typeof entry.owner === 'string' &&
      entry.owner !== '' &&
      (!('name' in entry) || typeof entry.name === 'string'),
  )
  return fits ? entries : UNFIT
}

const stopTokens: AttributeReader = (value) => {
  const tokens = parsed(value)
  return Array.isArray(tokens) && tokens.every((token) => typeof token === 'string') ? tokens : UNFIT
}

const signed64Bits = numberBetween(-(2 ** 63), 2 ** 63, true)

/** A whole number of 64 bits; one that a number would lose digits of stays a text. */
const seed: AttributeReader = (value) => {
  const read = signed64Bits(value)
  const isText = typeof value === 'string' && /^\s*[+-]?\d+\s*$/.test(value)
  if (!isText || Number.isSafeInteger(read)) return read
  const exact = BigInt(value)
  return BigInt.asIntN(64, exact) === exact ? String(exact) : UNFIT
}

/** Every attribute that a profile may have, with what its value must be. */
const readers: Readonly<Record<string, AttributeReader>> = {
  additional_instructions: text,
  annotations: truth,
  case_sensitive_values: truth,
  comments: truth,
  constraints: truth,
  conversation: truth,
  conversation_length: numberBetween(0, 100, true),
  credential_name: text,
  embedding_model: text,
  enable_custom_source_uri: truth,
  enable_source_offsets: truth,
  enable_sources: truth,
  enforce_object_list: truth,
  max_tokens: numberBetween(1, 1_000_000, true),
  model: text,
  object_list: objectList,
  object_list_mode: oneOf('all', 'automated'),
  provider: oneOf('anthropic', 'aws', 'azure', 'cohere', 'database', 'google', 'huggingface', 'oci', 'openai'),
  provider_endpoint: text,
  region: text,
  role: text,
  seed,
  stop_tokens: stopTokens,
  streaming: truth,
  temperature: numberBetween(0, 5, false),
  // As in the database, the index may be made later than the profile that names it.
  vector_index_name: text,
  aws_apiformat: text,
  azure_deployment_name: text,
  azure_embedding_deployment_name: text,
  azure_resource_name: text,
  oci_apiformat: text,
  oci_compartment_id: text,
  oci_endpoint_id: text,
  oci_runtimetype: text,
  source_language: text,
  target_language: text,
}

/**
 * The value as it is kept.
 * @throws OracleError ORA-20047 for an unknown attribute or a value that does not fit.
 */
export function checkAttribute(name: string, value: unknown): unknown {
  const reader = Object.hasOwn(readers, name.toLowerCase()) ? readers[name.toLowerCase()] : undefined
  if (reader === undefined) throw new OracleError(20047, `Invalid profile attribute - ${name}`)
  const kept = reader(value)
  if (kept === UNFIT) throw new OracleError(20047, `Invalid value for profile attribute - ${name}`)
  return kept
}

/** @throws OracleError ORA-20047 */
export function checkProvider(attributes: ProfileAttributes): void {
  if (attributes.provider === undefined && attributes.provider_endpoint === undefined) {
    throw new OracleError(20047, 'Either provider or provider_endpoint must be specified')
  }
}
