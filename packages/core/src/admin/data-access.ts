import { runBlock } from '../pool/call-database.ts'
import { type CallOptions, callOptionNames, checkCallOptions } from '../pool/call-options.ts'
import type { SelectAIPool } from '../profile/select-ai-pool.ts'
import {
  disableDataAccess as disableStatement,
  enableDataAccess as enableStatement,
} from '../sql/data-access-statements.ts'

/**
 * Lets the database send rows to AI providers again (`DBMS_CLOUD_AI.ENABLE_DATA_ACCESS`), which it does unless somebody has
 * forbidden it. It counts for all users. The pool's user must be an administrator.
 *
 * @example
 * ```ts
 * await enableDataAccess(adminPool)
 * ```
 *
 * @throws SelectAIArgumentError, PrivilegeError, and the errors of every call
 */
export async function enableDataAccess(pool: SelectAIPool, options: CallOptions = {}): Promise<void> {
  checkCallOptions(options, callOptionNames)
  await runBlock(pool, { action: 'enable data access', options }, enableStatement, () => ({}))
}

/**
 * Forbids to send rows to AI providers (`DBMS_CLOUD_AI.DISABLE_DATA_ACCESS`), for all users: `narrate` and synthetic data then fail
 * with `DataAccessDisabledError`. Generated SQL still runs, and its rows still go to the application. The pool's user must be
 * an administrator.
 *
 * @example
 * ```ts
 * await disableDataAccess(adminPool)
 * ```
 *
 * @throws SelectAIArgumentError, PrivilegeError, and the errors of every call
 */
export async function disableDataAccess(pool: SelectAIPool, options: CallOptions = {}): Promise<void> {
  checkCallOptions(options, callOptionNames)
  await runBlock(pool, { action: 'disable data access', options }, disableStatement, () => ({}))
}
