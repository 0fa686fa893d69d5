import { CredentialStore } from '../cloud/credential-store.ts'
import { credentialSubprograms } from '../cloud/credential-subprograms.ts'
import { credentialViews } from '../cloud/credential-views.ts'
import { HostAceStore } from '../cloud/host-ace-store.ts'
import { hostAceViews } from '../cloud/host-ace-views.ts'
import { registerNetworkAcl } from '../cloud/network-acl-subprograms.ts'
import { registerCloudAi } from '../cloud-ai/cloud-ai.ts'
import { ConversationStore } from '../cloud-ai/conversation-store.ts'
import { conversationViews } from '../cloud-ai/conversation-views.ts'
import { demoProfiles } from '../cloud-ai/demo-profiles.ts'
import { ProfileStore } from '../cloud-ai/profile-store.ts'
import { profileViews } from '../cloud-ai/profile-views.ts'
import { translationLanguagesView } from '../cloud-ai/translation-languages-view.ts'
import { filmLibrary } from '../demo/film-library.ts'
import { salesHistory } from '../demo/sales-history.ts'
import type { DatabaseSession } from '../execution/database-session.ts'
import { SubprogramRegistry } from '../execution/subprogram.ts'
import type { Model } from '../models/model.ts'
import { registerBuiltInPackages } from '../plsql/packages/built-in-packages.ts'
import { ADMINISTRATOR } from '../sql/catalog/package-grants.ts'
import { SqlEngine } from '../sql/sql-engine.ts'
import { ComposedSession } from './composed-session.ts'

export interface DatabaseOptions {
  /** Who answers the questions of DBMS_CLOUD_AI. */
  readonly model: Model
  /** Users who may run Select AI from the start; upper case unless quoted. */
  readonly users?: readonly string[]
}

/** The packages that every user of the emulator may run from the start. */
const SELECT_AI_PACKAGES = ['DBMS_CLOUD', 'DBMS_CLOUD_AI', 'DBMS_CLOUD_AI_AGENT', 'DBMS_CLOUD_PIPELINE']

/** The emulator's database: SQL, PL/SQL, Select AI and the demo schemas, all in memory. */
export class Database {
  readonly #engine: SqlEngine
  readonly #registry: SubprogramRegistry

  private constructor(engine: SqlEngine, registry: SubprogramRegistry) {
    this.#engine = engine
    this.#registry = registry
  }

  /** Makes a database with the demo schemas loaded. */
  static async open({ model, users = [] }: DatabaseOptions): Promise<Database> {
    const registry = new SubprogramRegistry()
    registerBuiltInPackages(registry)
    const engine = await SqlEngine.open({ subprograms: registry })
    for (const name of [...SELECT_AI_PACKAGES, 'DBMS_NETWORK_ACL_ADMIN']) engine.restrictPackage(name)
    for (const user of users) engine.grantPackages(user, SELECT_AI_PACKAGES)
    engine.createUser(ADMINISTRATOR)
    const profiles = new ProfileStore(demoProfiles)
    const conversations = new ConversationStore()
    registerCloudAi(registry, { model, schemaReader: engine.schemaReader, profiles, conversations })
    engine.addDictionaryViews(...profileViews(profiles))
    const credentials = new CredentialStore()
    registry.register(...credentialSubprograms(credentials))
    engine.addDictionaryViews(...credentialViews(credentials))
    const aces = new HostAceStore()
    registerNetworkAcl(registry, { aces, userExists: (name) => engine.hasUser(name) })
    engine.addDictionaryViews(...hostAceViews(aces, (user) => user === ADMINISTRATOR))
    engine.addDictionaryViews(...conversationViews(conversations))
    engine.addDictionaryViews(translationLanguagesView)
    engine.load(salesHistory())
    engine.load(filmLibrary())
    return new Database(engine, registry)
  }

  /**
   * Opens a session. The user gets a schema of its own when it has none yet.
   * @param user - upper case unless the name was quoted
   */
  session(user: string): DatabaseSession {
    this.#engine.createUser(user)
    const engine = this.#engine
    return new ComposedSession({
      user,
      sql: engine.session(user),
      registry: this.#registry,
      mayExecute: (packageName) => engine.mayExecute(user, packageName),
      grantsVersion: () => engine.grantsVersion,
    })
  }

  close(): void {
    this.#engine.close()
  }
}
