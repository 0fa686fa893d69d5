import type { Parameter, Subprogram } from '../execution/subprogram.ts'
import { textArgument } from '../execution/text-argument.ts'
import { CLOB, varchar2 } from '../values/oracle-type.ts'
import { creatingBlock } from './creating-call.ts'
import { jsonArgument, lowerCaseKeys } from './json-argument.ts'

/** What is to be told of, by whom. */
export interface DefinitionRequest {
  /** The texts of the arguments before `PARAMS`, in their order. */
  readonly texts: readonly string[]
  readonly user: string
  /** Whether its dependent objects are told of too. */
  readonly isWhole: boolean
}

/**
 * GET_DEFINITION of a package: the block of the calls that create an object anew.
 * @param parameters - names of those before `PARAMS`
 */
export function definitionFunction(
  packageName: string,
  parameters: readonly string[],
  callsOf: (request: DefinitionRequest) => readonly string[],
): Subprogram {
  const names = parameters.map((name): Parameter => ({ name, mode: 'in', type: varchar2(128) }))
  return {
    name: `${packageName}.GET_DEFINITION`,
    parameters: [...names, { name: 'PARAMS', mode: 'in', type: CLOB, default: null }],
    returns: CLOB,
    run(values, { user }) {
      const isWhole = lowerCaseKeys(jsonArgument(values.PARAMS)).dependent_objects === true
      const texts = parameters.map((name) => textArgument(values[name]))
      return { value: creatingBlock(callsOf({ texts, user, isWhole })) }
    },
  }
}
