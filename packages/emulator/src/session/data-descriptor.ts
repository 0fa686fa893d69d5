/** How one bind or one fetched column travels: what the client said about it, in the protocol's numbers. */
export interface DataDescriptor {
  readonly typeNumber: number
  /** 2 for the national character set, 1 for the database's, 0 for data that is no text. */
  readonly characterSetForm: number
  /** In bytes. */
  readonly maximumSize: number
  readonly isArray: boolean
  /** How many elements an array has room for. */
  readonly maximumElements: number
  /** Whether a LOB's length and chunk size go in front of its locator. */
  readonly lobPrefetch: boolean
}
