import type { CallContext } from '../execution/subprogram.ts'
import { OracleError } from '../oracle-error.ts'
import type { OracleValue } from '../values/oracle-value.ts'
import { agentError } from './agent-object-kind.ts'
import type { ToolInputValues } from './tool-inputs.ts'

/**
 * Calls a function or procedure as the calling user, with the inputs as named arguments.
 * @param name - has been checked to be a name
 * @throws OracleError what the call raises, ORA-20052 for an input that cannot be the name of an argument
 */
export async function runFunction(name: string, input: ToolInputValues, context: CallContext): Promise<string> {
  const names = Object.keys(input)
  const wrong = names.find((each) => !/^[a-z][\w$#]*$/i.test(each))
  if (wrong !== undefined) throw agentError('tool', `Invalid tool input - ${wrong}`)
  const call = `${name}(${names.map((each, index) => `${each} => :V${index + 1}`).join(', ')})`
  const binds = Object.fromEntries(names.map((each, index) => [`V${index + 1}`, input[each] as string]))
  const { runBlock } = context
  if (runBlock === undefined) return resultOfQuery(call, binds, context)
  try {
    const { RESULT } = await runBlock(`BEGIN :RESULT := ${call}; END;`, { RESULT: null, ...binds })
    return textOf(RESULT)
  } catch (error) {
    if (!isProcedure(error)) throw error
    await runBlock(`BEGIN ${call}; END;`, binds)
    return `${name} was run.`
  }
}

/** A team that was run by a query can call functions alone, as queries do. */
async function resultOfQuery(
  call: string,
  binds: Readonly<Record<string, string>>,
  context: CallContext,
): Promise<string> {
  const { rows } = await context.query(`SELECT ${call} FROM dual`, binds)
  return textOf(rows[0]?.[0])
}

function isProcedure(error: unknown): boolean {
  return error instanceof OracleError && error.number === 6550 && /PLS-0022[12]/.test(error.message)
}

function textOf(value: OracleValue | undefined): string {
  return value === null || value === undefined ? '' : String(value)
}
