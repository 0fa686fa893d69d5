import { type DictionaryView, describeView, type ViewRow } from '../execution/dictionary-view.ts'
import { OracleNumber } from '../values/oracle-number.ts'
import { CLOB, NUMBER, type OracleType, varchar2 } from '../values/oracle-type.ts'
import { instant } from './instant.ts'
import type { AiProfile, ProfileStore } from './profile-store.ts'

const NAME = varchar2(128)
const INSTANT: OracleType = { name: 'TIMESTAMP WITH TIME ZONE', scale: 6 }

const PROFILE_COLUMNS = {
  PROFILE_ID: NUMBER,
  PROFILE_NAME: NAME,
  STATUS: varchar2(7),
  DESCRIPTION: CLOB,
  CREATED: INSTANT,
  LAST_MODIFIED: INSTANT,
} as const

const ATTRIBUTE_COLUMNS = {
  PROFILE_ID: NUMBER,
  PROFILE_NAME: NAME,
  ATTRIBUTE_NAME: NAME,
  ATTRIBUTE_VALUE: CLOB,
  LAST_MODIFIED: INSTANT,
} as const

/** USER_ and ALL_CLOUD_AI_PROFILES and _PROFILE_ATTRIBUTES. Nothing can be shared here, so ALL_ shows the user's own. */
export function profileViews(profiles: ProfileStore): readonly DictionaryView[] {
  return [
    ...pair('CLOUD_AI_PROFILES', PROFILE_COLUMNS, (user) => profiles.list(user).map(profileRow)),
    ...pair('CLOUD_AI_PROFILE_ATTRIBUTES', ATTRIBUTE_COLUMNS, (user) => profiles.list(user).flatMap(attributeRows)),
  ]
}

function pair(
  name: string,
  types: Readonly<Record<string, OracleType>>,
  rows: (user: string) => readonly ViewRow[],
): readonly DictionaryView[] {
  return [
    describeView(`USER_${name}`, types, ({ user }) => rows(user)),
    describeView(`ALL_${name}`, { OWNER: NAME, ...types }, ({ user }) => rows(user)),
  ]
}

function profileRow(profile: AiProfile): ViewRow {
  return {
    OWNER: profile.owner,
    PROFILE_ID: new OracleNumber(profile.id),
    PROFILE_NAME: profile.name,
    STATUS: profile.status,
    DESCRIPTION: profile.description,
    CREATED: instant(profile.created),
    LAST_MODIFIED: instant(profile.lastModified),
  }
}

function attributeRows(profile: AiProfile): readonly ViewRow[] {
  return Object.entries(profile.attributes).map(([name, value]) => ({
    OWNER: profile.owner,
    PROFILE_ID: new OracleNumber(profile.id),
    PROFILE_NAME: profile.name,
    ATTRIBUTE_NAME: name,
    ATTRIBUTE_VALUE: typeof value === 'string' ? value : JSON.stringify(value),
    LAST_MODIFIED: instant(profile.lastModified),
  }))
}
