import type { Model } from '@select-ai/emulator'

/** Answers at once, except prompts that start with `hold`: those wait until `release` is called. */
export interface HeldModel extends Model {
  holding(count: number): Promise<void>
  release(): void
}

export function heldModel(): HeldModel {
  const held = new Set<() => void>()
  let look = (): void => {}
  return {
    name: 'held',
    holding: (count) =>
      new Promise((resolve) => {
        look = () => held.size >= count && resolve()
        look()
      }),
    release() {
      for (const go of held) go()
      held.clear()
    },
    async chat({ prompt, signal }) {
      if (prompt.startsWith('hold')) {
        await new Promise<void>((resolve, reject) => {
          held.add(resolve)
          signal.addEventListener('abort', () => reject(signal.reason), { once: true })
          look()
        })
      }
      return `echo: ${prompt}`
    },
    generateSql: async () => ({ sql: 'SELECT COUNT(*) AS "PROMOTIONS" FROM "SH"."PROMOTIONS"' }),
    explainSql: async ({ sql }) => `It counts: ${sql}`,
    narrate: async ({ rows }) => `The result has ${rows.length} row.`,
  }
}
