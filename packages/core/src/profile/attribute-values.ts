import {
  type AttributeTypes,
  isFilledText,
  largeWholeNumber,
  list,
  number,
  text,
  texts,
  truth,
  wholeNumber,
} from '../attributes/attribute-types.ts'
import { isPlainObject } from '../pool/check-values.ts'

const objectList = list('an array of { owner, name? }, both texts that are not blank', isObjectListEntry)

/** The attributes of profiles that are known here. Others stay as they are. */
export const profileAttributeTypes: AttributeTypes = new Map(
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
    conversation_length: wholeNumber,
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
    role: text,
    seed: largeWholeNumber,
    source_language: text,
    stop_tokens: texts,
    target_language: text,
    temperature: number,
    vector_index_name: text,
  }),
)

function isObjectListEntry(value: unknown): boolean {
  if (!isPlainObject(value)) return false
  const { owner, name, ...others } = value
  return isFilledText(owner) && (name === undefined || isFilledText(name)) && Object.keys(others).length === 0
}
