import type { Column } from '../values/column.ts'
import { OracleDateTime } from '../values/oracle-date-time.ts'
import { OracleNumber } from '../values/oracle-number.ts'
import { CLOB, NUMBER, type OracleType, varchar2 } from '../values/oracle-type.ts'
import type { OracleValue } from '../values/oracle-value.ts'
import type { AiProfile, ProfileStore } from './profile-store.ts'

/** A view of the data dictionary whose rows depend on nothing but the user who asks. */
export interface ProfileView {
  /** Upper case, for example `USER_CLOUD_AI_PROFILES`. */
  readonly name: string
  readonly columns: readonly Column[]
  /** One array per row, with values in column order. */
  rows(request: { readonly user: string }): readonly (readonly OracleValue[])[]
}

type Row = Readonly<Record<string, OracleValue>>

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
export function profileViews(profiles: ProfileStore): readonly ProfileView[] {
  return [
    ...pair('CLOUD_AI_PROFILES', PROFILE_COLUMNS, (user) => profiles.list(user).map(profileRow)),
    ...pair('CLOUD_AI_PROFILE_ATTRIBUTES', ATTRIBUTE_COLUMNS, (user) => profiles.list(user).flatMap(attributeRows)),
  ]
}

function pair(
  name: string,
  types: Readonly<Record<string, OracleType>>,
  rows: (user: string) => readonly Row[],
): readonly ProfileView[] {
  return [view(`USER_${name}`, types, rows), view(`ALL_${name}`, { OWNER: NAME, ...types }, rows)]
}

function view(
  name: string,
  types: Readonly<Record<string, OracleType>>,
  rows: (user: string) => readonly Row[],
): ProfileView {
  const columns = Object.entries(types).map(([column, type]): Column => ({ name: column, type, nullable: true }))
  return {
    name,
    columns,
    rows: ({ user }) => rows(user).map((row) => columns.map((column) => row[column.name] ?? null)),
  }
}

function profileRow(profile: AiProfile): Row {
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

function attributeRows(profile: AiProfile): readonly Row[] {
  return Object.entries(profile.attributes).map(([name, value]) => ({
    OWNER: profile.owner,
    PROFILE_ID: new OracleNumber(profile.id),
    PROFILE_NAME: profile.name,
    ATTRIBUTE_NAME: name,
    ATTRIBUTE_VALUE: typeof value === 'string' ? value : JSON.stringify(value),
    LAST_MODIFIED: instant(profile.lastModified),
  }))
}

function instant({ year, month, day, hour, minute, second, nanosecond }: OracleDateTime): OracleDateTime {
  return new OracleDateTime(year, month, day, hour, minute, second, nanosecond, 0)
}
