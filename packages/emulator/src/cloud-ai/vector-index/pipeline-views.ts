import { type DictionaryView, describeView } from '../../execution/dictionary-view.ts'
import { OracleNumber } from '../../values/oracle-number.ts'
import { NUMBER, type OracleType, varchar2 } from '../../values/oracle-type.ts'
import { instant } from '../instant.ts'
import type { Pipelines } from './pipelines.ts'

const NAME = varchar2(128)
const INSTANT: OracleType = { name: 'TIMESTAMP WITH TIME ZONE', scale: 6 }

const PIPELINE_COLUMNS = {
  PIPELINE_ID: NUMBER,
  PIPELINE_NAME: NAME,
  PIPELINE_TYPE: varchar2(6),
  STATUS: varchar2(10),
  DESCRIPTION: varchar2(),
  CREATED: INSTANT,
  LAST_MODIFIED: INSTANT,
  LAST_EXECUTION: INSTANT,
  STATUS_TABLE: NAME,
}

const HISTORY_COLUMNS = {
  PIPELINE_ID: NUMBER,
  PIPELINE_NAME: NAME,
  STATUS: varchar2(10),
  ERROR_MESSAGE: varchar2(),
  START_DATE: INSTANT,
  END_DATE: INSTANT,
}

/** USER_CLOUD_PIPELINES, and USER_CLOUD_PIPELINE_HISTORY with the latest runs. */
export function pipelineViews(pipelines: Pipelines): readonly DictionaryView[] {
  return [
    describeView('USER_CLOUD_PIPELINES', PIPELINE_COLUMNS, ({ user }) =>
      pipelines.list(user).map((pipeline) => ({
        PIPELINE_ID: new OracleNumber(pipeline.id),
        PIPELINE_NAME: pipeline.name,
        PIPELINE_TYPE: 'LOAD',
        STATUS: pipeline.status,
        CREATED: instant(pipeline.created),
        LAST_MODIFIED: instant(pipeline.lastModified),
        LAST_EXECUTION: pipeline.lastExecution && instant(pipeline.lastExecution),
        STATUS_TABLE: pipeline.statusTable.name,
      })),
    ),
    describeView('USER_CLOUD_PIPELINE_HISTORY', HISTORY_COLUMNS, ({ user }) =>
      pipelines.list(user).flatMap(({ id, name, runs }) =>
        runs.map((run) => ({
          PIPELINE_ID: new OracleNumber(id),
          PIPELINE_NAME: name,
          STATUS: run.status,
          ERROR_MESSAGE: run.error,
          START_DATE: instant(run.started),
          END_DATE: instant(run.ended),
        })),
      ),
    ),
  ]
}
