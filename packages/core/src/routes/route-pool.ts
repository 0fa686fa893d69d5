/** What the routes need from a pool. `SelectAIPool` has it; so has anything else of this shape. */
export interface RoutePool {
  /** The profile of that name, without asking the database. */
  profile(name: string): RouteProfile
  /** Whether a call would be served, from memory. */
  health(): { readonly state: RouteHealthState }
}

/** The states of `SelectAIPool.health()`. */
export type RouteHealthState = 'ready' | 'saturated' | 'draining' | 'closed' | 'database-down'

/** What the routes need from a profile. */
export interface RouteProfile {
  /** Asked by `chat`. */
  chat(prompt: string, options: RouteCallOptions): Promise<string>
  /** Asked by `show_sql`. */
  showSql(prompt: string, options: RouteCallOptions): Promise<string>
  /** Asked by `explain_sql`. */
  explainSql(prompt: string, options: RouteCallOptions): Promise<string>
  /** Asked by `run_sql`. */
  runSql(
    prompt: string,
    options: RouteCallOptions,
  ): Promise<{ readonly rows: readonly unknown[]; readonly columns: readonly unknown[] }>
  /** Asked by `narrate`. */
  narrate(prompt: string, options: RouteCallOptions): Promise<string>
  /** Asked by `show_prompt`. */
  showPrompt(prompt: string, options: RouteCallOptions): Promise<string>
}

/** What the routes pass to each call. */
export interface RouteCallOptions {
  /** Who asks, for example `GET /chat`; shown among the holders of connections. */
  readonly label: string
  /** Ends the call when it aborts. */
  readonly signal?: AbortSignal | undefined
  /** Milliseconds for the whole call. */
  readonly timeoutMs?: number | undefined
  /** To be told when the call gets its connection, and when it reads a long answer. A pool may leave it out. */
  readonly onPhase?: (phase: 'calling' | 'reading') => void
}
