import { type DictionaryView, describeView, type ViewRow } from '../execution/dictionary-view.ts'
import { OracleNumber } from '../values/oracle-number.ts'
import { NUMBER, type OracleType, varchar2 } from '../values/oracle-type.ts'
import type { LoadOperation, LoadOperationStore } from './load-operation-store.ts'

const NAME = varchar2(128)
const INSTANT: OracleType = { name: 'TIMESTAMP WITH TIME ZONE', scale: 6 }

const TYPES = {
  ID: NUMBER,
  TYPE: NAME,
  SID: NUMBER,
  'SERIAL#': NUMBER,
  START_TIME: INSTANT,
  UPDATE_TIME: INSTANT,
  STATUS: varchar2(9),
  OWNER_NAME: NAME,
  TABLE_NAME: NAME,
  ROWS_LOADED: NUMBER,
  LOGFILE_TABLE: NAME,
  BADFILE_TABLE: NAME,
  STATUS_TABLE: NAME,
}

/** USER_LOAD_OPERATIONS for the user's own, and DBA_LOAD_OPERATIONS for all. Which session it was is not known. */
export function loadOperationViews(operations: LoadOperationStore): readonly DictionaryView[] {
  return [
    describeView('USER_LOAD_OPERATIONS', TYPES, ({ user }) => operations.list(user).map(operationRow)),
    describeView('DBA_LOAD_OPERATIONS', TYPES, () => operations.all().map(operationRow)),
  ]
}

function operationRow(operation: LoadOperation): ViewRow {
  return {
    ID: new OracleNumber(operation.id),
    TYPE: operation.type,
    START_TIME: operation.started,
    UPDATE_TIME: operation.updated,
    STATUS: operation.status,
    OWNER_NAME: operation.owner,
    TABLE_NAME: operation.table,
    ROWS_LOADED: new OracleNumber(operation.rowsLoaded),
    STATUS_TABLE: operation.statusTable,
  }
}
