import type { SqlType } from '../values/sql-value.ts'

/** The type's limits in the form that the fitting function takes. */
export function fitCode(type: SqlType): string {
  if ('length' in type) return `${type.name}:${type.length}`
  if (type.name === 'NUMBER') return `NUMBER:${type.precision}:${type.scale}`
  return 'scale' in type ? `${type.name}:${type.scale}` : type.name
}
