import type { CallContext, Subprogram } from '../../execution/subprogram.ts'
import { NUMBER, varchar2 } from '../../values/oracle-type.ts'
import { HANDLED_EXCEPTIONS } from '../execution.ts'
import type { PlsqlException } from '../plsql-exception.ts'
import { MAXIMUM_LENGTH } from '../plsql-type.ts'
import { numeric } from './parameters.ts'

const TEXT = varchar2(MAXIMUM_LENGTH)

/** DBMS_UTILITY, as far as handlers use it. */
export const dbmsUtility: readonly Subprogram[] = [
  {
    name: 'DBMS_UTILITY.FORMAT_ERROR_STACK',
    parameters: [],
    returns: TEXT,
    run: (_values, context) => {
      const exception = currentException(context)
      return { value: exception === undefined ? null : `${exception.message}\n` }
    },
  },
  {
    name: 'DBMS_UTILITY.FORMAT_ERROR_BACKTRACE',
    parameters: [],
    returns: TEXT,
    run: (_values, context) => {
      const lines = currentException(context)?.lines ?? []
      return { value: lines.length === 0 ? null : lines.map((line) => `ORA-06512: at ${line}\n`).join('') }
    },
  },
  {
    name: 'DBMS_UTILITY.GET_TIME',
    parameters: [],
    returns: NUMBER,
    run: () => ({ value: numeric(Math.floor(performance.now() / 10)) }),
  },
]

function currentException({ packageState }: CallContext): PlsqlException | undefined {
  return (packageState.get(HANDLED_EXCEPTIONS) as readonly PlsqlException[] | undefined)?.at(-1)
}
