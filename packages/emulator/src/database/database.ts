import { registerCloudAi } from '../cloud-ai/cloud-ai.ts'
import { demoProfiles } from '../cloud-ai/demo-profiles.ts'
import { ProfileStore } from '../cloud-ai/profile-store.ts'
import { salesHistory } from '../demo/sales-history.ts'
import type { DatabaseSession } from '../execution/database-session.ts'
import { SubprogramRegistry } from '../execution/subprogram.ts'
import type { Model } from '../models/model.ts'
import { registerBuiltInPackages } from '../plsql/packages/built-in-packages.ts'
import { SqlEngine } from '../sql/sql-engine.ts'
import { ComposedSession } from './composed-session.ts'
import { translationLanguagesView } from './translation-languages-view.ts'

export interface DatabaseOptions {
  /** Who answers the questions of DBMS_CLOUD_AI. */
  readonly model: Model
}

/** The emulator's database: SQL, PL/SQL, Select AI and the demo schema, all in memory. */
export class Database {
  readonly #engine: SqlEngine
  readonly #registry: SubprogramRegistry

  private constructor(engine: SqlEngine, registry: SubprogramRegistry) {
    this.#engine = engine
    this.#registry = registry
  }

  /** Makes a database with the sales history loaded. */
  static async open({ model }: DatabaseOptions): Promise<Database> {
    const registry = new SubprogramRegistry()
    registerBuiltInPackages(registry)
    const engine = await SqlEngine.open({ subprograms: registry })
    const profiles = new ProfileStore(demoProfiles)
    registerCloudAi(registry, { model, schemaReader: engine.schemaReader, profiles })
    engine.addDictionaryViews(translationLanguagesView)
    engine.load(salesHistory())
    return new Database(engine, registry)
  }

  /**
   * Opens a session. The user gets a schema of its own when it has none yet.
   * @param user - upper case unless the name was quoted
   */
  session(user: string): DatabaseSession {
    this.#engine.createUser(user)
    return new ComposedSession({ user, sql: this.#engine.session(user), registry: this.#registry })
  }

  close(): void {
    this.#engine.close()
  }
}
