import type { UnitHost } from '../../execution/stored-unit.ts'
import { OracleError } from '../../oracle-error.ts'

/** Where SQL runs without PL/SQL there are no stored functions and procedures. */
export function noUnitHost(): UnitHost {
  throw new OracleError(3001, 'unimplemented feature (stored functions and procedures)')
}
