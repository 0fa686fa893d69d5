import type { ProfileAttributeChanges, ProfileAttributes, ProfileDefinition } from '@select-ai/core'

export const azure: ProfileAttributes = { provider: 'azure', azure_resource_name: 'r', azure_deployment_name: 'd' }
export const oci: ProfileAttributes = { provider: 'oci', oci_apiformat: 'COHERE', object_list: [{ owner: 'SH' }] }
export const aws: ProfileAttributes = { provider: 'aws', region: 'us-east-1', aws_apiformat: 'ANTHROPIC' }
export const cohere: ProfileAttributes = { provider: 'cohere', stop_tokens: [';'], temperature: 0.5 }
export const endpoint: ProfileAttributes = { provider_endpoint: 'api.x.ai', model: 'm' }
export const other: ProfileAttributes = { provider: 'someone', someones_attribute: { deep: [1] } }
export const newer: ProfileAttributes = { provider: 'openai', newer_attribute: 'text' }
export const newerOfOci: ProfileAttributes = { provider: 'oci', oci_apiformat: 'GENERIC', newer_attribute: 1 }

export const seeds: ProfileAttributes[] = [
  { provider: 'openai', seed: 7, role: 'You are terse.', conversation_length: 5 },
  { provider: 'openai', seed: '9223372036854775807' },
]
// @ts-expect-error a number as text
export const length: ProfileAttributes = { provider: 'openai', conversation_length: '5' }

// @ts-expect-error attributes of another provider
export const foreign: ProfileAttributes = { provider: 'openai', azure_resource_name: 'r' }
// @ts-expect-error attributes of another provider
export const foreignToo: ProfileAttributes = { provider: 'oci', aws_apiformat: 'ANTHROPIC' }
// @ts-expect-error attributes of a provider without one
export const withoutProvider: ProfileAttributes = { provider_endpoint: 'api.x.ai', oci_endpoint_id: 'ocid' }
// @ts-expect-error neither provider nor endpoint
export const neither: ProfileAttributes = { model: 'm' }
// @ts-expect-error a number as text
export const textual: ProfileAttributes = { provider: 'openai', max_tokens: '1024' }
// @ts-expect-error a boolean as text, whoever the provider is
export const yes: ProfileAttributes = { provider: 'someone', comments: 'yes' }
// @ts-expect-error an object list without owner
export const ownerless: ProfileAttributes = { provider: 'openai', object_list: [{ name: 'SALES' }] }
// @ts-expect-error a format that does not exist
export const format: ProfileAttributes = { provider: 'oci', oci_apiformat: 'XML' }
// @ts-expect-error null is no value
export const nothing: ProfileAttributes = { provider: 'openai', model: null }

export const changes: ProfileAttributeChanges[] = [{ temperature: 0 }, { azure_deployment_name: 'd' }, { newer: 1 }]
// @ts-expect-error a change of two providers' attributes at once
export const mixed: ProfileAttributeChanges = { azure_deployment_name: 'd', oci_endpoint_id: 'ocid' }
// @ts-expect-error a change to a wrong type
export const wrong: ProfileAttributeChanges = { temperature: 'hot' }

export const definition: ProfileDefinition = { attributes: azure, description: undefined, enabled: false }
// @ts-expect-error a part that does not exist
export const parts: ProfileDefinition = { attributes: azure, status: 'enabled' }

export function deploymentOf(attributes: ProfileAttributes): string | undefined {
  // @ts-expect-error the attributes of Azure are text only when the provider is
  const early: string = attributes.azure_deployment_name
  void early
  return attributes.provider === 'azure' ? attributes.azure_deployment_name : undefined
}
