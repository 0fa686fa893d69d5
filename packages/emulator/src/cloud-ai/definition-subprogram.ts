import type { Subprogram } from '../execution/subprogram.ts'
import { textArgument } from '../execution/text-argument.ts'
import { OracleError } from '../oracle-error.ts'
import { CLOB, varchar2 } from '../values/oracle-type.ts'
import { creatingBlock, creatingCall } from './creating-call.ts'
import { jsonArgument, lowerCaseKeys } from './json-argument.ts'
import type { AiProfile, ProfileStore } from './profile-store.ts'
import type { VectorIndex, VectorIndexStore } from './vector-index/vector-index-store.ts'

/** What can be told of, by its upper-case type. */
type Definers = Readonly<Record<string, (user: string, name: string, isWhole: boolean) => readonly string[]>>

/** GET_DEFINITION of DBMS_CLOUD_AI: the block that creates a profile or a vector index of the user's own anew. */
export function definitionSubprogram(profiles: ProfileStore, indexes: VectorIndexStore): Subprogram {
  const definers: Definers = {
    PROFILE(user, name, isWhole) {
      const profile = profiles.get(user, name)
      const index = isWhole ? indexes.find(user, String(profile.attributes.vector_index_name ?? '')) : undefined
      return [callOfProfile(profile), ...(index ? [callOfIndex(index)] : [])]
    },
    'VECTOR INDEX'(user, name, isWhole) {
      const index = indexes.get(user, name)
      const profile = isWhole ? profiles.find(user, String(index.attributes.profile_name ?? '')) : undefined
      return [...(profile ? [callOfProfile(profile)] : []), callOfIndex(index)]
    },
  }
  return {
    name: 'DBMS_CLOUD_AI.GET_DEFINITION',
    parameters: [
      { name: 'OBJECT_TYPE', mode: 'in', type: varchar2(128) },
      { name: 'OBJECT_NAME', mode: 'in', type: varchar2(128) },
      { name: 'PARAMS', mode: 'in', type: CLOB, default: null },
    ],
    returns: CLOB,
    run(values, { user }) {
      const type = textArgument(values.OBJECT_TYPE)
      const define = definers[type.trim().toUpperCase().replaceAll('_', ' ')]
      if (define === undefined) throw new OracleError(20000, `Invalid object type - ${type}`)
      const isWhole = lowerCaseKeys(jsonArgument(values.PARAMS)).dependent_objects === true
      return { value: creatingBlock(define(user, textArgument(values.OBJECT_NAME), isWhole)) }
    },
  }
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
