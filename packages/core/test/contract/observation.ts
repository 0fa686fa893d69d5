declare module 'vitest' {
  interface TaskMeta {
    observation?: Observation
  }
}

/** What a database was seen to do where its documentation leaves it open. */
export interface Observation {
  /** The question. */
  readonly point: string
  /** What was seen, in one line. */
  readonly seen: string
}

/** What a piece of work gives, or the error that it ends with, in one line. */
export async function seen(work: () => Promise<unknown>): Promise<string> {
  try {
    return oneLine(await work())
  } catch (error) {
    return oneLine(rootOf(error).message)
  }
}

function rootOf(error: unknown): Error {
  const { cause } = error as Error
  return cause instanceof Error ? rootOf(cause) : (error as Error)
}

function oneLine(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing')
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return line.length > 300 ? `${line.slice(0, 300)}...` : line
}
