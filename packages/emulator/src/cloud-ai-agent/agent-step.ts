import type { AgentRequest, AgentStep, Model } from '../models/model.ts'

/** What an agent does next: the model decides, by its own method or in a chat. */
export async function agentStep(model: Model, request: AgentRequest): Promise<AgentStep> {
  if (model.actAsAgent !== undefined) return model.actAsAgent(request)
  const { history, attributes, signal } = request
  return readStep(await model.chat({ prompt: stepPrompt(request), history, attributes, signal }))
}

function stepPrompt({ agent, instruction, prompt, input, tools, steps, mayAskHuman }: AgentRequest): string {
  const ask = mayAskHuman ? '\nTo ask a human: {"ask": "<question>"}' : ''
  return [
    `You are the agent ${agent.name}. ${agent.role}`,
    `Your task: ${instruction}`,
    prompt === '' ? undefined : `The question: ${prompt}`,
    input === undefined ? undefined : `The result that you build upon: ${input}`,
    tools.length === 0 ? undefined : `Your tools: ${JSON.stringify(tools)}`,
    steps.length === 0 ? undefined : `What was done so far: ${JSON.stringify(steps)}`,
    'Reply with one JSON object and nothing else.',
    `To use a tool: {"tool": "<name>", "input": {"<input>": "<text>"}}${ask}\nWhen the task is done: {"answer": "<text>"}`,
  ]
    .filter((part) => part !== undefined)
    .join('\n\n')
}

/** A reply that is no such object is the answer. */
function readStep(reply: string): AgentStep {
  const step = parse(reply.trim().replace(/^```(?:json)?\s*|\s*```$/g, ''))
  if (typeof step !== 'object' || step === null) return { answer: reply }
  if ('tool' in step && typeof step.tool === 'string') {
    const entries = Object.entries('input' in step ? Object(step.input) : {})
    const input = entries.map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)])
    return { tool: step.tool, input: Object.fromEntries(input) }
  }
  if ('ask' in step && typeof step.ask === 'string') return { ask: step.ask }
  return { answer: 'answer' in step && typeof step.answer === 'string' ? step.answer : reply }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
