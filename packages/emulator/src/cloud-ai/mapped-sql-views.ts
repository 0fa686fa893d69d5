import { type DictionaryView, describeView } from '../execution/dictionary-view.ts'
import { OracleNumber } from '../values/oracle-number.ts'
import { CLOB, NUMBER, varchar2 } from '../values/oracle-type.ts'
import type { MappedSqlStore } from './mapped-sql-store.ts'
import { sqlIdOf } from './sql-id.ts'

const SQL_ID = varchar2(13)
const LONGEST_TEXT = 1000

const TYPES = {
  SQL_ID,
  SQL_TEXT: varchar2(LONGEST_TEXT),
  SQL_FULLTEXT: CLOB,
  MAPPED_SQL_ID: SQL_ID,
  MAPPED_SQL_TEXT: varchar2(LONGEST_TEXT),
  MAPPED_SQL_FULLTEXT: CLOB,
  USE_COUNT: NUMBER,
}

/** V$MAPPED_SQL and V$CLOUD_AI_SQL: the SELECT AI statements that were run. Users see their own, or all. */
export function mappedSqlViews(
  statements: MappedSqlStore,
  maySeeAll: (user: string, view: string) => boolean,
): readonly DictionaryView[] {
  return ['V$MAPPED_SQL', 'V$CLOUD_AI_SQL'].map((name) =>
    describeView(name, TYPES, ({ user }) =>
      (maySeeAll(user, name) ? statements.all() : statements.list(user)).map((statement) => ({
        SQL_ID: statement.sqlId,
        SQL_TEXT: shortened(statement.sqlText),
        SQL_FULLTEXT: statement.sqlText,
        MAPPED_SQL_ID: sqlIdOf(statement.mappedSql),
        MAPPED_SQL_TEXT: shortened(statement.mappedSql),
        MAPPED_SQL_FULLTEXT: statement.mappedSql,
        USE_COUNT: new OracleNumber(statement.useCount),
      })),
    ),
  )
}

/** As many whole characters as a column of so many bytes holds. */
function shortened(text: string): string {
  let bytes = 0
  let end = 0
  for (const character of text) {
    bytes += Buffer.byteLength(character)
    if (bytes > LONGEST_TEXT) break
    end += character.length
  }
  return text.slice(0, end)
}
