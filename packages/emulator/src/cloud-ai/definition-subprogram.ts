import type { Subprogram } from '../execution/subprogram.ts'
import { OracleError } from '../oracle-error.ts'
import { callsOfIndex, callsOfProfile, type DefinedObjects } from './defining-calls.ts'
import { definitionFunction } from './definition-function.ts'

/** What can be told of, by its upper-case type. */
type Definers = Readonly<Record<string, (user: string, name: string, isWhole: boolean) => readonly string[]>>

/** GET_DEFINITION of DBMS_CLOUD_AI: the block that creates a profile or a vector index of the user's own anew. */
export function definitionSubprogram(objects: DefinedObjects): Subprogram {
  const { profiles, indexes } = objects
  const definers: Definers = {
    PROFILE: (user, name, isWhole) => callsOfProfile(profiles.get(user, name), isWhole, objects),
    'VECTOR INDEX': (user, name, isWhole) => callsOfIndex(indexes.get(user, name), isWhole, objects),
  }
  const parameters = ['OBJECT_TYPE', 'OBJECT_NAME']
  return definitionFunction('DBMS_CLOUD_AI', parameters, ({ texts: [type = '', name = ''], user, isWhole }) => {
    const define = definers[type.trim().toUpperCase().replaceAll('_', ' ')]
    if (define === undefined) throw new OracleError(20000, `Invalid object type - ${type}`)
    return define(user, name, isWhole)
  })
}
