import { type DictionaryView, describeOwned, type ViewRow } from '../../execution/dictionary-view.ts'
import { OracleNumber } from '../../values/oracle-number.ts'
import { CLOB, NUMBER, type OracleType, varchar2 } from '../../values/oracle-type.ts'
import { instant } from '../instant.ts'
import type { Pipeline } from './pipeline.ts'
import type { Pipelines } from './pipelines.ts'

const NAME = varchar2(128)
const INSTANT: OracleType = { name: 'TIMESTAMP WITH TIME ZONE', scale: 6 }

const KEY_COLUMNS = { PIPELINE_ID: NUMBER, PIPELINE_NAME: NAME }

const PIPELINE_COLUMNS = {
  ...KEY_COLUMNS,
  PIPELINE_TYPE: varchar2(7),
  STATUS: varchar2(7),
  DESCRIPTION: varchar2(),
  CREATED: INSTANT,
  LAST_MODIFIED: INSTANT,
  LAST_EXECUTION: INSTANT,
  OPERATION_ID: NUMBER,
  STATUS_TABLE: NAME,
  ORACLE_MAINTAINED: varchar2(1),
}

const ATTRIBUTE_COLUMNS = { ...KEY_COLUMNS, ATTRIBUTE_NAME: NAME, ATTRIBUTE_VALUE: CLOB, LAST_MODIFIED: INSTANT }

const HISTORY_COLUMNS = {
  ...KEY_COLUMNS,
  STATUS: varchar2(10),
  ERROR_MESSAGE: varchar2(),
  START_DATE: INSTANT,
  END_DATE: INSTANT,
}

/** CLOUD_PIPELINES, CLOUD_PIPELINE_ATTRIBUTES, and CLOUD_PIPELINE_HISTORY with the latest runs: USER_ and DBA_. */
export function pipelineViews(pipelines: Pipelines): readonly DictionaryView[] {
  const rows = (rowsOf: (pipeline: Pipeline) => readonly ViewRow[]) => () =>
    pipelines.all().flatMap((pipeline) => {
      const key = { OWNER: pipeline.owner, PIPELINE_ID: new OracleNumber(pipeline.id), PIPELINE_NAME: pipeline.name }
      return rowsOf(pipeline).map((row) => ({ ...key, ...row }))
    })
  return [
    ...describeOwned('CLOUD_PIPELINES', PIPELINE_COLUMNS, rows(pipelineRows)),
    ...describeOwned('CLOUD_PIPELINE_ATTRIBUTES', ATTRIBUTE_COLUMNS, rows(attributeRows)),
    ...describeOwned('CLOUD_PIPELINE_HISTORY', HISTORY_COLUMNS, rows(runRows)),
  ]
}

function pipelineRows({ status, created, lastModified, lastExecution, statusTable }: Pipeline): readonly ViewRow[] {
  return [
    {
      PIPELINE_TYPE: 'LOAD',
      STATUS: status,
      CREATED: instant(created),
      LAST_MODIFIED: instant(lastModified),
      LAST_EXECUTION: lastExecution && instant(lastExecution),
      STATUS_TABLE: statusTable.name,
      ORACLE_MAINTAINED: 'N',
    },
  ]
}

function attributeRows({ attributes, lastModified }: Pipeline): readonly ViewRow[] {
  return Object.entries(attributes).map(([name, value]) => ({
    ATTRIBUTE_NAME: name,
    ATTRIBUTE_VALUE: value,
    LAST_MODIFIED: instant(lastModified),
  }))
}

function runRows({ runs }: Pipeline): readonly ViewRow[] {
  return runs.map((run) => ({
    STATUS: run.status,
    ERROR_MESSAGE: run.error,
    START_DATE: instant(run.started),
    END_DATE: instant(run.ended),
  }))
}
