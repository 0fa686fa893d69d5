/** What agents are made of: the agents themselves, their tasks and tools, and the teams that run. */
export type AgentObjectKind = 'agent' | 'task' | 'tool' | 'team'
