import type { Model } from '@select-ai/emulator'

/** 450,000 UTF-16 code units and 900,000 bytes, more than the sockets of a connection take. */
export const longAnswer: string = `x${'😀é'.repeat(150_000)}`.slice(0, -1)

/**
 * A model for tests: it echoes, holds every prompt that starts with `hold` until the test lets go, and has a long answer for
 * every prompt that starts with `long`.
 */
export interface HeldModel extends Model {
  /** How many calls are being held. */
  readonly held: number
  /** Resolves as soon as so many calls are being held. */
  holding(count: number): Promise<void>
  /** Lets every held call go on. */
  release(): void
}

export function heldModel(): HeldModel {
  const gates = new Set<() => void>()
  const watchers = new Set<() => void>()
  const pass = (prompt: string, signal: AbortSignal): Promise<void> => {
    if (!prompt.startsWith('hold')) return Promise.resolve()
    return new Promise((resolve, reject) => {
      const leave = (settle: () => void): void => {
        gates.delete(open)
        settle()
      }
      const open = (): void => leave(resolve)
      signal.addEventListener('abort', () => leave(() => reject(signal.reason)), { once: true })
      gates.add(open)
      for (const watcher of watchers) watcher()
    })
  }
  return {
    name: 'held',
    get held() {
      return gates.size
    },
    holding: (count) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (gates.size < count) return
          watchers.delete(look)
          resolve()
        }
        watchers.add(look)
        look()
      }),
    release() {
      for (const open of [...gates]) open()
    },
    async chat({ prompt, signal }) {
      await pass(prompt, signal)
      if (prompt.startsWith('fail')) throw new Error(`the provider of ${prompt} is down`)
      return prompt.startsWith('long') ? longAnswer : `echo: ${prompt}`
    },
    async generateSql({ prompt, signal }) {
      await pass(prompt, signal)
      if (prompt.startsWith('refuse')) return { refusal: `no statement for ${prompt}` }
      return { sql: 'SELECT COUNT(*) AS "PROMOTIONS" FROM "SH"."PROMOTIONS"' }
    },
    explainSql: async ({ sql }) => `It counts: ${sql}`,
    narrate: async ({ rows }) => `The result has ${rows.length} row.`,
  }
}
