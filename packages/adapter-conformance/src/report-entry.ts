/** What a conformance test leaves for the report. */
export interface ReportEntry {
  /** Adapters and starters have a table each. */
  readonly table: 'adapters' | 'starters'
  /** The column: a framework with its version, or a starter. */
  readonly subject: string
  readonly group: string
  /** The row. */
  readonly behaviour: string
  /** Why the subject cannot have the behaviour, if it cannot. */
  readonly gap?: string | undefined
}

declare module 'vitest' {
  interface ProvidedContext {
    /** `lowest` in the run with the lowest versions of the frameworks. */
    peers?: 'lowest'
  }
  interface TaskMeta {
    conformance?: ReportEntry
  }
}
