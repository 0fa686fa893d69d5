import type {
  AgentRequest,
  AgentStep,
  ChatRequest,
  ExplainRequest,
  Model,
  NarrateRequest,
  SqlAnswer,
  SqlRequest,
  SummarizeRequest,
  TranslateRequest,
} from '@select-ai/emulator'

interface HeldCall {
  readonly prompt: string
  answer(text: string): void
}

/**
 * Does what the prompt says: `hold ...` waits until the test answers or the call is broken, `answer <n>` gives n characters,
 * `fail <text>` fails, `history` tells the prompts before; everything else is echoed. As SQL the rest after `sql ` is taken as it is.
 */
export class ScriptedModel implements Model {
  readonly name = 'scripted'
  readonly held: HeldCall[] = []
  readonly #watchers = new Set<() => void>()

  async chat(request: ChatRequest): Promise<string> {
    const { prompt } = request
    if (prompt.startsWith('hold')) return this.#hold(request)
    if (prompt.startsWith('answer ')) return 'x'.repeat(Number(prompt.slice('answer '.length)))
    if (prompt.startsWith('text ')) return prompt.slice('text '.length)
    if (prompt.startsWith('fail ')) throw new Error(prompt.slice('fail '.length))
    if (prompt === 'history') return JSON.stringify(request.history.map((turn) => turn.prompt))
    if (prompt === 'attributes') return JSON.stringify(request.attributes)
    return `echo of ${prompt.length} characters`
  }

  async generateSql({ prompt }: SqlRequest): Promise<SqlAnswer> {
    if (prompt.startsWith('sql ')) return { sql: prompt.slice('sql '.length) }
    return { refusal: 'I cannot make SQL of that.' }
  }

  async explainSql({ sql }: ExplainRequest): Promise<string> {
    return `${sql}\n\nexplained`
  }

  async narrate({ rows }: NarrateRequest): Promise<string> {
    return `There are ${rows.length} rows.`
  }

  /** `hold ...` and `answer <n>` as in a chat; otherwise what was asked, as JSON. */
  async summarize({ attributes: _, signal, ...asked }: SummarizeRequest): Promise<string> {
    const prompt = asked.content
    if (prompt.startsWith('hold')) return this.#hold({ prompt, signal })
    return prompt.startsWith('answer ') ? 'x'.repeat(Number(prompt.slice('answer '.length))) : JSON.stringify(asked)
  }

  /** As `summarize`. */
  async translate({ attributes: _, signal, ...asked }: TranslateRequest): Promise<string> {
    const prompt = asked.text
    if (prompt.startsWith('hold')) return this.#hold({ prompt, signal })
    return prompt.startsWith('answer ') ? 'x'.repeat(Number(prompt.slice('answer '.length))) : JSON.stringify(asked)
  }

  /**
   * `ask ...` asks a human, `use <tool> ...` uses a tool with the rest as its input; what comes of it is the answer. Otherwise as
   * `chat`, but for an echo that tells agent, instruction and input.
   */
  async actAsAgent(request: AgentRequest): Promise<AgentStep> {
    const { agent, instruction, input, prompt, steps, tools } = request
    const last = steps.at(-1)
    if (last !== undefined) return { answer: 'output' in last ? last.output : `answered ${last.answered}` }
    if (prompt.startsWith('ask ')) return { ask: prompt.slice('ask '.length) }
    const [, name, rest] = /^use (\S+) (.*)$/.exec(prompt) ?? []
    const tool = tools.find((each) => each.name === name?.toUpperCase())
    if (tool !== undefined) return { tool: tool.name, input: { [tool.inputs[0]?.name ?? 'query']: rest ?? '' } }
    if (/^(hold|answer |fail |history)/.test(prompt)) return { answer: await this.chat(request) }
    return { answer: [`${agent.name}: ${instruction}`, input].filter((part) => part !== undefined).join(' after ') }
  }

  /** Resolves when `count` calls are being held. */
  async holding(count: number): Promise<void> {
    while (this.held.length < count) await new Promise<void>((resolve) => this.#watchers.add(resolve))
  }

  /** Answers the call that is held with that prompt. */
  answer(prompt: string, text = 'held'): void {
    const call = this.held.find((held) => held.prompt === prompt)
    if (call === undefined) throw new Error(`Nothing is held with the prompt ${prompt}.`)
    call.answer(text)
  }

  /** Answers the call that was held first. */
  answerFirst(text = 'held'): void {
    this.held[0]?.answer(text)
  }

  #hold({ prompt, signal }: Pick<ChatRequest, 'prompt' | 'signal'>): Promise<string> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.held.splice(this.held.indexOf(call), 1)
        signal.removeEventListener('abort', stop)
      }
      const stop = (): void => {
        leave()
        reject(signal.reason)
      }
      const call: HeldCall = {
        prompt,
        answer: (text) => {
          leave()
          resolve(text)
        },
      }
      this.held.push(call)
      signal.addEventListener('abort', stop, { once: true })
      for (const watcher of this.#watchers) watcher()
      this.#watchers.clear()
    })
  }
}
