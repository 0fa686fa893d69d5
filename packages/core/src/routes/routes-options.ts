import type { RouteAction } from './actions.ts'
import type { RoutePool } from './route-pool.ts'

/** What to mount, and what its clients may do. */
export interface RoutesOptions {
  /** Who answers. It is used, never closed. */
  readonly pool: RoutePool
  /**
   * The actions to mount; no other gets a path. `run_sql` and `narrate` run SQL that a model wrote, so list them only
   * when the pool's database user may see nothing but what every client may see.
   */
  readonly actions: readonly RouteAction[]
  /**
   * The profiles that clients may name: a list, or an object with a policy for each name. Any other name gets the
   * same 404 as a profile that the database does not have.
   */
  readonly profiles: readonly string[] | Readonly<Record<string, ProfilePolicy>>
  /** The profile of a request that names none. Default: the only one of `profiles`; with several, none. */
  readonly defaultProfile?: string
  /** The longest prompt, in characters (Unicode code points). Default: 4000. */
  readonly maxPromptCharacters?: number
  /** The largest body of a POST, in bytes. A larger one gets 413. Default: 65536. */
  readonly maxBodyBytes?: number
  /** Milliseconds of silence after which an event stream sends a comment, to keep proxies patient. Default: 15000. */
  readonly heartbeatMs?: number
  /** Milliseconds that the reader of an event stream may stop reading before the stream is cut off. Default: 30000. */
  readonly stallTimeoutMs?: number
  /** The most rows that `run_sql` passes on; `truncated` says whether there were more. Default: 1000. */
  readonly maxRows?: number
  /** Milliseconds for the whole call, the wait for a connection included. Default: the pool's own. */
  readonly timeoutMs?: number
  /** Put before the path of every action, for example `/ai`. The health routes stay at the root. Default: none. */
  readonly prefix?: string
  /** Whether to mount `/livez` and `/readyz`. Default: true. */
  readonly health?: boolean
  /** Asked by `/readyz`: true once the process has begun to stop. Default: only the pool is asked. */
  readonly isDraining?: () => boolean
  /**
   * Told of every call that failed, for the host's logger. What it throws is ignored.
   * The error may carry the driver's own words in `cause`; none of it reaches the client.
   */
  readonly onError?: (error: unknown, context: RouteErrorContext) => void
}

/** What clients may do with one profile. */
export interface ProfilePolicy {
  /** The actions for which the profile may be used. Default: all that are mounted. */
  readonly actions?: readonly RouteAction[]
}

/** Where a call failed, and what its client was told. */
export interface RouteErrorContext {
  /** The identifier that the client was given. */
  readonly requestId: string
  /** Name of the route, for example `chat`. */
  readonly route: string
  /** The HTTP status of the response; 499 when the client had gone. */
  readonly status: number
  /** The code in the response's body. */
  readonly code: string
}
