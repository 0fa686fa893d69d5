import type { Server } from 'node:net'
import type { SelectAIPool } from '@select-ai/core'
import type { NodeResponse, SelectAIOptions } from '@select-ai/core/routes'
import type { Framework } from './framework.ts'

/** How one adapter is put into an application of its framework: all that an adapter contributes to the suite. */
export interface Adapter {
  /** The framework and the version that really runs. */
  readonly framework: Framework
  /** Behaviours that this adapter cannot have, by name, each with its reason. */
  readonly gaps?: Readonly<Record<string, string>>
  /** Makes the application that the setup describes. Nothing is opened yet. */
  makeApp(setup: AppSetup): App | Promise<App>
}

/**
 * The application that a test wants. Every application sets the header `x-host` on all its answers, tells `seen` of every path,
 * answers OPTIONS with 204 and `access-control-allow-origin: *`, throws an error with status 401 for a request with
 * the header `x-refuse`, turns what is thrown into the JSON `{ handledByHost: message }`, and answers 404 with
 * `{ hostNotFound: true }` where nobody else does. All of this stands before Select AI, as a host would have it.
 */
export interface AppSetup {
  /** One for each pool; all but the first have a name. */
  readonly services: readonly SelectAIOptions[]
  /** Routes of the host's own that stand before Select AI. */
  readonly before: readonly HostRoute[]
  /** Routes of the host's own that stand after it. */
  readonly after: readonly HostRoute[]
  /** Where the host's parser of JSON bodies stands, if it has one and its framework knows an order. */
  readonly parser: 'none' | 'before' | 'after'
  /** The path below which the framework mounts Select AI; the root when it is empty. */
  readonly mountPath: string
  /** Whether the host compresses every answer that may be compressed, however short. */
  readonly compress: boolean
  /** Whether the server speaks HTTP/2, without TLS. */
  readonly http2: boolean
  seen(path: string): void
  /** To be awaited when the application has begun to close and its server still takes requests. */
  whileClosing(): Promise<void>
}

/** A route of the host's own. It answers GET and POST, with what it returns as JSON. */
export interface HostRoute {
  readonly path: string
  answer(request: HostRequest): unknown
}

/** What a route of the host's own can reach. */
export interface HostRequest {
  /** What the host's parser has made of the body. */
  readonly body: unknown
  /** The pool of that name, in the way that the framework's users get it. */
  pool(name?: string): SelectAIPool
  /** The signal of the adapter. */
  requestSignal(): AbortSignal
  readonly response: NodeResponse
}

/** An application before, while and after it runs. */
export interface App {
  readonly server: Server
  /** Opens what the application opens when its process starts. */
  open(): Promise<void>
  /** Listens on a free port of the loopback address. */
  listen(): Promise<void>
  /** Stops as the framework's documentation of this kit says; may be called at any time, and again. */
  close(): Promise<void>
}
