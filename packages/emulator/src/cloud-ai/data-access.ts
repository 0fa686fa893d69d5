import type { Subprogram } from '../execution/subprogram.ts'
import { OracleError } from '../oracle-error.ts'

/** Whether rows of the database may be sent to AI providers; one switch for all users. */
export class DataAccess {
  #enabled = true

  /** @throws OracleError ORA-20000 when the administrator has forbidden it. */
  check(): void {
    if (!this.#enabled) throw new OracleError(20000, 'Data access is disabled for SELECT AI')
  }

  set(enabled: boolean): void {
    this.#enabled = enabled
  }
}

/** ENABLE_DATA_ACCESS and DISABLE_DATA_ACCESS, for the administrator alone. */
export function dataAccessSubprograms(
  dataAccess: DataAccess,
  isAdministrator: (user: string) => boolean,
): readonly Subprogram[] {
  const change = (name: string, enabled: boolean): Subprogram => ({
    name: `DBMS_CLOUD_AI.${name}`,
    parameters: [],
    run(_, { user }) {
      if (!isAdministrator(user)) throw new OracleError(1031, 'insufficient privileges')
      dataAccess.set(enabled)
      return {}
    },
  })
  return [change('ENABLE_DATA_ACCESS', true), change('DISABLE_DATA_ACCESS', false)]
}
