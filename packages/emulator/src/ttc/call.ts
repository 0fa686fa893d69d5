import type { Session } from '../session/session.ts'
import type { OracleCursor } from '../values/oracle-value.ts'
import { ByteWriter } from './byte-writer.ts'
import type { Agreement } from './capabilities.ts'
import { type EndOfCall, writeEndOfCall } from './end-of-call.ts'
import type { ValueContext } from './value-writer.ts'

/** One request that is being answered: where its response grows, and what must vanish if nobody reads it. */
export class Call {
  readonly writer: ByteWriter = new ByteWriter()
  readonly session: Session
  readonly agreement: Agreement
  readonly signal: AbortSignal
  /** Whether the client, parsing a text again, expects its columns in the form that it defined for that text before. */
  readonly remembersDefines: boolean
  readonly #undo: (() => void)[] = []

  constructor(session: Session, agreement: Agreement, signal: AbortSignal, remembersDefines: boolean) {
    this.session = session
    this.agreement = agreement
    this.signal = signal
    this.remembersDefines = remembersDefines
  }

  /** Values for a fetched row: LOBs are read-only copies. */
  get rowValues(): ValueContext {
    return {
      agreement: this.agreement,
      createLob: (kind, content) => this.session.lobs.createFetched(kind, content),
      openCursor: (cursor) => this.openCursor(cursor),
    }
  }

  /** Values for OUT binds: LOBs are temporary ones, and the client frees them. */
  get bindValues(): ValueContext {
    return {
      agreement: this.agreement,
      createLob: (kind, content) => {
        const lob = this.session.lobs.createTemporary(kind, content)
        this.#undo.push(() => this.session.lobs.free(lob.id))
        return lob
      },
      openCursor: (cursor) => this.openCursor(cursor),
    }
  }

  openCursor({ columns, rows }: OracleCursor): number {
    const cursor = this.session.cursors.open('', undefined)
    this.undoWith(() => this.session.cursors.close(cursor.id))
    cursor.columns = columns
    cursor.rows = rows
    return cursor.id
  }

  /** Remembers how to take something back that only this response tells the client about. */
  undoWith(undo: () => void): void {
    this.#undo.push(undo)
  }

  /** The response will not reach the client. */
  discard(): void {
    for (const undo of this.#undo.splice(0)) undo()
  }

  end(end: Omit<EndOfCall, 'inTransaction'> = {}): void {
    writeEndOfCall(this.writer, this.agreement, { ...end, inTransaction: this.session.database.inTransaction })
  }
}
