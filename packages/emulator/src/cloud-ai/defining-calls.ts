import { creatingCall } from './creating-call.ts'
import type { AiProfile, ProfileStore } from './profile-store.ts'
import type { VectorIndex, VectorIndexStore } from './vector-index/vector-index-store.ts'

/** Where the objects that definitions tell of are kept. */
export interface DefinedObjects {
  readonly profiles: ProfileStore
  readonly indexes: VectorIndexStore
}

/** The calls that create a profile anew and, for the whole, its vector index. */
export function callsOfProfile(
  profile: AiProfile,
  isWhole: boolean,
  { indexes }: Pick<DefinedObjects, 'indexes'>,
): readonly string[] {
  const { owner, attributes } = profile
  const index = isWhole ? indexes.find(owner, String(attributes.vector_index_name ?? '')) : undefined
  return [callOfProfile(profile), ...(index ? [callOfIndex(index)] : [])]
}

/** The calls that create a vector index anew and, for the whole, its profile. */
export function callsOfIndex(
  index: VectorIndex,
  isWhole: boolean,
  { profiles }: Pick<DefinedObjects, 'profiles'>,
): readonly string[] {
  const { owner, attributes } = index
  const profile = isWhole ? profiles.find(owner, String(attributes.profile_name ?? '')) : undefined
  return [...(profile ? [callOfProfile(profile)] : []), callOfIndex(index)]
}

function callOfProfile({ name, attributes, status, description }: AiProfile): string {
  return creatingCall('DBMS_CLOUD_AI.CREATE_PROFILE', {
    profile_name: name,
    attributes: JSON.stringify(attributes),
    status: status === 'DISABLED' ? 'disabled' : undefined,
    description: description ?? undefined,
  })
}

function callOfIndex({ name, attributes, status, description }: VectorIndex): string {
  // The database names the pipeline itself.
  const { pipeline_name: _, ...own } = attributes
  return creatingCall('DBMS_CLOUD_AI.CREATE_VECTOR_INDEX', {
    index_name: name,
    attributes: JSON.stringify(own),
    status: status === 'DISABLED' ? 'disabled' : undefined,
    description: description ?? undefined,
  })
}
