import { type DictionaryView, describeView } from '../execution/dictionary-view.ts'
import type { OpenSession } from '../execution/open-session.ts'
import { SESSION_SERIAL, sessionAttributesOf } from '../execution/session-attributes.ts'
import { OracleDateTime } from '../values/oracle-date-time.ts'
import { OracleNumber } from '../values/oracle-number.ts'
import { DATE, NUMBER, varchar2 } from '../values/oracle-type.ts'
import { lastStatement } from './session-statement.ts'

const NAME = varchar2(128)
const ATTRIBUTE = varchar2(64)

const TYPES = {
  SID: NUMBER,
  'SERIAL#': NUMBER,
  AUDSID: NUMBER,
  USERNAME: NAME,
  STATUS: varchar2(8),
  TYPE: varchar2(10),
  LOGON_TIME: DATE,
  MODULE: ATTRIBUTE,
  ACTION: ATTRIBUTE,
  CLIENT_INFO: ATTRIBUTE,
  CLIENT_IDENTIFIER: ATTRIBUTE,
  PREV_SQL_ID: varchar2(13),
}

/** V$SESSION: the sessions of the user, or all. Of the statements of a session, PREV_SQL_ID knows those with SELECT AI alone. */
export function sessionView(
  sessions: () => readonly OpenSession[],
  maySeeAll: (user: string) => boolean,
): DictionaryView {
  return describeView('V$SESSION', TYPES, ({ user }) =>
    sessions()
      .filter((session) => session.user === user || maySeeAll(user))
      .map(({ id, user: name, started, packageState }) => {
        const { clientIdentifier, module, action, clientInfo } = sessionAttributesOf(packageState)
        const { year, month, day, hour, minute, second } = OracleDateTime.fromUtc(started)
        return {
          SID: new OracleNumber(id),
          'SERIAL#': new OracleNumber(SESSION_SERIAL),
          AUDSID: new OracleNumber(id),
          USERNAME: name,
          STATUS: 'ACTIVE',
          TYPE: 'USER',
          LOGON_TIME: new OracleDateTime(year, month, day, hour, minute, second),
          MODULE: module,
          ACTION: action,
          CLIENT_INFO: clientInfo,
          CLIENT_IDENTIFIER: clientIdentifier,
          PREV_SQL_ID: lastStatement({ packageState }) ?? null,
        }
      }),
  )
}
