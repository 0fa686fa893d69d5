import { isBreakConfirmation, isConnectionFatal } from '../errors/from-driver-error.ts'
import type { SelectAIError } from '../errors/select-ai-error.ts'
import type { Deadline } from './deadline.ts'
import type { Connection } from './driver-contract.ts'
import { type Settlement, settleWithin } from './settle-within.ts'

/** How a piece of work on a connection ended, and what may be done with the connection. */
export interface UseOutcome<T> {
  readonly settlement: Exclude<Settlement<T>, { kind: 'pending' }>
  readonly fate: 'reuse' | 'drop'
}

/**
 * Does `work` until it ends or the deadline does. When the deadline ends first the call is broken off; a connection whose
 * call ends properly within `breakGraceMs` can be used again, any other is to be dropped. Never rejects.
 */
export function useConnection<T>(
  connection: Connection,
  work: () => Promise<T>,
  { deadline, breakGraceMs }: { deadline: Deadline; breakGraceMs: number },
): Promise<UseOutcome<T>> {
  // One promise for all of it, since every call passes here.
  return new Promise((resolve) => {
    const working = begin(work)
    const forget = deadline.onExpire((error) => resolve(breakOff(connection, working, error, breakGraceMs)))
    const settle = (settlement: UseOutcome<T>['settlement']): void => {
      forget()
      resolve({ settlement, fate: fateAfter(connection, settlement) })
    }
    working.then(
      (value) => settle({ kind: 'resolved', value }),
      (error: unknown) => settle({ kind: 'rejected', error }),
    )
  })
}

async function breakOff<T>(
  connection: Connection,
  working: Promise<T>,
  error: SelectAIError,
  breakGraceMs: number,
): Promise<UseOutcome<T>> {
  // Not awaited: on a dead socket it may never end, and how the call ends says all.
  connection.break().catch(() => {})
  const ended = await settleWithin(working, breakGraceMs)
  // Only the database's own confirmation proves that no late answer or stray break is left on the connection.
  const confirmed = ended.kind === 'rejected' && isBreakConfirmation(ended.error) && connection.isHealthy()
  return { settlement: { kind: 'rejected', error }, fate: confirmed ? 'reuse' : 'drop' }
}

/** Work that throws at once must not keep the connection either. */
function begin<T>(work: () => Promise<T>): Promise<T> {
  try {
    return work()
  } catch (error) {
    return Promise.reject(error)
  }
}

function fateAfter(connection: Connection, settlement: Settlement<unknown>): 'reuse' | 'drop' {
  const fatal = settlement.kind === 'rejected' && isConnectionFatal(settlement.error)
  return fatal || !connection.isHealthy() ? 'drop' : 'reuse'
}
