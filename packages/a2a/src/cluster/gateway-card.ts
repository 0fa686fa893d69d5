import type { AgentCard } from '@a2a-js/sdk'
import { agentCardOf } from '../agent-card.ts'
import { a2uiVersions } from './a2ui.ts'

/** What the card of a gateway is made from. */
export interface GatewayCardOptions {
  readonly name: string
  readonly description: string
  readonly publicUrl: string
  readonly version: string
}

/** The card of a gateway: no team of its own, no streams, and a form for the login. */
export function gatewayCard(options: GatewayCardOptions): AgentCard {
  const card = agentCardOf(options)
  const description = 'A new context is asked for the login of its database with a form.'
  const extensions = a2uiVersions.map(({ uri, catalogIds }) => {
    return { uri, description, required: false, params: { supportedCatalogIds: catalogIds } }
  })
  return { ...card, capabilities: { streaming: false, pushNotifications: false, extensions, extendedAgentCard: false } }
}
