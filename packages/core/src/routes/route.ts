import type { RouteSchemas } from './route-schemas.ts'

/** A request as the host framework has already parsed it. */
export interface RouteRequest {
  /** Upper case, for example `GET`. */
  readonly method: string
  /** The path without the query string. Only the dispatchers `Routes.find` and `Routes.handle` read it. */
  readonly path: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  /** The parsed query string; a repeated parameter is an array, which the routes refuse. */
  readonly query: Readonly<Record<string, unknown>>
  /**
   * The body as the host has it: the value that its parser made, text, bytes, or a source of bytes that nobody has read
   * yet, such as Node's `IncomingMessage` or the `body` of a Fetch `Request`. Only the routes that answer POST read it, and
   * only for POST, so an adapter may always pass it.
   */
  readonly body?: unknown
  /** Aborts when the client has gone. What it does after the response has ended does not matter. */
  readonly signal?: AbortSignal
}

/** What the host framework writes, as plain data. */
export interface RouteResponse {
  /** The HTTP status; 499 when the client has gone, so that nobody reads the rest. */
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** A text, or pieces to be passed on as the client takes them. */
  readonly body: CompleteBody | ChunkedBody
}

/** A response whose body is there at once. */
export interface CompleteResponse extends RouteResponse {
  readonly body: CompleteBody
}

/** A body that is there at once. */
export interface CompleteBody {
  readonly kind: 'complete'
  readonly text: string
}

/** A body that comes bit by bit, over the time of the call. */
export interface ChunkedBody {
  readonly kind: 'chunks'
  /**
   * Pieces of text, made when the host asks for them: write one, wait until the client takes more, ask for the next.
   * Never rejects. When the client leaves, call the iterator's `return`, as `for await` and Node's streams do by
   * themselves; the request's signal does the same.
   */
  readonly chunks: AsyncIterable<string>
  /** Aborts when the client has stopped reading for too long; the host then cuts the connection. */
  readonly stalled: AbortSignal
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
  /** The largest body that a host needs to take for this route, in bytes; for hosts that parse bodies themselves. */
  readonly maxBodyBytes: number
  /** JSON Schemas of what the route takes and gives. */
  readonly schemas: RouteSchemas
  /** Never rejects: every failure becomes a response. */
  handle(request: RouteRequest): Promise<RouteResponse>
}

/** The mounted routes as data, and a dispatcher for hosts without a router. */
export interface Routes {
  /** In the order in which they were listed in the options; the health routes come last. */
  readonly list: readonly Route[]
  /**
   * The route that owns the request's path, whatever its method; undefined for a path that is the host's. So is OPTIONS on every
   * path, for preflights belong to the host.
   */
  find(request: Pick<RouteRequest, 'method' | 'path'>): Route | undefined
  /** Answers with the route that owns the request's path; 404 when there is none. Never rejects. */
  handle(request: RouteRequest): Promise<RouteResponse>
  /**
   * Call it when the service begins to stop, before the pool is closed: `/readyz` says so from then on, and every open
   * event stream gets a `status` event. Calls in flight go on until the pool ends them. Calling it again does nothing.
   */
  startClosing(): void
}
