import type { Model } from './models/model.ts'
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
  /** Cuts all clients off without a word, as a crash does. New ones may connect. */
  dropConnections(): void
  /** Tells all clients that the server is about to go away; drivers then stop using those connections. */
  notifyShutdown(): void
  /** Cuts all clients off, stops listening and leaves nothing open. May be called again. */
  close(): Promise<void>
}
