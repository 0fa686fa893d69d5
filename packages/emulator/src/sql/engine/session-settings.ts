import { parseDateFormat } from '../../language/date-format.ts'
import { zoneMinutes } from '../../language/time-zone.ts'
import { OracleError } from '../../oracle-error.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { SessionSettings } from '../functions/scalar-function.ts'

type Setter = (settings: SessionSettings, value: string, catalog: Catalog) => void

const ONLY: Readonly<Record<string, readonly string[]>> = {
  NLS_LANGUAGE: ['AMERICAN', 'ENGLISH'],
  NLS_TERRITORY: ['AMERICA'],
  NLS_DATE_LANGUAGE: ['AMERICAN', 'ENGLISH'],
  NLS_NUMERIC_CHARACTERS: ['.,'],
  NLS_SORT: ['BINARY'],
  NLS_COMP: ['BINARY'],
  NLS_CALENDAR: ['GREGORIAN'],
  NLS_LENGTH_SEMANTICS: ['BYTE'],
  ISOLATION_LEVEL: ['READ', 'SERIALIZABLE'],
}
/** Settings that concern how a server works, not what it answers. */
const HARMLESS =
  /^(OPTIMIZER_|STATISTICS_LEVEL|CURSOR_SHARING|RESULT_CACHE|PARALLEL|DDL_LOCK_TIMEOUT|SQL_TRACE|TRACEFILE_IDENTIFIER|MAX_DUMP|PLSQL_|RESUMABLE|WORKAREA|SORT_AREA|HASH_AREA|QUERY_REWRITE)/

const SETTERS: Readonly<Record<string, Setter>> = {
  CURRENT_SCHEMA: (settings, value, catalog) => {
    if (!catalog.hasUser(value)) throw new OracleError(1435, 'user does not exist')
    settings.currentSchema = value
  },
  NLS_DATE_FORMAT: (settings, value) => {
    parseDateFormat(value)
    settings.dateFormat = value
  },
  NLS_TIMESTAMP_FORMAT: (settings, value) => {
    parseDateFormat(value)
    settings.timestampFormat = value
  },
  NLS_TIMESTAMP_TZ_FORMAT: (settings, value) => {
    parseDateFormat(value)
    settings.timestampZoneFormat = value
  },
  TIME_ZONE: (settings, value) => {
    settings.timeZoneMinutes = zoneMinutes(value, Date.now())
  },
}

export function defaultSettings(user: string): SessionSettings {
  return {
    currentSchema: user,
    dateFormat: 'DD-MON-RR',
    timestampFormat: 'DD-MON-RR HH.MI.SSXFF AM',
    timestampZoneFormat: 'DD-MON-RR HH.MI.SSXFF AM TZR',
    timeZoneMinutes: 0,
  }
}

/** ALTER SESSION SET. @throws OracleError ORA-02248 for an unknown setting, ORA-12705 for a value that is not supported */
export function alterSession(settings: SessionSettings, name: string, value: string, catalog: Catalog): void {
  const setter = SETTERS[name]
  if (setter !== undefined) {
    setter(settings, value, catalog)
    return
  }
  const allowed = ONLY[name]
  if (allowed?.includes(value.toUpperCase())) return
  if (allowed !== undefined)
    throw new OracleError(12705, 'Cannot access NLS data files or invalid environment specified')
  if (!HARMLESS.test(name)) throw new OracleError(2248, 'invalid option for ALTER SESSION')
}
