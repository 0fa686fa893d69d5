/** Options of `createPool`. What is left out comes from the environment, then from the default. */
export interface PoolOptions {
  /** Name of the pool in errors and statistics. Default `default`. */
  readonly name?: string
  /** Database user. Environment `SELECT_AI_USER`. */
  readonly user?: string
  /** Password of the user; never printed. Environment `SELECT_AI_PASSWORD`. */
  readonly password?: string
  /** For example `localhost:1521/FREEPDB1`. Environment `SELECT_AI_DB_CONNECT_STRING`. */
  readonly connectString?: string
  /** Connections kept open while idle. Environment `SELECT_AI_POOL_MIN`, default 1. */
  readonly poolMin?: number
  /** Most connections, hence most questions at a time. Environment `SELECT_AI_POOL_MAX`, default 4. */
  readonly poolMax?: number
  /** Connections opened at a time when the pool grows. Environment `SELECT_AI_POOL_INCREMENT`, default 1. */
  readonly poolIncrement?: number
  /** Folder with `tnsnames.ora`. Environment `TNS_ADMIN`. */
  readonly configDir?: string
  /** Folder with `ewallet.pem`. Environment `SELECT_AI_WALLET_LOCATION`, default `configDir`. */
  readonly walletLocation?: string
  /** Password of the wallet; never printed. Environment `SELECT_AI_WALLET_PASSWORD`. */
  readonly walletPassword?: string
  /** Most waiting calls; one more is refused at once. Environment `SELECT_AI_QUEUE_MAX`, default 50. */
  readonly queueMax?: number
  /** Longest wait for a connection in milliseconds. Environment `SELECT_AI_QUEUE_TIMEOUT_MS`, default 3000. */
  readonly queueTimeoutMs?: number
  /** Longest time for opening one connection in milliseconds. Environment `SELECT_AI_CONNECT_TIMEOUT_MS`, default 8000. */
  readonly connectTimeoutMs?: number
  /** Budget of one call in milliseconds. Environment `SELECT_AI_CALL_TIMEOUT_MS`, default 60000. */
  readonly callTimeoutMs?: number
  /** How long a stopped call may take to let go, in milliseconds. Environment `SELECT_AI_BREAK_GRACE_MS`, default 1000. */
  readonly breakGraceMs?: number
  /** Longest answer that is read, in UTF-16 code units. Environment `SELECT_AI_MAX_ANSWER_CHARACTERS`, default 1000000. */
  readonly maxAnswerCharacters?: number
  /**
   * Schema by which every statement of this package names the packages and views of Select AI, on an Autonomous Database
   * `C##CLOUD$SERVICE`; what belongs to the database itself is then named by `SYS`. So nothing in the user's own schema can
   * take their place. Environment `SELECT_AI_PACKAGE_SCHEMA`, default none: public synonyms lead to them.
   */
  readonly packageSchema?: string
  /**
   * `connect` (default) opens a connection before `createPool` resolves and fails with the real reason;
   * `none` opens nothing until the first call. Environment `SELECT_AI_VERIFY`.
   */
  readonly verify?: 'connect' | 'none'
  /** The `oracledb` module to use. Default: `import('oracledb')`. */
  readonly driver?: object
}

/** All settings with their values decided. The secrets are not enumerable, so nothing prints them by accident. */
export interface ResolvedPoolOptions {
  readonly name: string
  readonly user: string
  readonly password: string
  readonly connectString: string
  readonly poolMin: number
  readonly poolMax: number
  readonly poolIncrement: number
  readonly configDir: string | undefined
  readonly walletLocation: string | undefined
  readonly walletPassword: string | undefined
  readonly queueMax: number
  readonly queueTimeoutMs: number
  readonly connectTimeoutMs: number
  readonly callTimeoutMs: number
  readonly breakGraceMs: number
  readonly maxAnswerCharacters: number
  readonly packageSchema: string | undefined
  readonly verify: 'connect' | 'none'
  readonly driver: object | undefined
}
