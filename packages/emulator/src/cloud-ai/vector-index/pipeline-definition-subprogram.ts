import type { Subprogram } from '../../execution/subprogram.ts'
import { creatingCall } from '../creating-call.ts'
import { callsOfIndex, type DefinedObjects } from '../defining-calls.ts'
import { definitionFunction } from '../definition-function.ts'
import type { Pipeline } from './pipeline.ts'
import type { Pipelines } from './pipelines.ts'

/**
 * GET_DEFINITION of DBMS_CLOUD_PIPELINE: the block that creates a pipeline of the user's own anew. All are those of vector indexes, and are
 * made with them.
 */
export function pipelineDefinitionSubprogram(pipelines: Pipelines, objects: DefinedObjects): Subprogram {
  return definitionFunction('DBMS_CLOUD_PIPELINE', ['PIPELINE_NAME'], ({ texts: [name = ''], user, isWhole }) => {
    const pipeline = pipelines.get(user, name)
    return [...callsOfIndex(pipeline.index, isWhole, objects), ...callsOfStatus(pipeline)]
  })
}

/** A pipeline that was started or stopped by itself is in another status than its index has it. */
function callsOfStatus({ name, status, index }: Pipeline): readonly string[] {
  const created = index.status === 'ENABLED' ? 'STARTED' : 'STOPPED'
  if (status === created) return []
  const subprogram = status === 'STARTED' ? 'START_PIPELINE' : 'STOP_PIPELINE'
  return [creatingCall(`DBMS_CLOUD_PIPELINE.${subprogram}`, { pipeline_name: name })]
}
