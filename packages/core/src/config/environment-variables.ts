/** One setting of the pool: its option, its environment variable, what it means and what it is when nobody says. */
export interface SettingDescription {
  /** Its name among the options of `createPool`. */
  readonly option: string
  /** The environment variable that is read when the option is left out. */
  readonly variable: string | undefined
  /** What it is for, in one sentence. */
  readonly meaning: string
  /** Its value when neither the option nor the variable is given. */
  readonly default: string | number | undefined
  /** Whether its value must never be printed. */
  readonly secret: boolean
  /** How its text is read. */
  readonly kind: 'text' | 'integer' | 'choice' | 'identifier'
  /** Smallest accepted number. */
  readonly least?: number
  /** The accepted texts of a choice. */
  readonly choices?: readonly string[]
  /** Whether a pool cannot be made without it. */
  readonly required?: boolean
}

const text = { kind: 'text', secret: false } as const
const integer = { kind: 'integer', secret: false } as const

/** Every setting of `createPool`. Documentation is made from this table. */
export const environmentVariables: readonly SettingDescription[] = Object.freeze([
  {
    ...text,
    option: 'name',
    variable: undefined,
    default: 'default',
    meaning: 'Name of the pool in errors and statistics',
  },
  { ...text, option: 'user', variable: 'SELECT_AI_USER', default: undefined, required: true, meaning: 'Database user' },
  {
    ...text,
    option: 'password',
    variable: 'SELECT_AI_PASSWORD',
    default: undefined,
    required: true,
    secret: true,
    meaning: 'Password of the database user',
  },
  {
    ...text,
    option: 'connectString',
    variable: 'SELECT_AI_DB_CONNECT_STRING',
    default: undefined,
    required: true,
    meaning: 'Easy Connect string, net service name or descriptor of the database',
  },
  {
    ...integer,
    option: 'poolMin',
    variable: 'SELECT_AI_POOL_MIN',
    default: 1,
    least: 0,
    meaning: 'Connections kept open while the pool is idle',
  },
  {
    ...integer,
    option: 'poolMax',
    variable: 'SELECT_AI_POOL_MAX',
    default: 4,
    least: 1,
    meaning: 'Most connections, hence most questions answered at the same time',
  },
  {
    ...integer,
    option: 'poolIncrement',
    variable: 'SELECT_AI_POOL_INCREMENT',
    default: 1,
    least: 1,
    meaning: 'Connections opened at a time when the pool grows',
  },
  {
    ...text,
    option: 'configDir',
    variable: 'TNS_ADMIN',
    default: undefined,
    meaning: 'Folder with tnsnames.ora, and with the wallet when walletLocation is not given',
  },
  {
    ...text,
    option: 'walletLocation',
    variable: 'SELECT_AI_WALLET_LOCATION',
    default: undefined,
    meaning: 'Folder with ewallet.pem for mutual TLS',
  },
  {
    ...text,
    option: 'walletPassword',
    variable: 'SELECT_AI_WALLET_PASSWORD',
    default: undefined,
    secret: true,
    meaning: 'Password of the wallet',
  },
  {
    ...integer,
    option: 'queueMax',
    variable: 'SELECT_AI_QUEUE_MAX',
    default: 50,
    least: 0,
    meaning: 'Most calls waiting for a connection; one more is refused at once',
  },
  {
    ...integer,
    option: 'queueTimeoutMs',
    variable: 'SELECT_AI_QUEUE_TIMEOUT_MS',
    default: 3000,
    least: 1,
    meaning: 'Longest wait for a connection, in milliseconds',
  },
  {
    ...integer,
    option: 'connectTimeoutMs',
    variable: 'SELECT_AI_CONNECT_TIMEOUT_MS',
    default: 8000,
    least: 1,
    meaning: 'Longest time for opening one connection, in milliseconds',
  },
  {
    ...integer,
    option: 'callTimeoutMs',
    variable: 'SELECT_AI_CALL_TIMEOUT_MS',
    default: 60_000,
    least: 1,
    meaning: 'Budget of one call in milliseconds: waiting, the call and reading the answer together',
  },
  {
    ...integer,
    option: 'breakGraceMs',
    variable: 'SELECT_AI_BREAK_GRACE_MS',
    default: 1000,
    least: 0,
    meaning: 'How long a stopped call may take to let go of its connection before the connection is dropped',
  },
  {
    ...integer,
    option: 'maxAnswerCharacters',
    variable: 'SELECT_AI_MAX_ANSWER_CHARACTERS',
    default: 1_000_000,
    least: 1,
    meaning: 'Longest answer that is read, in UTF-16 code units',
  },
  {
    kind: 'identifier',
    secret: false,
    option: 'packageSchema',
    variable: 'SELECT_AI_PACKAGE_SCHEMA',
    default: undefined,
    meaning: 'Schema of the packages and views of Select AI; without it public synonyms lead to them',
  },
  {
    kind: 'choice',
    secret: false,
    option: 'verify',
    variable: 'SELECT_AI_VERIFY',
    default: 'connect',
    choices: ['connect', 'none'],
    meaning: 'Whether createPool opens a connection first, so that a wrong password fails at once',
  },
])
