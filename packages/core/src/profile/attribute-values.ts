import { SelectAIArgumentError } from '../errors/select-ai-argument-error.ts'
import { isPlainObject } from '../pool/check-values.ts'

interface AttributeType {
  readonly fits: (value: unknown) => boolean
  /** What the value must be, to follow "must be". */
  readonly expected: string
  /** The value from the text of the dictionary; undefined when the text is not of this type. */
  readonly read: (text: string) => unknown
}

const truth: AttributeType = {
  fits: (value) => typeof value === 'boolean',
  expected: 'true or false',
  read: (text) => ({ true: true, false: false })[text.toLowerCase()],
}

const number: AttributeType = {
  fits: (value) => Number.isFinite(value),
  expected: 'a finite number',
  read: readNumber,
}

const wholeNumber: AttributeType = {
  fits: (value) => Number.isSafeInteger(value),
  expected: 'a whole number',
  read: readNumber,
}

const text: AttributeType = {
  fits: isFilledText,
  expected: 'a text that is not blank',
  read: (value) => value,
}

const texts: AttributeType = {
  fits: (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
  expected: 'an array of texts',
  read: readArray,
}

const objectList: AttributeType = {
  fits: (value) => Array.isArray(value) && value.every(isObjectListEntry),
  expected: 'an array of { owner, name? }, both texts that are not blank',
  read: readArray,
}

/** The attributes of profiles that are known here. Others stay as they are. */
const types: ReadonlyMap<string, AttributeType> = new Map(
  Object.entries({
    additional_instructions: text,
    annotations: truth,
    aws_apiformat: text,
    azure_deployment_name: text,
    azure_embedding_deployment_name: text,
    azure_resource_name: text,
    case_sensitive_values: truth,
    comments: truth,
    constraints: truth,
    conversation: truth,
    credential_name: text,
    embedding_model: text,
    enable_custom_source_uri: truth,
    enable_source_offsets: truth,
    enable_sources: truth,
    enforce_object_list: truth,
    max_tokens: wholeNumber,
    model: text,
    object_list: objectList,
    object_list_mode: text,
    oci_apiformat: text,
    oci_compartment_id: text,
    oci_endpoint_id: text,
    oci_runtimetype: text,
    provider: text,
    provider_endpoint: text,
    region: text,
    seed: wholeNumber,
    source_language: text,
    stop_tokens: texts,
    target_language: text,
    temperature: number,
    vector_index_name: text,
  }),
)

/** @throws SelectAIArgumentError for a value that the attribute cannot have, or that JSON cannot hold. */
export function checkAttributeValue(name: string, value: unknown, argument: string): void {
  const type = types.get(name.toLowerCase())
  if (type !== undefined && !type.fits(value)) {
    throw new SelectAIArgumentError({ argument, message: `must be ${type.expected}.` })
  }
  if (value === null || value === '' || !isJson(value, [])) {
    throw new SelectAIArgumentError({
      argument,
      message: 'must be a value that JSON can hold, neither null nor empty.',
    })
  }
}

/** The value as text, in the form that the dictionary has it in. */
export function attributeText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** The typed value of the text of the dictionary; the text itself for an attribute that is not known, or not of its type. */
export function readAttributeValue(name: string, value: string): unknown {
  return types.get(name)?.read(value) ?? value
}

function isFilledText(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== ''
}

function isObjectListEntry(value: unknown): boolean {
  if (!isPlainObject(value)) return false
  const { owner, name, ...others } = value
  return isFilledText(owner) && (name === undefined || isFilledText(name)) && Object.keys(others).length === 0
}

function isJson(value: unknown, above: readonly unknown[]): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true
  if (typeof value === 'number') return Number.isFinite(value)
  if (above.includes(value)) return false
  const within = [...above, value]
  if (Array.isArray(value)) return value.every((item) => isJson(item, within))
  return isPlainObject(value) && Object.values(value).every((item) => item === undefined || isJson(item, within))
}

function readNumber(value: string): number | undefined {
  const number = Number(value)
  return value.trim() !== '' && Number.isFinite(number) ? number : undefined
}

function readArray(value: string): unknown[] | undefined {
  try {
    const read: unknown = JSON.parse(value)
    return Array.isArray(read) ? read : undefined
  } catch {
    return undefined
  }
}
