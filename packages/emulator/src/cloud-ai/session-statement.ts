import type { CallContext } from '../execution/subprogram.ts'

const STATE = 'DBMS_CLOUD_AI.STATEMENT'

type Session = Pick<CallContext, 'packageState'>

/** The SQL_ID of the last SELECT AI statement that ran in the session with generated SQL. */
export function lastStatement({ packageState }: Session): string | undefined {
  return packageState.get(STATE) as string | undefined
}

export function noteStatement({ packageState }: Session, sqlId: string): void {
  packageState.set(STATE, sqlId)
}
