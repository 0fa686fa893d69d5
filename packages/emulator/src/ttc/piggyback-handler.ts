import type { Session } from '../session/session.ts'
import { foldName } from '../session/user-directory.ts'
import { freeLocators } from './lob-handler.ts'
import type { Piggyback } from './request.ts'

/**
 * Does what a piggyback asks of the session. Application contexts are taken and not kept; the begin of a pipeline is not the session's affair.
 * @throws OracleError, which then is the answer to the request behind it.
 */
export function applyPiggyback(session: Session, piggyback: Piggyback): void {
  switch (piggyback.kind) {
    case 'closeCursors':
      for (const id of piggyback.ids) session.cursors.close(id)
      break
    case 'cancelCursors':
      for (const id of piggyback.ids) session.cursors.cancel(id)
      break
    case 'freeLobs':
      freeLocators(session, piggyback.locators)
      break
    case 'setSchema':
      session.database.setCurrentSchema(foldName(piggyback.schema))
      break
    case 'attributes':
      session.database.setClientAttributes(piggyback.attributes)
      break
    case 'applicationContext':
    case 'pipelineBegin':
      break
  }
}
