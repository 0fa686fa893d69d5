import { SelectAIArgumentError } from '../errors/select-ai-argument-error.ts'
import type { DatabaseCall } from '../pool/call-database.ts'
import { type CallOptions, callOptionNames, checkCallOptions } from '../pool/call-options.ts'
import type { ConnectionPool } from '../pool/connection-pool.ts'
import { readAnswer } from '../pool/read-answer.ts'
import * as agentStatements from '../sql/agent-call-statements.ts'
import * as statements from '../sql/definition-statements.ts'

/** Options of telling how an object was made. */
export interface DefinitionOptions extends CallOptions {
  /**
   * Tells of what belongs to it too: of the vector index of a profile, of the profile of a vector index or an agent, of the tools of a
   * task, and of the agents and tasks of a team. Default: false.
   */
  readonly dependentObjects?: boolean | undefined
}

/** Takes `dependentObjects` out of the options. @throws SelectAIArgumentError for an option that is unknown or unusable. */
export function readDefinitionOptions(options: DefinitionOptions): {
  readonly dependentObjects: boolean
  readonly others: CallOptions
} {
  checkCallOptions(options, [...callOptionNames, 'dependentObjects'])
  const { dependentObjects = false, ...others } = options
  if (typeof dependentObjects === 'boolean') return { dependentObjects, others }
  throw new SelectAIArgumentError({ argument: 'options.dependentObjects', message: 'must be true or false.' })
}

/** The statements by the package that tells. Those without dependent objects suit databases that cannot tell of them. */
const statementsOf = { DBMS_CLOUD_AI: statements, DBMS_CLOUD_AI_AGENT: agentStatements } as const

/** The block that would create an object anew. */
export function readDefinition(
  pool: ConnectionPool,
  call: DatabaseCall,
  object: { readonly package: 'DBMS_CLOUD_AI' | 'DBMS_CLOUD_AI_AGENT'; readonly type: string; readonly name: string },
  dependentObjects: boolean,
): Promise<string> {
  const { getDefinition, getDefinitionWithDependents } = statementsOf[object.package]
  const input = { object_type: object.type, object_name: object.name }
  if (!dependentObjects) return readAnswer(pool, call, getDefinition, input)
  const params = JSON.stringify({ dependent_objects: true })
  return readAnswer(pool, call, getDefinitionWithDependents, { ...input, params })
}
