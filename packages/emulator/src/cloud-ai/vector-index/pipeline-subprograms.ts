import type { CallContext, Parameter, Subprogram } from '../../execution/subprogram.ts'
import { textArgument } from '../../execution/text-argument.ts'
import { BOOLEAN, type OracleType, varchar2 } from '../../values/oracle-type.ts'
import type { OracleValue } from '../../values/oracle-value.ts'
import { answerOrBreak } from '../answer-or-break.ts'
import type { Pipeline } from './pipeline.ts'
import type { Pipelines } from './pipelines.ts'

const INSTANT: OracleType = { name: 'TIMESTAMP WITH TIME ZONE', scale: 6 }
const PIPELINE_NAME: Parameter = { name: 'PIPELINE_NAME', mode: 'in', type: varchar2(128) }
const START_DATE: Parameter = { name: 'START_DATE', mode: 'in', type: INSTANT, default: null }
const FORCE: Parameter = { name: 'FORCE', mode: 'in', type: BOOLEAN, default: false }
const PURGE_DATA: Parameter = { name: 'PURGE_DATA', mode: 'in', type: BOOLEAN, default: false }

type Values = Readonly<Record<string, OracleValue>>

/** START_PIPELINE, STOP_PIPELINE, RUN_PIPELINE_ONCE and RESET_PIPELINE of DBMS_CLOUD_PIPELINE, for those of vector indexes. */
export function pipelineSubprograms(pipelines: Pipelines): readonly Subprogram[] {
  const subprogram = (
    name: string,
    parameters: readonly Parameter[],
    run: (pipeline: Pipeline, values: Values, context: CallContext) => Promise<void>,
  ): Subprogram => ({
    name: `DBMS_CLOUD_PIPELINE.${name}`,
    parameters: [PIPELINE_NAME, ...parameters],
    async run(values, context) {
      const pipeline = pipelines.get(context.user, textArgument(values.PIPELINE_NAME))
      // A pipeline works in a session of its own, which would wait for what this one has not committed.
      await context.query('COMMIT')
      await answerOrBreak(() => run(pipeline, values, context), context.signal)
      return {}
    },
  })
  return [
    subprogram('START_PIPELINE', [START_DATE], async (pipeline) => {
      pipeline.start().catch(() => {})
    }),
    subprogram('STOP_PIPELINE', [FORCE], (pipeline, { FORCE: force }) => pipeline.stop({ force: force === true })),
    subprogram('RUN_PIPELINE_ONCE', [], (pipeline) => pipeline.runOnce()),
    subprogram('RESET_PIPELINE', [PURGE_DATA], (pipeline, { PURGE_DATA: purge }) =>
      pipeline.reset({ purgeData: purge === true }),
    ),
  ]
}
