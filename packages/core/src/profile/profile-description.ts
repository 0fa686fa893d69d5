import { describeObjects, type ObjectRow } from '../attributes/describe-objects.ts'
import { profileAttributeTypes } from './attribute-values.ts'
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
export interface ProfileRow extends ObjectRow {
  readonly PROFILE_NAME: string
}

/** The profiles of rows that have one attribute each, in the order of the rows. */
export function readProfiles(rows: readonly ProfileRow[]): readonly ProfileDescription[] {
  return describeObjects(rows, ({ PROFILE_NAME }) => PROFILE_NAME, profileAttributeTypes)
}
