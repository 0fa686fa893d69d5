import { AgentCard } from '@a2a-js/sdk'
import { duplicateInterfacesForLegacy } from '@a2a-js/sdk/compat/v0_3'
import type { SelectAIPool } from '@select-ai/core'
import { checkFilledText, checkUrl } from './a2a-options.ts'

/** Path of the JSON-RPC route below the public URL. */
export const rpcPath = '/a2a/jsonrpc/'

/** Path of the agent card below the public URL. */
export const agentCardPath = '/.well-known/agent-card.json'

/** The versions of the protocol that the server speaks. */
export type A2AProtocolVersion = '0.3' | '1.0'

/** What an agent card is made from. */
export interface AgentCardOptions {
  /** Asked for the description of the team, unless `description` is given. */
  readonly pool: Pick<SelectAIPool, 'team'>
  /** The agent team. */
  readonly team: string
  /** Where clients reach the server. */
  readonly publicUrl: string
  /** What the team can do. Default: the description of the team in the database. */
  readonly description?: string | undefined
  /** Version of the agent. Default: `1.0.0`. */
  readonly version?: string | undefined
  /** The form of the card. Default: `0.3`, with the interfaces of 1.0 added, which clients of both read. */
  readonly protocolVersion?: A2AProtocolVersion | undefined
}

const textModes = ['text/plain']

/**
 * Makes the agent card of a team as JSON data, without a server: what `/.well-known/agent-card.json` gives.
 *
 * @throws SelectAIArgumentError for a wrong option, AgentObjectNotFoundError when the user has no such team
 *
 * @example
 * const card = await createAgentCard({ pool, team: 'SALES_TEAM', publicUrl: 'https://agents.example.com' })
 * console.log(JSON.stringify(card, null, 2))
 */
export async function createAgentCard(options: AgentCardOptions): Promise<Readonly<Record<string, unknown>>> {
  const publicUrl = checkUrl('publicUrl', options.publicUrl)
  checkFilledText('team', options.team)
  return agentCardDocument(await readAgentCard({ ...options, publicUrl }), options.protocolVersion)
}

/** The card as the protocol library has it; one round trip or two unless the description is given. */
export async function readAgentCard(
  options: Pick<AgentCardOptions, 'pool' | 'team' | 'publicUrl' | 'description'> & {
    readonly version?: string | undefined
  },
): Promise<AgentCard> {
  const { pool, team, publicUrl, version = '1.0.0' } = options
  const stored = options.description ?? (await pool.team(team).fetch()).description
  const description = stored ?? `The agent team ${team} of Oracle Select AI.`
  return agentCardOf({ name: team, description, publicUrl, version })
}

/** The card of an agent that reads and writes text. */
export function agentCardOf(about: {
  readonly name: string
  readonly description: string
  readonly publicUrl: string
  readonly version: string
}): AgentCard {
  const { name, description, publicUrl, version } = about
  const rpc = { url: `${publicUrl}${rpcPath}`, protocolBinding: 'JSONRPC', protocolVersion: '1.0', tenant: '' }
  return {
    name,
    description,
    version,
    supportedInterfaces: duplicateInterfacesForLegacy([rpc], [rpc.protocolBinding]),
    provider: undefined,
    capabilities: { streaming: true, pushNotifications: false, extensions: [], extendedAgentCard: false },
    securitySchemes: {},
    securityRequirements: [],
    defaultInputModes: textModes,
    defaultOutputModes: textModes,
    skills: [
      {
        id: name.toLowerCase(),
        name,
        description,
        tags: ['select-ai', 'database'],
        examples: [],
        inputModes: textModes,
        outputModes: textModes,
        securityRequirements: [],
      },
    ],
    signatures: [],
  }
}

/** The card in the form of one version. */
export function agentCardDocument(
  card: AgentCard,
  protocolVersion: A2AProtocolVersion = '0.3',
): Readonly<Record<string, unknown>> {
  const current = AgentCard.toJSON(card) as Readonly<Record<string, unknown>>
  if (protocolVersion === '1.0') return current
  const [{ url, protocolBinding } = { url: '', protocolBinding: '' }] = card.supportedInterfaces
  return { ...current, protocolVersion: '0.3', url, preferredTransport: protocolBinding }
}
