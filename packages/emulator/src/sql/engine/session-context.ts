import { sessionContextValue } from '../../execution/session-attributes.ts'
import type { SessionSequences } from '../catalog/sequence.ts'
import { zoneText } from '../functions/date-functions.ts'
import type { FunctionContext, SessionSettings } from '../functions/scalar-function.ts'

export interface SessionFacts {
  readonly user: string
  readonly currentUser: string
  readonly sessionId: number
  readonly settings: SessionSettings
  readonly sequences: SessionSequences
  /** State of packages, which holds what the client told about itself. */
  readonly packageState: Map<string, unknown>
}

type Fact = (facts: SessionFacts) => string | null

const USERENV: Readonly<Record<string, Fact>> = {
  SESSION_USER: (facts) => facts.user,
  CURRENT_USER: (facts) => facts.currentUser,
  AUTHENTICATED_IDENTITY: (facts) => facts.user,
  CURRENT_SCHEMA: (facts) => facts.settings.currentSchema,
  SESSIONID: (facts) => String(facts.sessionId),
  SID: (facts) => String(facts.sessionId),
  DB_NAME: () => 'FREEPDB1',
  CON_NAME: () => 'FREEPDB1',
  DB_UNIQUE_NAME: () => 'FREE',
  SERVICE_NAME: () => 'freepdb1',
  INSTANCE_NAME: () => 'FREE',
  INSTANCE: () => '1',
  SERVER_HOST: () => 'localhost',
  HOST: () => 'localhost',
  ISDBA: () => 'FALSE',
  LANG: () => 'US',
  LANGUAGE: () => 'AMERICAN_AMERICA.AL32UTF8',
  NLS_TERRITORY: () => 'AMERICA',
  NLS_CALENDAR: () => 'GREGORIAN',
  NLS_SORT: () => 'BINARY',
  NLS_DATE_LANGUAGE: () => 'AMERICAN',
  NLS_DATE_FORMAT: (facts) => facts.settings.dateFormat,
  SESSION_TIMEZONE: (facts) => zoneText(facts.settings.timeZoneMinutes),
  CURRENT_EDITION_NAME: () => 'ORA$BASE',
  SESSION_EDITION_NAME: () => 'ORA$BASE',
  AUTHENTICATION_METHOD: () => 'PASSWORD',
  CON_ID: () => '3',
  DATABASE_ROLE: () => 'PRIMARY',
  DB_DOMAIN: () => null,
  OS_USER: () => null,
  TERMINAL: () => null,
  IP_ADDRESS: () => '127.0.0.1',
  PROXY_USER: () => null,
}

/** What functions may know during one statement. The time stands still until the next one. */
export function statementContext(facts: SessionFacts): FunctionContext {
  return {
    user: facts.user,
    currentUser: facts.currentUser,
    settings: facts.settings,
    sequences: facts.sequences,
    now: new Date(),
    contextValue: (namespace, attribute) => {
      if (namespace !== 'USERENV') return null
      const told = sessionContextValue(facts.packageState, attribute)
      if (told !== undefined) return told
      const fact = Object.hasOwn(USERENV, attribute) ? USERENV[attribute] : undefined
      return fact === undefined ? undefined : fact(facts)
    },
  }
}
