import type { SchemaDescription, SchemaReader, TableDescription } from '../models/schema-description.ts'
import type { ObjectListEntry, ProfileAttributes } from './profile-attributes.ts'

/** What the model may know about the tables of a profile: its object list, or else all that the user owns. */
export function eligibleObjects(reader: SchemaReader, attributes: ProfileAttributes, user: string): SchemaDescription {
  const listed = attributes.object_list as readonly ObjectListEntry[] | undefined
  const objects = listed === undefined || listed.length === 0 ? [{ owner: user }] : listed.map(folded)
  const { tables } = reader.describe(objects)
  return {
    tables: tables
      .filter((table) => isListed(table, objects) || !MADE_BY_PACKAGES.test(table.name))
      .map((table) => withoutKeys(table, attributes.constraints === false))
      .map((table) => withoutComments(table, attributes.comments === false))
      .map((table) => withoutAnnotations(table, attributes.annotations !== true)),
  }
}

/** Tables of feedback and of load operations: nobody asks about them who does not name them. */
const MADE_BY_PACKAGES = /\$VECTAB$|^SYNTHETIC_DATA\$\d+_STATUS$/

function isListed({ owner, name }: TableDescription, objects: readonly ObjectListEntry[]): boolean {
  return objects.some((entry) => entry.owner === owner && entry.name === name)
}

function folded({ owner, name }: ObjectListEntry): ObjectListEntry {
  return name === undefined ? { owner: fold(owner) } : { owner: fold(owner), name: fold(name) }
}

/** A name in double quotes keeps its case, as in SQL. */
function fold(name: string): string {
  return /^".*"$/.test(name) ? name.slice(1, -1) : name.toUpperCase()
}

function withoutKeys(table: TableDescription, leaveOut: boolean): TableDescription {
  return leaveOut ? { ...table, primaryKey: [], foreignKeys: [] } : table
}

function withoutComments(table: TableDescription, leaveOut: boolean): TableDescription {
  if (!leaveOut) return table
  const { comment: _, ...rest } = table
  return { ...rest, columns: table.columns.map(({ comment: _, ...column }) => column) }
}

function withoutAnnotations(table: TableDescription, leaveOut: boolean): TableDescription {
  if (!leaveOut) return table
  const { annotations: _, ...rest } = table
  return { ...rest, columns: table.columns.map(({ annotations: _, ...column }) => column) }
}
