import type {
  AgentAttributes,
  AgentTaskAttributes,
  AgentTeamAttributes,
  AgentToolAttributes,
  SelectAIPool,
  TeamImport,
} from '@select-ai/core'

export const sql: AgentToolAttributes = { toolType: 'SQL', toolParams: { profileName: 'P', max_rows: 3 } }
export const own: AgentToolAttributes = { function: 'F', toolInputs: [{ name: 'x' }], newer_attribute: 1 }
export const human: AgentToolAttributes = { toolType: 'HUMAN' }
export const slack: AgentToolAttributes = {
  toolType: 'NOTIFICATION',
  toolParams: { notificationType: 'slack', credentialName: 'C', channel: '#c' },
}
export const fax: AgentToolAttributes = { toolType: { other: 'FAX' }, toolParams: { number: '1' } }

// @ts-expect-error a SQL tool without its profile
export const noProfile: AgentToolAttributes = { toolType: 'SQL', toolParams: {} }
// @ts-expect-error a SQL tool without parameters
export const noParams: AgentToolAttributes = { toolType: 'SQL' }
// @ts-expect-error an HTTP tool without its credential
export const noCredential: AgentToolAttributes = { toolType: 'HTTP', toolParams: { endpoint: 'x' } }
// @ts-expect-error a message to Slack without a channel
export const noChannel: AgentToolAttributes = {
  toolType: 'NOTIFICATION',
  toolParams: { notificationType: 'slack', credentialName: 'C' },
}
// @ts-expect-error a kind that does not exist
export const misspelt: AgentToolAttributes = { toolType: 'SLQ', toolParams: { profileName: 'P' } }
// @ts-expect-error neither a kind nor a function
export const neither: AgentToolAttributes = { instruction: 'Help' }
// @ts-expect-error a kind with a function
export const both: AgentToolAttributes = { toolType: 'SQL', toolParams: { profileName: 'P' }, function: 'F' }

// @ts-expect-error an agent without a role
export const noRole: AgentAttributes = { profileName: 'P' }
// @ts-expect-error a task without an instruction
export const noInstruction: AgentTaskAttributes = { tools: [] }
// @ts-expect-error a member without a task
export const noTask: AgentTeamAttributes = { agents: [{ name: 'A' }] }
// @ts-expect-error another process
export const magic: AgentTeamAttributes = { agents: [{ name: 'A', task: 'T' }], process: 'magic' }

export const fromText: TeamImport = { profileName: 'P', specification: '{}' }
export const fromPlace: TeamImport = { profileName: 'P', location: 'l', credentialName: 'c', force: true }
// @ts-expect-error a place without its credential
export const half: TeamImport = { profileName: 'P', location: 'l' }
// @ts-expect-error a place and a specification
export const twice: TeamImport = { profileName: 'P', location: 'l', credentialName: 'c', specification: '{}' }

export async function use(pool: SelectAIPool, tool: AgentToolAttributes): Promise<string | undefined> {
  await pool.agent('A').setAttributes({ role: 'You help' })
  // @ts-expect-error a change to a wrong type
  await pool.agent('A').setAttributes({ role: 1 })
  const text: string = await pool.team('T').export()
  // @ts-expect-error a team that is exported to a place is no text
  const place: string = await pool.team('T').export({ location: 'l', credentialName: 'c' })
  void place
  if (tool.toolType === 'SQL') return tool.toolParams.profileName
  if (tool.toolType === undefined) return tool.function
  return text
}
