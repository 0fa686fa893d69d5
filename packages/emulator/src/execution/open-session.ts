/** A session that somebody has with the database. */
export interface OpenSession {
  readonly id: number
  readonly user: string
  readonly started: Date
  /** State of packages, which holds what the client told about itself. */
  readonly packageState: Map<string, unknown>
}
