import type { ChatRequest, ExplainRequest, Model, NarrateRequest, SqlAnswer, SqlRequest } from '@select-ai/emulator'

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

  /** Resolves when `count` calls are being held. */
  async holding(count: number): Promise<void> {
    while (this.held.length < count) await new Promise<void>((resolve) => this.#watchers.add(resolve))
  }

  /** Answers the call that was held first. */
  answerFirst(text = 'held'): void {
    this.held[0]?.answer(text)
  }

  #hold({ prompt, signal }: ChatRequest): Promise<string> {
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
