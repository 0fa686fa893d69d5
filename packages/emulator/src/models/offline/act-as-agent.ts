import type { AgentObservation, AgentRequest, AgentStep, AgentToolDescription } from '../model.ts'
import { stemsOf } from './tokens.ts'

const DATA =
  /\b(how (many|much)|number of|count|total|sum|average|list|show|which|top|most|least|highest|lowest|rows?)\b/i
const DOCUMENTS = /\b(documents?|manuals?|polic(y|ies)|guides?|handbooks?|papers?|according to|say about)\b/i
const WEB = /\b(web|internet|online|news)\b/i
const MESSAGE = /\b(notify|notification|e-?mail|mail|slack|send|message)\b/i
/** Where a sentence stops asking for an answer and asks for a message. */
const ORDER_TO_SEND =
  /(?:^\s*|,\s*|\b(?:and|then|please)\s+)(?:(?:and|then|please)\s+)*(?:send|notify|mail|e-?mail|message|post)\b/i
/** What a task says to have its agent ask somebody. */
const ORDER_TO_ASK = /\b(?:ask|check with)\s+(?:the\s+|a\s+)?(?:user|human|customer|person|caller)\b/i

/** Words that tell nothing about what a tool is for. */
const COMMON = new Set(
  'about agent answer from give have into name only question return that them then this tool turn use used user what when which with your'.split(
    ' ',
  ),
)

/**
 * An agent by rules: it asks a human once when its task says so, uses one tool that fits the question, sends what came of it when it is
 * to send something, and then answers with what its tools gave.
 */
export function actAsAgent(request: AgentRequest): AgentStep {
  const question = humanQuestion(request)
  if (question !== undefined) return { ask: question }
  const used = request.steps.filter((step) => 'tool' in step)
  const messenger = request.tools.find(({ type }) => type === 'NOTIFICATION')
  if (used.length === 0) {
    const tool = chooseTool(request)
    if (tool !== undefined) return { tool: tool.name, input: inputFor(tool, withoutOrders(wishOf(request))) }
  }
  const wantsMessage = MESSAGE.test(`${request.instruction} ${request.prompt}`)
  if (messenger !== undefined && wantsMessage && !used.some(({ tool }) => tool === messenger.name)) {
    return { tool: messenger.name, input: inputFor(messenger, resultOf(used) ?? wishOf(request)) }
  }
  return { answer: resultOf(used) ?? plainAnswer(request) }
}

function humanQuestion({ mayAskHuman, instruction, steps }: AgentRequest): string | undefined {
  if (!mayAskHuman || steps.some((step) => 'asked' in step)) return undefined
  return sentencesOf(instruction)
    .find((sentence) => ORDER_TO_ASK.test(sentence))
    ?.trim()
}

/** The question, with what humans answered and the task before found out. */
function wishOf({ prompt, instruction, input, steps }: AgentRequest): string {
  const answers = steps.flatMap((step) => ('answered' in step ? [step.answered] : []))
  return [prompt || instruction, ...answers, ...(prompt === '' && input !== undefined ? [input] : [])].join(' ')
}

function withoutOrders(wish: string): string {
  const kept = sentencesOf(wish).map((sentence) => {
    const at = sentence.search(ORDER_TO_SEND)
    return at === -1 ? sentence : sentence.slice(0, at)
  })
  return kept.join('').trim() || wish
}

function sentencesOf(text: string): readonly string[] {
  return text.split(/(?<=[.!?\n])/)
}

function chooseTool(request: AgentRequest): AgentToolDescription | undefined {
  const { prompt, instruction } = request
  const tools = request.tools.filter(({ type }) => type !== 'NOTIFICATION')
  const wish = prompt === '' ? instruction : prompt
  const byWords = bestByWords(tools, wish)
  if (byWords !== undefined) return byWords
  const wanted: readonly [RegExp, string][] = [
    [DOCUMENTS, 'RAG'],
    [DATA, 'SQL'],
    [WEB, 'WEBSEARCH'],
    [WEB, 'HTTP'],
  ]
  const byKind = wanted.flatMap(([words, type]) => (words.test(wish) ? tools.filter((tool) => tool.type === type) : []))
  // Without a hint, what answers from the database comes first; a function of unknown purpose is not run for nothing.
  return byKind[0] ?? tools.find(({ type }) => type === 'SQL' || type === 'RAG' || type === 'AGENT')
}

/** The tool of one's own, or the agent, whose name and description share most words with the question. */
function bestByWords(tools: readonly AgentToolDescription[], wish: string): AgentToolDescription | undefined {
  const words = new Set(wordsOf(wish))
  const scored = tools
    .filter(({ type }) => type === 'FUNCTION' || type === 'AGENT' || type === 'HTTP')
    .map((tool) => ({ tool, score: new Set(wordsOf(textOf(tool)).filter((word) => words.has(word))).size }))
    .sort((a, b) => b.score - a.score)
  return scored[0] !== undefined && scored[0].score > 0 ? scored[0].tool : undefined
}

function textOf({ name, description, instruction }: AgentToolDescription): string {
  return [name, description, instruction].join(' ')
}

function wordsOf(text: string): readonly string[] {
  return stemsOf(text).filter((stem) => stem.length > 3 && !COMMON.has(stem))
}

/** One input gets all that is wished; several get its numbers and quoted texts, in their order. */
function inputFor({ inputs }: AgentToolDescription, wish: string): Record<string, string> {
  const values = [...wish.matchAll(/"([^"]+)"|'([^']+)'|(?<![\w.])(\d+(?:\.\d+)?)(?!\w)/g)].map(
    ([, double, single, number]) => double ?? single ?? number ?? '',
  )
  const [first] = inputs
  if (first === undefined) return {}
  if (inputs.length === 1) return { [first.name]: takesText(first.name) ? wish : (values[0] ?? wish) }
  return Object.fromEntries(
    inputs.flatMap(({ name }, index) => (values[index] === undefined ? [] : [[name, values[index]]])),
  )
}

function takesText(name: string): boolean {
  return /query|question|prompt|text|message|input/i.test(name)
}

function resultOf(used: readonly Extract<AgentObservation, { readonly tool: string }>[]): string | undefined {
  return used.length === 0 ? undefined : used.map(({ output }) => output).join('\n\n')
}

function plainAnswer({ agent, input, prompt }: AgentRequest): string {
  const known = input === undefined ? '' : ` What the task before me found out is: ${input}`
  const asked = prompt === '' ? '' : ` You asked: "${prompt}".`
  return `I am the agent ${agent.name}, led by the rules of the offline model and no language model, and I have no tool for this.${asked}${known}`
}
