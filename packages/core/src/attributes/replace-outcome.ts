import type { Binds } from '../pool/bind-values.ts'
import type { Driver } from '../pool/driver-contract.ts'

/** What a block that replaces an object tells: the error of the creation that failed after the old object was dropped. */
export interface ReplaceOutcome {
  readonly failure_code: number | null
  readonly failure_text: string | null
}

const longestErrorTextBytes = 4000

/** The binds of that outcome. */
export function replaceBinds({ BIND_OUT, DB_TYPE_NUMBER, DB_TYPE_VARCHAR }: Driver): Binds {
  return {
    failure_code: { dir: BIND_OUT, type: DB_TYPE_NUMBER },
    failure_text: { dir: BIND_OUT, type: DB_TYPE_VARCHAR, maxSize: longestErrorTextBytes },
  } as Binds
}

/** The failure as the driver would have raised it; undefined when there was none. */
export function failureOf({ failure_code: code, failure_text: text }: ReplaceOutcome): Error | undefined {
  if (code === null) return undefined
  const errorNum = Math.abs(code)
  const oracleCode = `ORA-${String(errorNum).padStart(5, '0')}`
  return Object.assign(new Error(text ?? oracleCode), { errorNum, code: oracleCode })
}
