import type { UnitError } from '../../execution/stored-unit.ts'
import type { OracleError } from '../../oracle-error.ts'

const PLACED = /line (\d+), column (\d+):\n([\s\S]*?)(?=\nORA-06550: |$)/g

/** The rows of USER_ERRORS for what the compiler found: each has its line and position. */
export function unitErrors(error: OracleError): readonly UnitError[] {
  const placed = [...error.message.matchAll(PLACED)].map(([, line, position, text]) => ({
    line: Number(line),
    position: Number(position),
    text: text ?? '',
  }))
  return placed.length > 0 ? placed : [{ line: 0, position: 0, text: error.message }]
}
