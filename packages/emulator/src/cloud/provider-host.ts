type Attributes = Readonly<Record<string, unknown>>

/** Where the provider of a profile is reached. */
export interface ProviderHost {
  /** Lower case. */
  readonly host: string
  readonly port: number
}

const hosts: Readonly<Record<string, (attributes: Attributes) => string>> = {
  anthropic: () => 'api.anthropic.com',
  aws: ({ region = 'us-east-1' }) => `bedrock-runtime.${region}.amazonaws.com`,
  azure: ({ azure_resource_name }) => `${azure_resource_name}.openai.azure.com`,
  cohere: () => 'api.cohere.ai',
  google: () => 'generativelanguage.googleapis.com',
  huggingface: () => 'api-inference.huggingface.co',
  openai: () => 'api.openai.com',
}

/** The host that a profile's questions go to; undefined for OCI and the database itself, which need no network access. */
export function providerHost(attributes: Attributes): ProviderHost | undefined {
  const { provider, provider_endpoint: endpoint } = attributes
  if (provider === 'oci') return undefined
  if (typeof endpoint === 'string') return endpointHost(endpoint)
  const host = typeof provider === 'string' ? hosts[provider]?.(attributes) : undefined
  return host === undefined ? undefined : { host: host.toLowerCase(), port: 443 }
}

/** An endpoint is a host with or without scheme, port and path. */
function endpointHost(endpoint: string): ProviderHost {
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(endpoint) ? endpoint : `https://${endpoint}`
  if (!URL.canParse(address)) return { host: endpoint.toLowerCase(), port: 443 }
  const { hostname, port, protocol } = new URL(address)
  return { host: hostname, port: Number(port) || (protocol === 'http:' ? 80 : 443) }
}
