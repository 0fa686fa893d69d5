import { sessionAttributesOf } from '../../execution/session-attributes.ts'
import type { CallContext, Subprogram, SubprogramResult } from '../../execution/subprogram.ts'
import { OracleError } from '../../oracle-error.ts'
import { OracleNumber } from '../../values/oracle-number.ts'
import { NUMBER, varchar2 } from '../../values/oracle-type.ts'
import type { OracleValue } from '../../values/oracle-value.ts'
import { input, textOf } from './parameters.ts'

const LONGEST_IDENTIFIER = 64
/** The longest wait of a timer; longer sleeps wait again. */
const LONGEST_TIMER_MS = 2_147_483_647

/** DBMS_SESSION, as far as it concerns the client's identity and waiting, and the older DBMS_LOCK.SLEEP. */
export const dbmsSession: readonly Subprogram[] = [
  {
    name: 'DBMS_SESSION.SET_IDENTIFIER',
    parameters: [input('CLIENT_ID', varchar2(LONGEST_IDENTIFIER))],
    run: (values, { packageState }) => {
      sessionAttributesOf(packageState).clientIdentifier =
        textOf(values.CLIENT_ID)?.slice(0, LONGEST_IDENTIFIER) ?? null
      return {}
    },
  },
  {
    name: 'DBMS_SESSION.CLEAR_IDENTIFIER',
    parameters: [],
    run: (_values, { packageState }) => {
      sessionAttributesOf(packageState).clientIdentifier = null
      return {}
    },
  },
  {
    name: 'DBMS_SESSION.SLEEP',
    parameters: [input('SECONDS', NUMBER)],
    run: (values, context) => sleep(values.SECONDS, context),
  },
  {
    name: 'DBMS_LOCK.SLEEP',
    parameters: [input('SECONDS', NUMBER)],
    run: (values, context) => sleep(values.SECONDS, context),
  },
]

async function sleep(seconds: OracleValue | undefined, { signal }: CallContext): Promise<SubprogramResult> {
  if (!(seconds instanceof OracleNumber) || seconds.isNegative()) {
    throw new OracleError(38148, 'invalid time limit specified')
  }
  const endsAt = performance.now() + seconds.toNumber() * 1000
  for (let rest = endsAt - performance.now(); rest > 0; rest = endsAt - performance.now()) {
    await pause(Math.min(rest, LONGEST_TIMER_MS), signal)
  }
  return {}
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer)
      reject(new OracleError(1013, 'user requested cancel of current operation'))
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    }, milliseconds)
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
}
