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

/**
 * CLOUD_AI_PROFILES and CLOUD_AI_PROFILE_ATTRIBUTES: USER_ shows the user's own, ALL_ those shared with it too, DBA_ everybody's.
 */
export function profileViews(profiles: ProfileStore): readonly DictionaryView[] {
  return [
    ...viewsOf(profiles, 'CLOUD_AI_PROFILES', PROFILE_COLUMNS, (profile) => [profileRow(profile)]),
    ...viewsOf(profiles, 'CLOUD_AI_PROFILE_ATTRIBUTES', ATTRIBUTE_COLUMNS, attributeRows),
  ]
}

function viewsOf(
  profiles: ProfileStore,
  name: string,
  types: Readonly<Record<string, OracleType>>,
  rows: (profile: AiProfile) => readonly ViewRow[],
): readonly DictionaryView[] {
  const withOwner = { OWNER: NAME, ...types }
  return [
    describeView(`USER_${name}`, types, ({ user }) => profiles.list(user).flatMap(rows)),
    describeView(`ALL_${name}`, withOwner, ({ user }) => profiles.visibleTo(user).flatMap(rows)),
    describeView(`DBA_${name}`, withOwner, () => profiles.all().flatMap(rows)),
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
