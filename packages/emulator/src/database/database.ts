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
import { pipelineSubprograms } from '../cloud-ai/vector-index/pipeline-subprograms.ts'
import { pipelineViews } from '../cloud-ai/vector-index/pipeline-views.ts'
import { Pipelines } from '../cloud-ai/vector-index/pipelines.ts'
import { searchDocumentsOf } from '../cloud-ai/vector-index/search-documents.ts'
import { VectorIndexStore } from '../cloud-ai/vector-index/vector-index-store.ts'
import { vectorIndexSubprograms } from '../cloud-ai/vector-index/vector-index-subprograms.ts'
import { vectorIndexViews } from '../cloud-ai/vector-index/vector-index-views.ts'
import { filmLibrary } from '../demo/film-library.ts'
import { salesHistory } from '../demo/sales-history.ts'
import type { DatabaseSession } from '../execution/database-session.ts'
import { SubprogramRegistry } from '../execution/subprogram.ts'
import type { Model } from '../models/model.ts'
import { registerBuiltInPackages } from '../plsql/packages/built-in-packages.ts'
import { ADMINISTRATOR } from '../sql/catalog/package-grants.ts'
import { SqlEngine } from '../sql/sql-engine.ts'
import { ComposedSession } from './composed-session.ts'
import { runAsOwnerOn } from './run-as-owner.ts'

export interface DatabaseOptions {
  /** Who answers the questions of DBMS_CLOUD_AI. */
  readonly model: Model
  /** Users who may run Select AI from the start; upper case unless quoted. */
  readonly users?: readonly string[]
  /** The folder whose documents vector indexes may load; without it they load no files. */
  readonly documentsDirectory?: string
}

const MINUTE_MS = 60_000

/** The packages that every user of the emulator may run from the start. */
const SELECT_AI_PACKAGES = ['DBMS_CLOUD', 'DBMS_CLOUD_AI', 'DBMS_CLOUD_AI_AGENT', 'DBMS_CLOUD_PIPELINE']

/** The emulator's database: SQL, PL/SQL, Select AI and the demo schemas, all in memory. */
export class Database {
  readonly #engine: SqlEngine
  readonly #registry: SubprogramRegistry
  readonly #pipelines: Pipelines

  private constructor(engine: SqlEngine, registry: SubprogramRegistry, pipelines: Pipelines) {
    this.#engine = engine
    this.#registry = registry
    this.#pipelines = pipelines
  }

  /** Makes a database with the demo schemas loaded. */
  static async open({ model, users = [], documentsDirectory: directory }: DatabaseOptions): Promise<Database> {
    const registry = new SubprogramRegistry()
    registerBuiltInPackages(registry)
    const engine = await SqlEngine.open({ subprograms: registry })
    for (const name of [...SELECT_AI_PACKAGES, 'DBMS_NETWORK_ACL_ADMIN']) engine.restrictPackage(name)
    for (const user of users) engine.grantPackages(user, SELECT_AI_PACKAGES)
    engine.createUser(ADMINISTRATOR)
    const profiles = new ProfileStore(demoProfiles)
    const conversations = new ConversationStore()
    const indexes = new VectorIndexStore()
    const runAsOwner = runAsOwnerOn(engine)
    const pipelines = new Pipelines(indexes, { runAsOwner, directory, minuteMs: MINUTE_MS })
    const searchDocuments = searchDocumentsOf(indexes, runAsOwner)
    registerCloudAi(registry, { model, schemaReader: engine.schemaReader, profiles, conversations, searchDocuments })
    const userExists = (name: string) => engine.hasUser(name)
    const mayExecute = (user: string, packageName: string) => engine.mayExecute(user, packageName)
    registry.register(...vectorIndexSubprograms({ indexes, pipelines, profiles, userExists, mayExecute }))
    registry.register(...pipelineSubprograms(pipelines))
    engine.addDictionaryViews(...vectorIndexViews(indexes, isAdministrator), ...pipelineViews(pipelines))
    engine.addDictionaryViews(...profileViews(profiles))
    const credentials = new CredentialStore()
    registry.register(...credentialSubprograms(credentials))
    engine.addDictionaryViews(...credentialViews(credentials))
    const aces = new HostAceStore()
    registerNetworkAcl(registry, { aces, userExists })
    engine.addDictionaryViews(...hostAceViews(aces, isAdministrator))
    engine.addDictionaryViews(...conversationViews(conversations))
    engine.addDictionaryViews(translationLanguagesView)
    engine.load(salesHistory())
    engine.load(filmLibrary())
    return new Database(engine, registry, pipelines)
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
    this.#pipelines.close()
    this.#engine.close()
  }
}

function isAdministrator(user: string): boolean {
  return user === ADMINISTRATOR
}
