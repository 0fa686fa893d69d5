import { qualifiedNameOf, readQualifiedName } from '../attributes/qualified-name.ts'
import type { DefinitionOptions } from '../attributes/read-definition.ts'
import type { CallOptions } from '../pool/call-options.ts'
import type { ConnectionPool } from '../pool/connection-pool.ts'
import { fetchDescription } from './find-vector-indexes.ts'
import {
  type CreateVectorIndexOptions,
  create,
  createOrReplace,
  type DeleteVectorIndexOptions,
  definition,
  disable,
  drop,
  enable,
  grantAccess,
  refresh,
  revokeAccess,
  setAttribute,
  setAttributes,
} from './manage-vector-index.ts'
import { fetchRefreshTimes, type VectorIndexRefreshTimes } from './refresh-times.ts'
import type { VectorIndexAttributeChanges } from './vector-index-attributes.ts'
import type { VectorIndexDefinition } from './vector-index-definition.ts'
import type { VectorIndexDescription } from './vector-index-description.ts'

/** Options of naming a vector index. */
export interface VectorIndexOptions {
  /** Who owns the index, when it is not the database user of the pool. It must be shared with that user. */
  readonly owner?: string | undefined
}

/**
 * A vector index of the database, by name: the documents at a location, cut into chunks that a profile finds answers in. Making
 * one costs nothing, and each method costs one round trip. Only the owner may change an index, so that its name must be one
 * without owner, except for `fetch`.
 *
 * Every method rejects with `VectorIndexNotFoundError` when there is no such index, with `SelectAIArgumentError` for a value
 * that is not acceptable, and with the errors of any call, which `Profile` lists. `PrivilegeError` may tell that the user lacks
 * EXECUTE on `DBMS_CLOUD_PIPELINE`.
 *
 * @example
 * const index = pool.vectorIndex('HANDBOOK_INDEX')
 * await index.create(
 *   {
 *     attributes: {
 *       location: 'https://objectstorage.us-ashburn-1.oraclecloud.com/n/my_namespace/b/my_bucket/o/handbook/',
 *       object_storage_credential_name: 'OCI$RESOURCE_PRINCIPAL',
 *       profile_name: 'HANDBOOK',
 *       vector_db_provider: 'oracle',
 *     },
 *   },
 *   { waitForCompletion: true, linkProfile: true, timeoutMs: 600_000 },
 * )
 * const { answer, sources } = await pool.profile('HANDBOOK').narrateWithSources('How do I report a fault?')
 */
export class VectorIndex {
  /** The name as given, without its owner; the database does not tell upper and lower case apart. */
  readonly name: string
  /** The owner as given; undefined for the database user of the pool. */
  readonly owner: string | undefined
  readonly #pool: ConnectionPool

  /** Use `pool.vectorIndex(name)`. */
  constructor(name: string, pool: ConnectionPool, options: VectorIndexOptions = {}) {
    const { name: ownName, owner } = readQualifiedName('vectorIndex', name, options)
    this.name = ownName
    this.owner = owner
    this.#pool = pool
  }

  /** `OWNER.NAME` for an index that was given with its owner, otherwise the name; what a profile names it by in `vector_index_name`. */
  get qualifiedName(): string {
    return qualifiedNameOf(this)
  }

  /**
   * Creates the index (`CREATE_VECTOR_INDEX`), with a table for its chunks and a pipeline that loads the documents now and at
   * each refresh. The call does not wait for that unless `waitForCompletion` is set, and changes the profile only with
   * `linkProfile`.
   *
   * @throws SelectAIArgumentError for a definition that cannot be right, before anything is sent
   * @throws VectorIndexExistsError when there is one of that name already
   * @throws VectorTableExistsError when the table for its chunks is there already
   * @throws ProfileNotFoundError when there is no profile `profile_name`
   * @throws InvalidAttributeError when the database refuses an attribute
   * @throws ProviderError with `waitForCompletion`, when the documents cannot be loaded; the index is there all the same
   *
   * @example
   * const attributes = { location: 'https://example.com/handbook.txt', profile_name: 'HANDBOOK' }
   * await pool.vectorIndex('HANDBOOK_INDEX').create({ attributes, description: 'The handbook' }, { linkProfile: true })
   */
  create(definition: VectorIndexDefinition, options?: CreateVectorIndexOptions): Promise<void> {
    return create(this.#pool, this.qualifiedName, definition, options)
  }

  /**
   * Creates the index, in place of the one of that name when there is one (`DROP_VECTOR_INDEX` with its data, and
   * `CREATE_VECTOR_INDEX`, in one round trip). Nothing of the old one stays, neither its chunks nor who may use it. The two are
   * not one transaction: when the database drops the old index and then refuses the new one, there is none, and the error says
   * so. The same may be after a call that was ended by its signal or its deadline. To change some attributes, use
   * `setAttributes`.
   *
   * @throws SelectAIArgumentError for a definition that cannot be right, before anything is sent
   * @throws VectorIndexReplaceError when the old index is gone and the new one was refused; its cause says why
   * @throws ProfileNotFoundError, InvalidAttributeError or VectorTableExistsError when there was no old one, as `create` does
   * @throws VectorIndexExistsError when somebody else creates one at the same moment
   * @throws ProviderError with `waitForCompletion`, when the documents cannot be loaded; the new index is there all the same
   */
  createOrReplace(definition: VectorIndexDefinition, options?: CreateVectorIndexOptions): Promise<void> {
    return createOrReplace(this.#pool, this.qualifiedName, definition, options)
  }

  /**
   * Sets one attribute (`UPDATE_VECTOR_INDEX`), also one that this package does not know.
   * @throws ProfileNotFoundError when `profile_name` is set and there is no such profile
   * @throws InvalidAttributeError when the database refuses the attribute, or does not let it be changed, as `location`
   * @example
   * await pool.vectorIndex('HANDBOOK_INDEX').setAttribute('match_limit', 10)
   */
  setAttribute(name: string, value: unknown, options?: CallOptions): Promise<void> {
    return setAttribute(this.#pool, this.qualifiedName, name, value, options)
  }

  /**
   * Lays attributes over those of the index (`UPDATE_VECTOR_INDEX`): what is not given stays as it is. All are changed or none.
   * @throws ProfileNotFoundError when `profile_name` is among them and there is no such profile
   * @throws InvalidAttributeError when the database refuses an attribute, or does not let it be changed, as `location`
   * @example
   * await pool.vectorIndex('HANDBOOK_INDEX').setAttributes({ match_limit: 10, refresh_rate: 60 })
   */
  setAttributes(attributes: VectorIndexAttributeChanges, options?: CallOptions): Promise<void> {
    return setAttributes(this.#pool, this.qualifiedName, attributes, options)
  }

  /**
   * What the database knows of the index, with all its attributes: one round trip, and two more when its description or a value
   * is longer than 1,000 characters. A name with its owner is looked for among the indexes that the user may see.
   * @example
   * const { status, attributes } = await pool.vectorIndex('HANDBOOK_INDEX').fetch()
   */
  fetch(options?: CallOptions): Promise<VectorIndexDescription> {
    return fetchDescription(this.#pool, this.qualifiedName, options)
  }

  /** Loads documents again, and lets profiles answer from them (`ENABLE_VECTOR_INDEX`). An enabled index stays as it is. */
  enable(options?: CallOptions): Promise<void> {
    return enable(this.#pool, this.qualifiedName, options)
  }

  /** Keeps the index, but loads no documents, and profiles answer from it no more (`DISABLE_VECTOR_INDEX`). A disabled index stays as it is. */
  disable(options?: CallOptions): Promise<void> {
    return disable(this.#pool, this.qualifiedName, options)
  }

  /**
   * The PL/SQL block that would create the index anew and load its documents again (`GET_DEFINITION`), in the words of the
   * database. With `dependentObjects` it creates the profile of the index too.
   *
   * @throws VectorIndexNotFoundError when there is no such index
   * @throws AnswerTooLongError when the block is longer than the pool allows
   *
   * @example
   * const block = await pool.vectorIndex('HANDBOOK_INDEX').definition()
   */
  definition(options?: DefinitionOptions): Promise<string> {
    return definition(this.#pool, this.qualifiedName, options)
  }

  /**
   * Loads what is new now, and resolves when that is done (`RUN_PIPELINE_ONCE` of `DBMS_CLOUD_PIPELINE`). The database runs
   * stopped pipelines alone: one that is started is stopped for that time, in the same call.
   * @throws ProviderError when the documents cannot be loaded
   * @example
   * await pool.vectorIndex('HANDBOOK_INDEX').refresh({ timeoutMs: 600_000 })
   */
  refresh(options?: CallOptions): Promise<void> {
    return refresh(this.#pool, this.qualifiedName, options)
  }

  /**
   * When documents were loaded last and will be next, and the pipeline that loads them.
   * @example
   * const { lastRefresh, nextRefresh, pipelineStatus } = await pool.vectorIndex('HANDBOOK_INDEX').refreshTimes()
   */
  refreshTimes(options?: CallOptions): Promise<VectorIndexRefreshTimes> {
    return fetchRefreshTimes(this.#pool, this.qualifiedName, options)
  }

  /**
   * Lets another user, or the users of a role, answer from the index by the name `OWNER.INDEX` (`GRANT_VECTOR_INDEX_ACCESS`).
   * @throws UserNotFoundError when there is no such user or role
   * @example
   * await pool.vectorIndex('HANDBOOK_INDEX').grantAccess('REPORTS')
   * const { attributes } = await reportsPool.vectorIndex('HANDBOOK_INDEX', { owner: 'APP' }).fetch()
   */
  grantAccess(userOrRole: string, options?: CallOptions): Promise<void> {
    return grantAccess(this.#pool, this.qualifiedName, userOrRole, options)
  }

  /**
   * Takes that back (`REVOKE_VECTOR_INDEX_ACCESS`).
   * @throws UserNotFoundError when there is no such user or role
   */
  revokeAccess(userOrRole: string, options?: CallOptions): Promise<void> {
    return revokeAccess(this.#pool, this.qualifiedName, userOrRole, options)
  }

  /**
   * Deletes the index, its pipeline and, unless `includeData` is false, the table with its chunks (`DROP_VECTOR_INDEX`).
   * @throws VectorIndexNotFoundError when there is no such index, unless `force` is set
   */
  delete(options?: DeleteVectorIndexOptions): Promise<void> {
    return drop(this.#pool, this.qualifiedName, options)
  }
}
