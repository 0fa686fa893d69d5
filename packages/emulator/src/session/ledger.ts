import type { Bind } from '../execution/database-session.ts'
import { Interval } from '../values/interval.ts'
import type { OracleValue } from '../values/oracle-value.ts'
import { handsOverSecrets, namesSecret, redactSql } from './redaction.ts'

/** How a session came to its end. */
export type SessionEnd = 'logoff' | 'disconnect' | 'dropped' | 'protocol error'

/** A value that a client bound, as the ledger keeps it. Secrets are `***`; long text is cut. */
export interface LedgerBind {
  readonly name: string
  /** For example `VARCHAR2`. */
  readonly type: string
  readonly value: string | number | boolean | null
  /** The whole length, in characters or bytes, when `value` holds only the beginning or none of it. */
  readonly length?: number
}

/** One execution of a statement; `executeMany` counts once, with the first row's binds. */
export interface LedgerStatement {
  readonly sql: string
  readonly binds: readonly LedgerBind[]
  /** Undefined while it runs. */
  readonly outcome: 'done' | 'failed' | 'broken' | undefined
  /** The ORA number of a failure. */
  readonly error?: number
}

/** What one session did. */
export interface LedgerSession {
  /** Counts from 1 in the order of logon. */
  readonly id: number
  readonly user: string
  readonly service: string
  /** The program's name, as the client gave it. */
  readonly program: string | undefined
  /** Undefined while it is open. */
  readonly ended: SessionEnd | undefined
  /** Requests answered after the logon; commits, pings, LOB operations and the logoff count, broken calls do not. */
  readonly roundTrips: number
  /** Breaks that the client sent, for call timeouts too. */
  readonly breaks: number
  /** The last statements, oldest first. */
  readonly statements: readonly LedgerStatement[]
}

/** What a ledger holds at one moment. */
export interface LedgerSnapshot {
  readonly opened: number
  readonly loggedOff: number
  readonly open: number
  readonly sessions: readonly LedgerSession[]
}

/** Limits of what a ledger remembers. */
export interface LedgerOptions {
  /** Statements per session; default 1000. */
  readonly statements?: number
  /** Ended sessions; default 1000. */
  readonly sessions?: number
}

const TEXT_LIMIT = 200

/** Remembers who logged on and what they ran, so that tests can balance the account. */
export class Ledger {
  readonly #sessions: SessionEntry[] = []
  readonly #waiting = new Set<() => void>()
  readonly #statementLimit: number
  readonly #sessionLimit: number
  #opened = 0
  #loggedOff = 0
  #open = 0
  #lastId = 0

  constructor(options: LedgerOptions = {}) {
    this.#statementLimit = options.statements ?? 1000
    this.#sessionLimit = options.sessions ?? 1000
  }

  /** How many sessions logged on since the start or the last reset. */
  get opened(): number {
    return this.#opened
  }

  /** How many sessions said goodbye. */
  get loggedOff(): number {
    return this.#loggedOff
  }

  /** How many sessions are logged on now. */
  get open(): number {
    return this.#open
  }

  /** The sessions in the order of their logon, live: they change as the sessions go on. */
  get sessions(): readonly LedgerSession[] {
    return this.#sessions
  }

  /** A copy that no longer changes. */
  snapshot(): LedgerSnapshot {
    return {
      opened: this.#opened,
      loggedOff: this.#loggedOff,
      open: this.#open,
      sessions: this.#sessions.map((session) => ({
        ...session.toJSON(),
        statements: session.statements.map((statement) => ({ ...statement })),
      })),
    }
  }

  /** Forgets ended sessions, all statements and all counts; open sessions stay and count as opened. */
  reset(): void {
    const open = this.#sessions.filter((session) => session.ended === undefined)
    for (const session of open) session.clear()
    this.#sessions.splice(0, this.#sessions.length, ...open)
    this.#opened = open.length
    this.#loggedOff = 0
  }

  /**
   * Waits until the ledger fulfils a condition, which is asked again after every change.
   *
   * @param timeoutMs - Milliseconds to wait at most; default 5000.
   * @throws Error when the time is over; its message shows the condition and the ledger.
   */
  async waitFor(condition: (ledger: Ledger) => boolean, timeoutMs = 5000): Promise<void> {
    if (condition(this)) return
    await new Promise<void>((resolve, reject) => {
      const finish = (settle: () => void) => {
        clearTimeout(timer)
        this.#waiting.delete(check)
        settle()
      }
      const check = () => {
        try {
          if (condition(this)) finish(resolve)
        } catch (error) {
          finish(() => reject(error))
        }
      }
      const timer = setTimeout(() => {
        const state = JSON.stringify(this.snapshot(), undefined, 2)
        finish(() => reject(new Error(`The ledger did not fulfil ${condition} within ${timeoutMs} ms: ${state}`)))
      }, timeoutMs)
      this.#waiting.add(check)
    })
  }

  /** @internal */
  openSession(about: { user: string; service: string; program: string | undefined }): SessionEntry {
    this.#lastId += 1
    this.#opened += 1
    this.#open += 1
    const entry = new SessionEntry(this.#lastId, about, this.#statementLimit, (change) => this.#changed(change))
    this.#sessions.push(entry)
    this.#changed('activity')
    return entry
  }

  #changed(change: 'activity' | SessionEnd): void {
    if (change !== 'activity') {
      this.#open -= 1
      if (change === 'logoff') this.#loggedOff += 1
      this.#forgetOldest()
    }
    for (const check of this.#waiting) check()
  }

  #forgetOldest(): void {
    if (this.#sessions.length - this.#open <= this.#sessionLimit) return
    const oldest = this.#sessions.findIndex((session) => session.ended !== undefined)
    this.#sessions.splice(oldest, 1)
  }
}

/** The ledger's page about one session. */
export class SessionEntry implements LedgerSession {
  readonly id: number
  readonly user: string
  readonly service: string
  readonly program: string | undefined
  readonly statements: LedgerStatement[] = []
  ended: SessionEnd | undefined
  roundTrips = 0
  breaks = 0
  readonly #statementLimit: number
  readonly #changed: (change: 'activity' | SessionEnd) => void

  constructor(
    id: number,
    about: { user: string; service: string; program: string | undefined },
    statementLimit: number,
    changed: (change: 'activity' | SessionEnd) => void,
  ) {
    this.id = id
    this.user = about.user
    this.service = about.service
    this.program = about.program
    this.#statementLimit = statementLimit
    this.#changed = changed
  }

  roundTrip(): void {
    this.roundTrips += 1
    this.#changed('activity')
  }

  broken(): void {
    this.breaks += 1
    this.#changed('activity')
  }

  /** Notes that a statement starts. The returned function notes how it ended. */
  startStatement(
    sql: string,
    names: readonly string[],
    binds: readonly Bind[],
  ): (outcome: 'done' | 'failed' | 'broken', error?: number) => void {
    const secret = handsOverSecrets(sql)
    const statement: { -readonly [Key in keyof LedgerStatement]: LedgerStatement[Key] } = {
      sql: redactSql(sql),
      binds: binds.map((bind, index) => describeBind(names[index] ?? String(index + 1), bind, secret)),
      outcome: undefined,
    }
    this.statements.push(statement)
    if (this.statements.length > this.#statementLimit) this.statements.shift()
    this.#changed('activity')
    return (outcome, error) => {
      statement.outcome = outcome
      if (error !== undefined) statement.error = error
      this.#changed('activity')
    }
  }

  end(how: SessionEnd): void {
    if (this.ended !== undefined) return
    this.ended = how
    this.#changed(how)
  }

  clear(): void {
    this.statements.length = 0
    this.roundTrips = 0
    this.breaks = 0
  }

  toJSON(): LedgerSession {
    const { id, user, service, program, ended, roundTrips, breaks, statements } = this
    return { id, user, service, program, ended, roundTrips, breaks, statements }
  }
}

function describeBind(name: string, bind: Bind, secret: boolean): LedgerBind {
  const type = bind.type.name
  if (secret || namesSecret(name)) return { name, type, value: bind.value === null ? null : '***' }
  if (bind.elements) return { name, type, value: `[${bind.elements.length} elements]`, length: bind.elements.length }
  return { name, type, ...describeValue(bind.value) }
}

function describeValue(value: OracleValue): Pick<LedgerBind, 'value' | 'length'> {
  if (value === null || typeof value === 'boolean') return { value }
  if (typeof value === 'string') {
    return value.length <= TEXT_LIMIT ? { value } : { value: value.slice(0, TEXT_LIMIT), length: value.length }
  }
  if (value instanceof Uint8Array) {
    return { value: Buffer.from(value.subarray(0, 32)).toString('hex'), length: value.length }
  }
  if (value instanceof Interval) return { value: value.toString() }
  if ('columns' in value) return { value: '[cursor]' }
  if ('year' in value) return { value: new Date(value.toUtcMilliseconds()).toISOString() }
  return { value: value.toNumber() }
}
