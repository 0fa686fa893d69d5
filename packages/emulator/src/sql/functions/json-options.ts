import type { JsonReading } from '../parse/syntax-tree.ts'

/** What a function that reads JSON has to know, as the engine's text carries it. */
export interface JsonReadOptions {
  readonly name: 'JSON_VALUE' | 'JSON_QUERY' | 'JSON_EXISTS'
  readonly path: string
  /** The code of the result's type: `VARCHAR2:4000`, `NUMBER:10:2`. */
  readonly type: string
  /** `SEVERAL` makes an array of more than one find, as a path of names does. */
  readonly wrapper: JsonReading['wrapper'] | 'SEVERAL'
  readonly pretty: boolean
  readonly onError: FallbackRule
  /** Absent when ON ERROR covers it. */
  readonly onEmpty?: FallbackRule
}

export type FallbackRule = 'NULL' | 'ERROR' | 'TRUE' | 'FALSE' | 'EMPTY ARRAY' | 'EMPTY OBJECT' | 'DEFAULT'

/** One level of JSON_TABLE. */
export interface JsonTableOptions {
  readonly path: string
  readonly columns: readonly JsonColumnOptions[]
  readonly nested: readonly JsonTableOptions[]
}

export type JsonColumnOptions =
  | { readonly kind: 'ordinality'; readonly position: number }
  | {
      readonly kind: 'read'
      readonly position: number
      readonly options: JsonReadOptions
      /** Defaults, which are texts here. */
      readonly onError?: string
      readonly onEmpty?: string
    }
