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
export async function useConnection<T>(
  connection: Connection,
  work: () => Promise<T>,
  { deadline, breakGraceMs }: { deadline: Deadline; breakGraceMs: number },
): Promise<UseOutcome<T>> {
  const working = begin(work)
  const first = await settleOrExpire(working, deadline)
  if (first.kind !== 'pending') return { settlement: first, fate: fateAfter(connection, first) }
  const settlement = { kind: 'rejected', error: deadline.error as SelectAIError } as const
  // Not awaited: on a dead socket it may never end, and how the call ends says all.
  connection.break().catch(() => {})
  const second = await settleWithin(working, breakGraceMs)
  // Only the database's own confirmation proves that no late answer or stray break is left on the connection.
  const confirmed = second.kind === 'rejected' && isBreakConfirmation(second.error) && connection.isHealthy()
  return { settlement, fate: confirmed ? 'reuse' : 'drop' }
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

function settleOrExpire<T>(working: Promise<T>, deadline: Deadline): Promise<Settlement<T>> {
  return new Promise((resolve) => {
    const forget = deadline.onExpire(() => resolve({ kind: 'pending' }))
    working.then(
      (value) => {
        forget()
        resolve({ kind: 'resolved', value })
      },
      (error: unknown) => {
        forget()
        resolve({ kind: 'rejected', error })
      },
    )
  })
}
