import { cloudName, packageName, viewName } from '../sql/package-owners.ts'

/** Qualified statements by schema and text. Both come from a small closed set, so nothing is ever taken out. */
const known = new Map<string, Map<string, string>>()

/** The statement with its packages and views named by their owners: those of Select AI by `schema`, the others by SYS. */
export function qualifyStatement(statement: string, schema: string): string {
  const ofSchema = known.get(schema) ?? new Map<string, string>()
  known.set(schema, ofSchema)
  const qualified = ofSchema.get(statement) ?? qualify(statement, schema)
  ofSchema.set(statement, qualified)
  return qualified
}

function qualify(statement: string, schema: string): string {
  const withOwner = (name: string): string => {
    if (cloudName.test(name)) return `${schema}.${name}`
    // V$SESSION is a synonym itself, for the view V_$SESSION.
    return `SYS.${name.replace(/^V\$/i, () => 'V_$')}`
  }
  return statement.replace(packageName, withOwner).replace(viewName, withOwner)
}
