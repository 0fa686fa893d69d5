import type { DemoSchema } from '../demo/demo-schema.ts'
import type { OpenSession } from '../execution/open-session.ts'
import type { SubprogramRegistry } from '../execution/subprogram.ts'
import type { UserAccounts } from '../execution/user-accounts.ts'
import type { UserBelongings } from '../execution/user-belongings.ts'
import type { SchemaReader } from '../models/schema-description.ts'
import { OracleError } from '../oracle-error.ts'
import { Catalog, type ObjectName } from './catalog/catalog.ts'
import { Dictionary, type DictionaryView } from './catalog/dictionary.ts'
import { dictionaryViews } from './catalog/dictionary-views.ts'
import type { GrantableObjects } from './catalog/grantable-objects.ts'
import { indexViews } from './catalog/index-views.ts'
import { schemaReader } from './catalog/schema-reader.ts'
import { sequenceViews } from './catalog/sequence-views.ts'
import { synonymViews } from './catalog/synonym-views.ts'
import { unitViews } from './catalog/unit-views.ts'
import { userViews } from './catalog/user-views.ts'
import { EngineSession, type SessionParts } from './engine/engine-session.ts'
import { loadSchema } from './engine/load-schema.ts'
import { ServerUsers } from './engine/server-users.ts'
import { Storage } from './engine/storage.ts'
import { TranslationCache } from './engine/translation-cache.ts'
import { UndoLog } from './engine/undo-log.ts'
import { WriteLock } from './engine/write-lock.ts'
import { type ParsedStatement, parseStatement } from './parse/parse-statement.ts'
import type { SqlSession } from './sql-session.ts'

const PARSED_STATEMENTS = 500
const LONGEST_KEPT_TEXT = 20_000
const HOLDS_PASSWORD = new Set<string>(['create-user', 'alter-user'])

/** Oracle's SQL over an embedded engine that keeps its data in memory. */
export class SqlEngine {
  /** What models are told about tables and views. */
  readonly schemaReader: SchemaReader
  readonly #catalog = new Catalog()
  readonly #dictionary = new Dictionary()
  readonly #storage: Storage
  readonly #subprograms: SubprogramRegistry
  readonly #lock = new WriteLock()
  readonly #serverUsers = new ServerUsers()
  readonly #undo: UndoLog
  readonly #cache = new TranslationCache()
  readonly #parsed = new Map<string, ParsedStatement>()
  #sessions = 0

  private constructor(subprograms: SubprogramRegistry) {
    this.#subprograms = subprograms
    this.#storage = new Storage(this.#catalog)
    this.#undo = new UndoLog(this.#storage, this.#catalog)
    const kinds = [unitViews, sequenceViews, indexViews, synonymViews, userViews]
    this.#dictionary.add(...dictionaryViews, ...kinds.flat())
    this.schemaReader = schemaReader(this.#catalog)
    this.createUser('SYS')
    this.createUser('SYSTEM')
  }

  /** @param options.subprograms - functions that statements may call; it may grow later. */
  static async open(options: { readonly subprograms: SubprogramRegistry }): Promise<SqlEngine> {
    return new SqlEngine(options.subprograms)
  }

  /** Makes a schema of the upper-case name, with nothing in it. Does nothing when there is one. */
  createUser(name: string): void {
    this.#catalog.createUser(name)
  }

  /** Makes a package one that needs a grant to be run. */
  restrictPackage(name: string): void {
    this.#catalog.packageGrants.restrict(name)
  }

  /** Lets a user run packages that need a grant. */
  grantPackages(user: string, packageNames: readonly string[]): void {
    this.createUser(user)
    for (const name of packageNames) this.#catalog.packageGrants.grant(user, name)
    this.#catalog.version += 1
  }

  hasUser(name: string): boolean {
    return this.#catalog.hasUser(name)
  }

  /** Whether something can be granted to a name: that of a user, a role, or PUBLIC. */
  hasGrantee(name: string): boolean {
    return this.#catalog.hasGrantee(name)
  }

  /** The names under which something can be granted to a user. */
  namesInGrants(user: string): readonly string[] {
    return this.#catalog.systemGrants.namesOf(user)
  }

  /** Lets GRANT and REVOKE of EXECUTE know objects that are kept elsewhere. */
  addGrantables(objects: GrantableObjects): void {
    this.#catalog.addGrantables(objects)
  }

  /** Lets DROP USER know what is kept elsewhere and goes with the user it belongs to. */
  addBelongings(...belongings: readonly UserBelongings[]): void {
    this.#catalog.addBelongings(...belongings)
  }

  /** What a public synonym stands for. */
  publicSynonym(name: string): ObjectName | undefined {
    return this.#catalog.publicSynonym(name)
  }

  /** Who is connected, in the order in which the sessions began. */
  sessions(): readonly OpenSession[] {
    return this.#serverUsers.sessions()
  }

  /** Whether a user may read a table or view: an own one, or one that was granted. */
  mayRead(user: string, owner: string, name: string): boolean {
    return this.#catalog.mayRead(user, owner, name)
  }

  /** Whether a user may run a package. */
  mayExecute(user: string, packageName: string): boolean {
    return this.#catalog.mayExecutePackage(user, packageName)
  }

  /** Says where passwords are kept, which CREATE USER and ALTER USER change. */
  useAccounts(accounts: UserAccounts): void {
    this.#serverUsers.useAccounts(accounts)
  }

  /** Whether a user may log on once the password is right. @throws OracleError ORA-28000, ORA-01045 */
  checkLogon(name: string): void {
    const user = this.#catalog.findUser(name)
    if (user === undefined) return
    if (user.locked) throw new OracleError(28000, 'The account is locked.')
    if (this.#catalog.systemGrants.has(name, 'CREATE SESSION')) return
    throw new OracleError(1045, `Login denied. User ${name} does not have CREATE SESSION privilege.`)
  }

  /** Starts a session; the user is made when it does not exist. */
  session(user: string): SqlSession {
    this.createUser(user)
    return this.#session(user)
  }

  #session(user: string): EngineSession {
    this.#sessions += 1
    const parts: SessionParts = {
      catalog: this.#catalog,
      dictionary: this.#dictionary,
      storage: this.#storage,
      subprograms: this.#subprograms,
      cache: this.#cache,
      lock: this.#lock,
      undo: this.#undo,
      serverUsers: this.#serverUsers,
      user,
      sessionId: this.#sessions,
      parse: (text) => this.#parse(text),
    }
    return new EngineSession(parts)
  }

  /** Creates a schema with its rows; all users may read it. */
  load(schema: DemoSchema): void {
    this.createUser(schema.owner)
    this.#catalog.makeReadable(schema.owner)
    loadSchema(schema, this.#catalog, this.#storage, this.#dictionary)
    this.#undo.watchTables()
  }

  /** Adds views to the data dictionary, which every user sees by their names. */
  addDictionaryViews(...views: readonly DictionaryView[]): void {
    this.#dictionary.add(...views)
    this.#catalog.version += 1
  }

  /** Forgets everything. Sessions that are still open fail from now on. */
  close(): void {
    this.#storage.close()
  }

  #parse(text: string): ParsedStatement {
    const known = this.#parsed.get(text)
    if (known !== undefined) return known
    const parsed = parseWithinStack(text)
    if (text.length > LONGEST_KEPT_TEXT || HOLDS_PASSWORD.has(parsed.statement.kind)) return parsed
    if (this.#parsed.size >= PARSED_STATEMENTS) this.#parsed.clear()
    this.#parsed.set(text, parsed)
    return parsed
  }
}

/** Nesting is bounded by the stack; a statement that goes deeper must not end more than itself. */
function parseWithinStack(text: string): ParsedStatement {
  try {
    return parseStatement(text)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new OracleError(600, 'internal error code, arguments: [expression is nested too deeply], [], []', {
      cause: error,
    })
  }
}
