/** A request as the host framework has already parsed it. */
export interface RouteRequest {
  /** Upper case, for example `GET`. */
  readonly method: string
  /** The path without the query string. Only the dispatcher `Routes.handle` reads it. */
  readonly path: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  /** The parsed query string; a repeated parameter is an array, which the routes refuse. */
  readonly query: Readonly<Record<string, unknown>>
  /** The parsed body. The routes that exist today ask with GET and read none. */
  readonly body?: unknown
  /** Aborts when the client has gone. It must not abort on normal completion. */
  readonly signal?: AbortSignal
}

/** What the host framework writes, as plain data. */
export interface RouteResponse {
  /** The HTTP status; 499 when the client has gone, so that nobody reads the rest. */
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: { readonly kind: 'complete'; readonly text: string }
}

/** One route, ready to be mounted on a framework's router. */
export interface Route {
  /** `chat`, `show_sql`, ..., `livez` or `readyz`. */
  readonly name: string
  /** The methods that the route answers; `handle` refuses any other with 405. */
  readonly methods: readonly string[]
  /** The path with its prefix, without parameters or wildcards, for example `/ai/chat`. */
  readonly path: string
  /** One sentence for people and API descriptions. */
  readonly summary: string
  /** Never rejects: every failure becomes a response. */
  handle(request: RouteRequest): Promise<RouteResponse>
}

/** The mounted routes as data, and a dispatcher for hosts without a router. */
export interface Routes {
  readonly list: readonly Route[]
  /** Finds the route by the request's path; 404 when none has it. Never rejects. */
  handle(request: RouteRequest): Promise<RouteResponse>
}
