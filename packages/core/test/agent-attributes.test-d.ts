import type {
  AgentAttributes,
  AgentTaskAttributes,
  AgentTeamAttributes,
  AgentToolAttributes,
  OtherToolType,
  SelectAIPool,
  TeamImport,
} from '@select-ai/core'

export const sql: AgentToolAttributes = { tool_type: 'SQL', tool_params: { profile_name: 'P', max_rows: 3 } }
export const own: AgentToolAttributes = { function: 'F', tool_inputs: [{ name: 'x' }], newer_attribute: 1 }
export const human: AgentToolAttributes = { tool_type: 'HUMAN' }
export const slack: AgentToolAttributes = {
  tool_type: 'NOTIFICATION',
  tool_params: { notification_type: 'slack', credential_name: 'C', channel: '#c' },
}
export const fax: AgentToolAttributes = { tool_type: 'FAX' as OtherToolType, tool_params: { number: '1' } }
export const asReadBack: AgentToolAttributes = {
  tool_type: 'NOTIFICATION',
  tool_params: { notification_type: 'EMAIL', credential_name: 'C', recipient: 'r', sender: 's', smtp_host: 'h' },
}

// @ts-expect-error a SQL tool without its profile
export const noProfile: AgentToolAttributes = { tool_type: 'SQL', tool_params: {} }
// @ts-expect-error a SQL tool without parameters
export const noParams: AgentToolAttributes = { tool_type: 'SQL' }
// @ts-expect-error an HTTP tool without its credential
export const noCredential: AgentToolAttributes = { tool_type: 'HTTP', tool_params: { endpoint: 'x' } }
// @ts-expect-error a message to Slack without a channel
export const noChannel: AgentToolAttributes = {
  tool_type: 'NOTIFICATION',
  tool_params: { notification_type: 'slack', credential_name: 'C' },
}
// @ts-expect-error a kind that does not exist
export const misspelt: AgentToolAttributes = { tool_type: 'SLQ', tool_params: { profile_name: 'P' } }
// @ts-expect-error neither a kind nor a function
export const neither: AgentToolAttributes = { instruction: 'Help' }
// @ts-expect-error a kind with a function
export const both: AgentToolAttributes = { tool_type: 'SQL', tool_params: { profile_name: 'P' }, function: 'F' }

// @ts-expect-error an agent without a role
export const noRole: AgentAttributes = { profile_name: 'P' }
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

export async function use(pool: SelectAIPool): Promise<string | undefined> {
  const { attributes: tool } = await pool.tool('T').fetch()
  await pool.agent('A').setAttributes({ role: 'You help' })
  // @ts-expect-error a change to a wrong type
  await pool.agent('A').setAttributes({ role: 1 })
  const text: string = await pool.team('T').export()
  // @ts-expect-error a team that is exported to a place is no text
  const place: string = await pool.team('T').export({ location: 'l', credentialName: 'c' })
  void place
  if (tool.tool_type === 'SQL') return String(tool.tool_params?.profile_name)
  if (tool.tool_type === undefined) return tool.function
  return text
}
