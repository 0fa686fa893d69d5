import { CredentialStore } from '../cloud/credential-store.ts'
import { credentialSubprograms } from '../cloud/credential-subprograms.ts'
import { credentialViews } from '../cloud/credential-views.ts'
import { HostAceStore } from '../cloud/host-ace-store.ts'
import { hostAceViews } from '../cloud/host-ace-views.ts'
import { registerNetworkAcl } from '../cloud/network-acl-subprograms.ts'
import { PrincipalAuth, principalAuthSubprograms } from '../cloud/principal-auth.ts'
import { ProviderGate } from '../cloud/provider-gate.ts'
import { type CloudAiOptions, registerCloudAi } from '../cloud-ai/cloud-ai.ts'
import { ConversationStore } from '../cloud-ai/conversation-store.ts'
import { conversationViews } from '../cloud-ai/conversation-views.ts'
import { DataAccess } from '../cloud-ai/data-access.ts'
import { definitionSubprogram } from '../cloud-ai/definition-subprogram.ts'
import { demoProfiles } from '../cloud-ai/demo-profiles.ts'
import { FeedbackIndex } from '../cloud-ai/feedback-index.ts'
import { LoadOperationStore } from '../cloud-ai/load-operation-store.ts'
import { loadOperationViews } from '../cloud-ai/load-operation-views.ts'
import { MappedSqlStore } from '../cloud-ai/mapped-sql-store.ts'
import { mappedSqlViews } from '../cloud-ai/mapped-sql-views.ts'
import { ProfileStore } from '../cloud-ai/profile-store.ts'
import { profileViews } from '../cloud-ai/profile-views.ts'
import { sessionView } from '../cloud-ai/session-views.ts'
import { translationLanguagesView } from '../cloud-ai/translation-languages-view.ts'
import { pipelineDefinitionSubprogram } from '../cloud-ai/vector-index/pipeline-definition-subprogram.ts'
import { pipelineSubprograms } from '../cloud-ai/vector-index/pipeline-subprograms.ts'
import { pipelineViews } from '../cloud-ai/vector-index/pipeline-views.ts'
import { Pipelines } from '../cloud-ai/vector-index/pipelines.ts'
import { searchDocumentsOf } from '../cloud-ai/vector-index/search-documents.ts'
import { VectorIndexStore } from '../cloud-ai/vector-index/vector-index-store.ts'
import { vectorIndexSubprograms } from '../cloud-ai/vector-index/vector-index-subprograms.ts'
import { vectorIndexViews } from '../cloud-ai/vector-index/vector-index-views.ts'
import { registerCloudAiAgent } from '../cloud-ai-agent/cloud-ai-agent.ts'
import { filmLibrary } from '../demo/film-library.ts'
import { salesHistory } from '../demo/sales-history.ts'
import type { DatabaseSession } from '../execution/database-session.ts'
import { SubprogramRegistry } from '../execution/subprogram.ts'
import type { UserAccounts } from '../execution/user-accounts.ts'
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

/** The packages that only the administrator may run from the start. */
const ADMINISTRATOR_PACKAGES = ['DBMS_CLOUD_ADMIN', 'DBMS_NETWORK_ACL_ADMIN']

interface DatabaseParts {
  readonly engine: SqlEngine
  readonly registry: SubprogramRegistry
  readonly cloudAi: CloudAiOptions
  readonly pipelines: Pipelines
}

/** The emulator's database: SQL, PL/SQL, Select AI and the demo schemas, all in memory. */
export class Database {
  readonly #parts: DatabaseParts

  private constructor(parts: DatabaseParts) {
    this.#parts = parts
  }

  /** Makes a database with the demo schemas loaded. */
  static async open({ model, users = [], documentsDirectory: directory }: DatabaseOptions): Promise<Database> {
    const registry = new SubprogramRegistry()
    registerBuiltInPackages(registry)
    const engine = await SqlEngine.open({ subprograms: registry })
    for (const name of [...SELECT_AI_PACKAGES, ...ADMINISTRATOR_PACKAGES]) engine.restrictPackage(name)
    for (const user of users) engine.grantPackages(user, SELECT_AI_PACKAGES)
    engine.createUser(ADMINISTRATOR)
    const userExists = (name: string) => engine.hasUser(name)
    const granteeExists = (name: string) => engine.hasGrantee(name)
    const namesInGrants = (user: string) => engine.namesInGrants(user)
    const mayExecute = (user: string, packageName: string) => engine.mayExecute(user, packageName)
    const credentials = new CredentialStore(namesInGrants)
    registry.register(...credentialSubprograms(credentials))
    engine.addGrantables(credentials)
    engine.addDictionaryViews(...credentialViews(credentials))
    const principals = new PrincipalAuth()
    for (const user of [ADMINISTRATOR, ...users]) principals.enable('OCI', user)
    registry.register(...principalAuthSubprograms(principals, userExists))
    const aces = new HostAceStore(namesInGrants)
    registerNetworkAcl(registry, { aces, granteeExists })
    engine.addDictionaryViews(...hostAceViews(aces))
    const findSynonym = (name: string) => engine.publicSynonym(name)
    const providerAccess = new ProviderGate({ credentials, principals, aces, findSynonym })
    const profiles = new ProfileStore(demoProfiles, namesInGrants)
    const indexes = new VectorIndexStore(namesInGrants)
    const conversations = new ConversationStore()
    const isAdministrator = (user: string) => user === ADMINISTRATOR
    const { sessionTeam, views, belongings } = registerCloudAiAgent({
      model,
      registry,
      profiles,
      indexes,
      conversations,
      providerAccess,
      granteeExists,
      namesInGrants,
    })
    engine.addDictionaryViews(...views)
    const runAsOwner = runAsOwnerOn(engine)
    const pipelines = new Pipelines(indexes, { runAsOwner, directory, minuteMs: MINUTE_MS })
    registry.register(
      definitionSubprogram({ profiles, indexes }),
      ...vectorIndexSubprograms({ indexes, pipelines, profiles, providerAccess, granteeExists, mayExecute }),
      ...pipelineSubprograms(pipelines),
      pipelineDefinitionSubprogram(pipelines, { profiles, indexes }),
    )
    engine.addDictionaryViews(...vectorIndexViews(indexes), ...pipelineViews(pipelines))
    const cloudAi: CloudAiOptions = {
      model,
      sessionTeam,
      schemaReader: engine.schemaReader,
      profiles,
      conversations,
      searchDocuments: searchDocumentsOf(indexes, runAsOwner),
      mappedSql: new MappedSqlStore(),
      feedback: new FeedbackIndex(),
      loadOperations: new LoadOperationStore(),
      dataAccess: new DataAccess(),
      providerAccess,
      grantees: { exists: granteeExists },
      isAdministrator,
    }
    registerCloudAi(registry, cloudAi)
    engine.addDictionaryViews(...profileViews(profiles))
    engine.addDictionaryViews(...loadOperationViews(cloudAi.loadOperations))
    const maySeeAll = (user: string, view: string) => engine.mayRead(user, 'SYS', view.replace('$', '_$'))
    engine.addDictionaryViews(...mappedSqlViews(cloudAi.mappedSql, maySeeAll))
    engine.addDictionaryViews(
      sessionView(
        () => engine.sessions(),
        (user) => maySeeAll(user, 'V$SESSION'),
      ),
    )
    engine.addDictionaryViews(...conversationViews(conversations))
    engine.addDictionaryViews(translationLanguagesView)
    const { mappedSql, feedback, loadOperations } = cloudAi
    engine.addBelongings(profiles, conversations, credentials, aces, principals, pipelines, indexes)
    engine.addBelongings(mappedSql, feedback, loadOperations, ...belongings)
    engine.load(salesHistory())
    engine.load(filmLibrary())
    return new Database({ engine, registry, cloudAi, pipelines })
  }

  /**
   * Opens a session. The user gets a schema of its own when it has none yet.
   * @param user - upper case unless the name was quoted
   */
  session(user: string): DatabaseSession {
    const { engine, registry, cloudAi } = this.#parts
    engine.createUser(user)
    return new ComposedSession({
      user,
      sql: engine.session(user),
      registry,
      cloudAi,
      mayExecute: (name, packageName) => engine.mayExecute(name, packageName),
    })
  }

  /** Says where passwords are kept, which CREATE USER and ALTER USER change. */
  useAccounts(accounts: UserAccounts): void {
    this.#parts.engine.useAccounts(accounts)
  }

  /** Whether a user may log on once the password is right. @throws OracleError ORA-28000, ORA-01045 */
  checkLogon(user: string): void {
    this.#parts.engine.checkLogon(user)
  }

  close(): void {
    this.#parts.pipelines.close()
    this.#parts.engine.close()
  }
}
