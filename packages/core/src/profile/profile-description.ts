import { deepFreeze } from '../pool/deep-freeze.ts'
import { groupRows } from '../pool/group-rows.ts'
import { readAttributeValue } from './attribute-values.ts'
import type { ProfileAttributes } from './profile-attributes.ts'

/** A profile as the database has it; frozen. */
export interface ProfileDescription {
  /** The name as the database spells it, in upper case. */
  readonly name: string
  /** The owner, when the profile was looked for by its owner's name. */
  readonly owner?: string
  /** Only an enabled profile answers. */
  readonly status: 'enabled' | 'disabled'
  /** The description, when there is one. */
  readonly description?: string
  /** When it was created; to the millisecond. */
  readonly created: Date
  /** When it was changed last; to the millisecond. */
  readonly lastModified: Date
  /** All its attributes: those that are known as typed values, others as text. */
  readonly attributes: ProfileAttributes
}

/** A profile with one of its attributes, as the dictionary views have them. */
export interface ProfileRow {
  readonly OWNER?: string
  readonly PROFILE_NAME: string
  readonly STATUS: string
  readonly DESCRIPTION: string | null
  readonly CREATED: Date
  readonly LAST_MODIFIED: Date
  /** Null for a profile without attributes. */
  readonly ATTRIBUTE_NAME: string | null
  readonly ATTRIBUTE_VALUE: string | null
  /** Characters of the longer of the two texts, where long ones are left out. */
  readonly LONGEST_TEXT?: number
}

/** The profiles of rows that have one attribute each, in the order of the rows. */
export function readProfiles(rows: readonly ProfileRow[]): readonly ProfileDescription[] {
  return Object.freeze(groupRows(rows, ({ PROFILE_NAME }) => PROFILE_NAME).map(readProfile))
}

function readProfile(rows: readonly ProfileRow[]): ProfileDescription {
  const [first] = rows as [ProfileRow]
  return Object.freeze({
    name: first.PROFILE_NAME,
    ...(first.OWNER === undefined ? {} : { owner: first.OWNER }),
    status: first.STATUS.toUpperCase() === 'ENABLED' ? 'enabled' : 'disabled',
    ...(first.DESCRIPTION === null ? {} : { description: first.DESCRIPTION }),
    created: first.CREATED,
    lastModified: first.LAST_MODIFIED,
    attributes: deepFreeze(Object.fromEntries(rows.flatMap(readAttribute))) as ProfileAttributes,
  })
}

function readAttribute({ ATTRIBUTE_NAME, ATTRIBUTE_VALUE }: ProfileRow): readonly [string, unknown][] {
  if (ATTRIBUTE_NAME === null || ATTRIBUTE_VALUE === null) return []
  const name = ATTRIBUTE_NAME.toLowerCase()
  return [[name, readAttributeValue(name, ATTRIBUTE_VALUE)]]
}
