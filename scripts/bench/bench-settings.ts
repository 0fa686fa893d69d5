/** What a server under test is told through its environment. */
export interface BenchSettings {
  readonly connectString: string
  readonly user: string
  readonly password: string
  readonly profile: string
  readonly poolMax: number
}

export const frameworks = ['fastify', 'hono', 'koa', 'http'] as const
export type Framework = (typeof frameworks)[number]

export const variants = ['kit', 'by hand'] as const
export type Variant = (typeof variants)[number]
