import type { ClientAttributes } from '../execution/database-session.ts'
import type { DataDescriptor } from '../session/data-descriptor.ts'
import type { AuthenticationRequest } from './authentication-messages.ts'
import type { ClientDataTypes } from './capabilities.ts'
import type { BoundValue } from './value-reader.ts'

/** Option bits of an execute request. */
export const ExecuteOption = {
  parse: 0x01,
  define: 0x10,
  execute: 0x20,
  fetch: 0x40,
  commit: 0x100,
  describe: 0x20000,
  batchErrors: 0x80000,
} as const

export interface ExecuteRequest {
  readonly kind: 'execute'
  readonly options: number
  /** 0 for a new statement. */
  readonly cursorId: number
  /** Absent when the cursor's statement runs again. */
  readonly sql: string | undefined
  /** How many rows of a query to send at once. */
  readonly prefetchRows: number
  readonly executions: number
  /** Whether the affected rows of each execution are wanted. */
  readonly rowCounts: boolean
  /** Absent when the cursor's binds stay as they are. */
  readonly binds: readonly DataDescriptor[] | undefined
  readonly defines: readonly DataDescriptor[] | undefined
  /** One row for each execution, one value for each bind; undefined for binds without a value. */
  readonly rows: readonly (readonly (BoundValue | undefined)[])[]
}

export interface ReexecuteRequest {
  readonly kind: 'reexecute'
  readonly cursorId: number
  /** Executions, or with `fetch` the rows to send. */
  readonly iterations: number
  readonly fetch: boolean
  readonly commit: boolean
  readonly rows: readonly (readonly (BoundValue | undefined)[])[]
}

export interface FetchRequest {
  readonly kind: 'fetch'
  readonly cursorId: number
  readonly rowCount: number
}

export interface LobRequest {
  readonly kind: 'lob'
  readonly operation: number
  /** The source locators one after another; empty for none. */
  readonly source: Buffer
  readonly sourceOffset: number
  readonly destinationOffset: number
  readonly data: Buffer | undefined
  /** Undefined when the client sends no amount and wants none back. */
  readonly amount: number | undefined
}

export type Request =
  | { readonly kind: 'protocol'; readonly driver: string }
  | { readonly kind: 'dataTypes'; readonly client: ClientDataTypes }
  | {
      readonly kind: 'fastAuthentication'
      readonly driver: string
      readonly client: ClientDataTypes
      readonly authentication: AuthenticationRequest
    }
  | { readonly kind: 'authentication'; readonly phase: 1 | 2; readonly authentication: AuthenticationRequest }
  | ExecuteRequest
  | ReexecuteRequest
  | FetchRequest
  | LobRequest
  | { readonly kind: 'ping' | 'commit' | 'rollback' | 'logoff' | 'pipelineEnd' }
  | { readonly kind: 'releaseSession' }

/** Small things that travel in front of a request and have no answer of their own. */
export type Piggyback =
  | { readonly kind: 'closeCursors' | 'cancelCursors'; readonly ids: readonly number[] }
  | { readonly kind: 'freeLobs'; readonly locators: Buffer }
  | { readonly kind: 'setSchema'; readonly schema: string }
  | { readonly kind: 'attributes'; readonly attributes: ClientAttributes }
  | { readonly kind: 'applicationContext' }
  | { readonly kind: 'pipelineBegin'; readonly abortOnError: boolean }

export interface Envelope {
  readonly piggybacks: readonly Piggyback[]
  readonly request: Request
  /** Pairs a request of a pipeline with its response; 0 outside pipelines. */
  readonly token: number
}
