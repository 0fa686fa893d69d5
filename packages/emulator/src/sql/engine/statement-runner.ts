import type { StoredUnit } from '../../execution/stored-unit.ts'
import type { CallContext, Subprogram } from '../../execution/subprogram.ts'
import { OracleError } from '../../oracle-error.ts'
import type { OracleValue } from '../../values/oracle-value.ts'
import type { FunctionContext } from '../functions/scalar-function.ts'
import type { CallSite } from '../translate/translation.ts'
import type { SqlValue } from '../values/sql-value.ts'
import { encodeValue } from '../values/stored-value.ts'
import type { Running } from './storage.ts'
import { cancelled } from './write-lock.ts'

/** What calls in a statement work with. */
export interface StatementCalls extends CallContext {
  callUnit(unit: StoredUnit, values: Readonly<Record<string, OracleValue>>): Promise<OracleValue>
}

interface PendingCall {
  readonly site: CallSite
  readonly values: readonly SqlValue[]
}

/**
 * Runs a statement that may call subprograms. The engine cannot wait for them, so the statement runs, notes which calls it
 * needs, and runs again once they are answered, until nothing is missing. Each distinct list of arguments is called once
 * per statement.
 * @param attempt - one run; whatever it changed is taken back when `again` is true afterwards.
 */
export async function runWithCalls<Result>(
  calls: readonly CallSite[],
  context: FunctionContext,
  callContext: StatementCalls,
  attempt: (running: Running, again: () => boolean) => Result,
): Promise<Result> {
  const answers = new Map<string, SqlValue>()
  while (true) {
    if (callContext.signal.aborted) throw cancelled()
    const pending = new Map<string, PendingCall>()
    const running: Running = {
      context,
      call: (number, values) => {
        const key = callKey(number, values)
        const answer = answers.get(key)
        if (answer === undefined && !answers.has(key)) pending.set(key, { site: calls[number] as CallSite, values })
        return answer
      },
    }
    const outcome = tryAttempt(() => attempt(running, () => pending.size > 0))
    if (pending.size === 0) {
      if ('error' in outcome) throw outcome.error
      return outcome.result
    }
    for (const [key, call] of pending) answers.set(key, await callSubprogram(call, callContext))
  }
}

function tryAttempt<Result>(attempt: () => Result): { result: Result } | { error: unknown } {
  try {
    return { result: attempt() }
  } catch (error) {
    return { error }
  }
}

function callKey(number: number, values: readonly SqlValue[]): string {
  const parts = values.map((value) => {
    const stored = encodeValue(value)
    if (stored === null) return '-'
    return typeof stored === 'string' ? `${stored.length}:${stored}` : `x${Buffer.from(stored).toString('hex')}`
  })
  return `${number}|${parts.join('|')}`
}

async function callSubprogram({ site, values }: PendingCall, context: StatementCalls): Promise<SqlValue> {
  const named: Record<string, OracleValue> = {}
  for (const [index, name] of site.given.entries()) named[name] = (values[index] ?? null) as OracleValue
  if (context.signal.aborted) throw cancelled()
  const value = 'unit' in site ? await context.callUnit(site.unit, named) : await run(site.subprogram, named, context)
  if (value !== null && typeof value === 'object' && 'columns' in value) {
    throw new OracleError(902, 'invalid datatype')
  }
  return value as SqlValue
}

async function run(
  subprogram: Subprogram,
  given: Readonly<Record<string, OracleValue>>,
  context: CallContext,
): Promise<OracleValue> {
  const named: Record<string, OracleValue> = {}
  for (const { name, default: fallback = null } of subprogram.parameters) {
    named[name] = Object.hasOwn(given, name) ? (given[name] ?? null) : fallback
  }
  return (await subprogram.run(named, context)).value ?? null
}
