import type { Model } from './models/model.ts'
import type { OracleError } from './oracle-error.ts'
import type { Ledger, LedgerOptions } from './session/ledger.ts'

/** How to start an emulator. Everything has a default. */
export interface EmulatorOptions {
  /** Address to listen on; default `127.0.0.1`. Any other address lets other machines in. */
  readonly host?: string
  /** Port to listen on; default 0, which picks a free one. */
  readonly port?: number
  /** The database service that clients ask for; default `FREEPDB1`. */
  readonly service?: string
  /** Who may log on; default `DEMO`. Folded to upper case unless quoted. */
  readonly user?: string
  /** That user's password, and that of the administrator `ADMIN`; default `demo`. */
  readonly password?: string
  /** More users. Like the first they may run Select AI until `ADMIN` revokes it. */
  readonly users?: readonly { readonly user: string; readonly password: string }[]
  /** Who answers the questions; default the offline model, which reads questions about the demo schema by rules. */
  readonly model?: Model
  /**
   * The folder whose documents vector indexes may load, with its subfolders. No file outside is ever read. Default: none, so that
   * indexes load from loopback addresses only.
   */
  readonly documentsDirectory?: string
  /** Takes one line about each thing worth noticing, such as a denied logon or a client that broke the protocol; default none. */
  readonly log?: (line: string) => void
  /**
   * A private key and its certificate. With them the emulator speaks TLS and nothing else, and clients connect with `tcps://`;
   * they must trust the certificate, and it must name the host. Default: none, and no TLS.
   */
  readonly tls?: TlsOptions
  /** What the ledger remembers. */
  readonly ledger?: LedgerOptions
  /** The protocol's dialect, for tests of old clients. */
  readonly protocol?: ProtocolOptions
}

/** With what to speak TLS. Both in PEM form. */
export interface TlsOptions {
  /** The private key; it is never printed. */
  readonly key: string | Uint8Array
  /** The certificate, with those between it and the one that clients trust behind it. */
  readonly cert: string | Uint8Array
}

/** Which dialect of the protocol to speak; the default is that of a current database. */
export interface ProtocolOptions {
  /** Version of the packet layer, 315 to 319; default 319. */
  readonly tnsVersion?: number
  /** Newest message layouts, 7 (release 12.1) to 24 (release 23ai); default 24. */
  readonly fieldVersion?: number
  /** Whether negotiation and the first step of the logon may share a round trip; default true. */
  readonly fastAuthentication?: boolean
  /** Whether responses are marked at their end; default true. Needs version 319 and field version 24. */
  readonly endOfResponse?: boolean
}

/** A running emulator. */
export interface Emulator extends AsyncDisposable {
  readonly host: string
  readonly port: number
  /** For the driver, for example `127.0.0.1:49152/FREEPDB1`; with TLS it begins with `tcps://`. */
  readonly connectString: string
  readonly service: string
  /** Who logged on and what they ran. */
  readonly ledger: Ledger
  /**
   * Has one statement fail: the next that a client sends, in whichever session, and whose text matches. It does not run, its client
   * gets `error`, and the ledger notes it as failed. Failures that wait for the same statement are met one after the other, in the
   * order in which they were asked for.
   *
   * Text is what the client sends, with its bind names; statements within a PL/SQL block count as the block. One that cannot even be
   * parsed fails for that reason, and the failure goes on waiting. Of an `executeMany` the first row fails: with `batchErrors` the
   * others run. Numbers with which a database gives a session up, such as ORA-00600 or ORA-03113, make drivers drop the connection.
   *
   * @param match - A piece of the text, in whatever letter case, or a pattern for it.
   * @param error - What the client gets; its number is from 1 to 65535.
   * @returns takes the failure back when no statement has met it; does nothing afterwards.
   * @throws TypeError or RangeError that names the argument, when one makes no sense.
   *
   * @example
   * ```ts
   * import oracledb from 'oracledb'
   * import { OracleError, startEmulator } from '@select-ai/emulator'
   *
   * await using emulator = await startEmulator()
   * const { connectString } = emulator
   * const connection = await oracledb.getConnection({ user: 'demo', password: 'demo', connectString })
   *
   * emulator.failNext('from sh.promotions', new OracleError(1555, 'snapshot too old'))
   * const count = () => connection.execute('SELECT COUNT(*) FROM sh.promotions')
   * await count().catch((error) => console.log(error.message)) // ORA-01555: snapshot too old
   * console.log((await count()).rows) // [ [ 503 ] ]
   * await connection.close()
   * ```
   */
  failNext(match: string | RegExp, error: OracleError): () => void
  /** Cuts all clients off without a word, as a crash does. New ones may connect. */
  dropConnections(): void
  /** Tells all clients that the server is about to go away; drivers then stop using those connections. */
  notifyShutdown(): void
  /** Cuts all clients off, stops listening and leaves nothing open. May be called again. */
  close(): Promise<void>
}
