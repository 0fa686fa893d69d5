import { OracleError } from '../oracle-error.ts'
import type { OracleValue } from '../values/oracle-value.ts'

/**
 * Reads an argument that holds a JSON object as text. NULL and blank text are the empty object.
 * @throws OracleError ORA-40441 for text that is no JSON, ORA-40587 for JSON that is no object.
 */
export function jsonArgument(value: OracleValue | undefined): Readonly<Record<string, unknown>> {
  if (typeof value !== 'string' || value.trim() === '') return {}
  const parsed = parse(value)
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new OracleError(40587, 'invalid JSON type')
  }
  return parsed as Record<string, unknown>
}

/** The same values by names in lower case. */
export function lowerCaseKeys(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name.toLowerCase(), value]))
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new OracleError(40441, 'JSON syntax error', { cause })
  }
}
