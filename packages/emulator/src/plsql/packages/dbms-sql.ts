import type { CallContext, Subprogram } from '../../execution/subprogram.ts'
import { OracleError } from '../../oracle-error.ts'
import { BOOLEAN } from '../../values/oracle-type.ts'
import type { OracleCursor } from '../../values/oracle-value.ts'
import { input } from './parameters.ts'

const STATE = 'IMPLICIT_RESULTS'
const MOST_RESULTS = 100

/** DBMS_SQL, as far as it hands results to the client. */
export const dbmsSql: readonly Subprogram[] = [
  {
    name: 'DBMS_SQL.RETURN_RESULT',
    parameters: [input('RC', { name: 'CURSOR' }), input('TO_CLIENT', BOOLEAN, true)],
    run: ({ RC: cursor }, context) => {
      if (cursor === null || typeof cursor !== 'object' || !('columns' in cursor)) {
        throw new OracleError(29481, 'Implicit results cannot be returned to client.')
      }
      resultsOf(context).push(cursor)
      return {}
    },
  },
]

function resultsOf({ packageState }: CallContext): OracleCursor[] {
  const results = (packageState.get(STATE) as OracleCursor[] | undefined) ?? []
  if (results.length >= MOST_RESULTS) throw new OracleError(29479, 'Implicit results limit exceeded')
  packageState.set(STATE, results)
  return results
}

/** The results that a block has handed to its client since they were last taken. */
export function takeImplicitResults(packageState: Map<string, unknown>): readonly OracleCursor[] {
  const results = (packageState.get(STATE) as OracleCursor[] | undefined) ?? []
  packageState.delete(STATE)
  return results
}
