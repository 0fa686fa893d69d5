import type {
  ChatRequest,
  ExplainRequest,
  Model,
  NarrateRequest,
  SqlAnswer,
  SqlRequest,
  SummarizeRequest,
  TranslateRequest,
} from '@select-ai/emulator'

/**
 * Does what the prompt says: `hold` waits until the call is broken, `fail <text>` fails, `history` tells the prompts before,
 * `text <text>` is answered with the text, `steer` with what would colour a terminal. As SQL the rest after `sql ` is taken as it is.
 */
export class ScriptedModel implements Model {
  readonly name = 'scripted'
  /** How many questions are waiting. */
  held = 0
  /** How many questions were broken off while they waited. */
  broken = 0

  async chat({ prompt, history, signal }: ChatRequest): Promise<string> {
    if (prompt === 'hold') return this.#hold(signal)
    if (prompt.startsWith('fail ')) throw new Error(prompt.slice('fail '.length))
    if (prompt.startsWith('text ')) return prompt.slice('text '.length)
    if (prompt === 'steer') return '\u001b[41mred'
    if (prompt === 'history') return JSON.stringify(history.map((turn) => turn.prompt))
    return `You said: ${prompt}`
  }

  async generateSql({ prompt, signal }: SqlRequest): Promise<SqlAnswer> {
    if (prompt === 'hold') return { sql: await this.#hold(signal) }
    if (prompt.startsWith('sql ')) return { sql: prompt.slice('sql '.length) }
    return { refusal: 'I cannot make SQL of that.' }
  }

  async explainSql({ sql }: ExplainRequest): Promise<string> {
    return `${sql}\n\nexplained`
  }

  async narrate({ rows }: NarrateRequest): Promise<string> {
    return `There are ${rows.length} rows.`
  }

  async summarize({ content, userPrompt }: SummarizeRequest): Promise<string> {
    return `Summary of "${content.trim()}", minding ${userPrompt ?? 'nothing'}`
  }

  async translate({ text, sourceLanguage, targetLanguage }: TranslateRequest): Promise<string> {
    return `${text} from ${sourceLanguage} to ${targetLanguage}`
  }

  #hold(signal: AbortSignal): Promise<never> {
    this.held += 1
    return new Promise((_resolve, reject) => {
      const stop = (): void => {
        this.held -= 1
        this.broken += 1
        reject(signal.reason)
      }
      signal.addEventListener('abort', stop, { once: true })
    })
  }
}
