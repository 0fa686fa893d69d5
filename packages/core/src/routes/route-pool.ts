/** What the routes need from a pool. `SelectAIPool` has it; so has anything else of this shape. */
export interface RoutePool {
  profile(name: string): RouteProfile
  health(): { readonly state: RouteHealthState }
}

/** The states of `SelectAIPool.health()`. */
export type RouteHealthState = 'ready' | 'saturated' | 'draining' | 'closed' | 'database-down'

/** What the routes need from a profile. */
export interface RouteProfile {
  chat(prompt: string, options: RouteCallOptions): Promise<string>
  showSql(prompt: string, options: RouteCallOptions): Promise<string>
  explainSql(prompt: string, options: RouteCallOptions): Promise<string>
  runSql(
    prompt: string,
    options: RouteCallOptions,
  ): Promise<{ readonly rows: readonly unknown[]; readonly columns: readonly unknown[] }>
  narrate(prompt: string, options: RouteCallOptions): Promise<string>
  showPrompt(prompt: string, options: RouteCallOptions): Promise<string>
}

/** What the routes pass to each call. */
export interface RouteCallOptions {
  readonly label: string
  readonly signal?: AbortSignal
  readonly timeoutMs?: number
  /** To be told when the call gets its connection, and when it reads a long answer. A pool may leave it out. */
  readonly onPhase?: (phase: 'calling' | 'reading') => void
}
