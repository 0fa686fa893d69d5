import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { ResolvedPoolOptions } from '../config/pool-options.ts'
import type { Connection, Driver, DriverConnectionPool, DriverPoolAttributes } from './driver-contract.ts'
import { forceDisconnect, forceDisconnectAll } from './force-disconnect.ts'
import { settleWithin } from './settle-within.ts'

/** How long the driver may take to close something before its sockets are destroyed. */
const closePatienceMs = 2000
/** With its sockets gone the driver has nothing left to wait for but an attempt to connect. */
const afterDisconnectPatienceMs = 500

/** The driver's pool, used in the way in which it is dependable. At most `poolMax` connections may be out at a time. */
export class DriverPool {
  readonly driver: Driver
  readonly #pool: DriverConnectionPool
  #acquiring = 0
  #out = 0
  #retired = false
  #closing: Promise<void> | undefined

  private constructor(driver: Driver, pool: DriverConnectionPool) {
    this.driver = driver
    this.#pool = pool
  }

  /** Opens nothing yet. Rejects with the driver's error for a connect string that cannot be read. */
  static async create(driver: Driver, options: ResolvedPoolOptions): Promise<DriverPool> {
    return new DriverPool(driver, await driver.createPool(attributes(options)))
  }

  /** Connections that exist. */
  get open(): number {
    return this.#pool.connectionsOpen
  }

  /** Connections that could be lent without opening one. */
  get idle(): number {
    return Math.max(0, this.#pool.connectionsOpen - this.#pool.connectionsInUse)
  }

  /** A connection, sooner or later; it must come back through `release` or `drop` in every case. */
  async acquire(): Promise<Connection> {
    const alone = this.#acquiring === 0
    this.#acquiring += 1
    try {
      // A connection that the driver has just opened for one request can be snatched by another request of the same turn of
      // the event loop, which loses a place in its pool for good. A request that starts in a turn of its own cannot do that.
      const connection = alone ? await this.#pool.getConnection() : await this.#acquireInOwnTurn()
      this.#out += 1
      return connection
    } finally {
      this.#acquiring -= 1
    }
  }

  /** Gives a connection back for reuse. Resolves to false when it had to be thrown away instead. */
  async release(connection: Connection): Promise<boolean> {
    const closed = await settleWithin(connection.close(), closePatienceMs)
    if (closed.kind !== 'resolved') {
      await this.drop(connection)
      return false
    }
    this.#isBack()
    return true
  }

  /** Throws a connection away, also one whose call never ends. Resolves to false when the driver does not let go of it. */
  async drop(connection: Connection): Promise<boolean> {
    forceDisconnect(connection)
    const closed = await settleWithin(connection.close({ drop: true }), closePatienceMs)
    this.#isBack()
    return closed.kind !== 'pending'
  }

  /** To be called when nothing more will be acquired: closes when the last connection is back. */
  retire(): void {
    this.#retired = true
    if (this.#out === 0) void this.close()
  }

  /** Ends all connections, politely where they answer. Always resolves. */
  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close(): Promise<void> {
    const closing = this.#pool.close(0)
    const closed = await settleWithin(closing, closePatienceMs)
    if (closed.kind !== 'pending') return
    forceDisconnectAll(this.#pool)
    await settleWithin(closing, afterDisconnectPatienceMs)
  }

  #acquireInOwnTurn(): Promise<Connection> {
    return new Promise((resolve, reject) => {
      setImmediate(() => this.#pool.getConnection().then(resolve, reject))
    })
  }

  #isBack(): void {
    this.#out -= 1
    if (this.#retired && this.#out === 0) void this.close()
  }
}

function attributes(options: ResolvedPoolOptions): DriverPoolAttributes {
  const { configDir, walletPassword } = options
  const walletLocation = options.walletLocation ?? folderWithWallet(configDir)
  return {
    // Without a name of its own the first pool of a process would become the application's default pool. Names are unique in
    // the process, and this package may have been loaded into it twice.
    poolAlias: `select-ai:${options.name}:${randomUUID()}`,
    user: options.user,
    password: options.password,
    connectString: options.connectString,
    // The minimum and the increment are ours: a driver that is below its minimum logs in again and again without a pause,
    // which locks the account when the password is wrong.
    poolMin: 0,
    poolMax: options.poolMax,
    poolIncrement: 1,
    poolMaxPerShard: 0,
    poolTimeout: 60,
    poolPingInterval: 60,
    poolPingTimeout: 5000,
    queueMax: -1,
    queueTimeout: 0,
    stmtCacheSize: 30,
    homogeneous: true,
    externalAuth: false,
    events: false,
    edition: '',
    enableStatistics: false,
    ...(configDir === undefined ? {} : { configDir }),
    ...(walletLocation === undefined ? {} : { walletLocation }),
    ...(walletPassword === undefined ? {} : { walletPassword }),
  }
}

/** The thin driver looks for a wallet only where it is told to, and fails when it is told to and there is none. */
function folderWithWallet(configDir: string | undefined): string | undefined {
  return configDir !== undefined && existsSync(join(configDir, 'ewallet.pem')) ? configDir : undefined
}
