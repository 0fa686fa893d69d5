import { describeFailure } from '../terminal/tell-failure.ts'
import { type Check, type CheckResult, Finding } from './check.ts'

/**
 * Runs one check after the other. Each needs what the ones before have proved, so those behind the first that fails are skipped.
 * @param tell - told of each result at once.
 */
export async function runChecks(
  checks: readonly Check[],
  signal: AbortSignal,
  tell: (result: CheckResult) => void,
): Promise<readonly CheckResult[]> {
  const results: CheckResult[] = []
  for (const check of checks) {
    const failed = results.find(({ status }) => status === 'failed')
    const result = failed ? skip(check, failed) : await runCheck(check)
    signal.throwIfAborted()
    results.push(result)
    tell(result)
  }
  return results
}

function skip({ name }: Check, failed: CheckResult): CheckResult {
  return { name, status: 'skipped', detail: `needs ${failed.name}` }
}

async function runCheck({ name, run }: Check): Promise<CheckResult> {
  try {
    return { name, status: 'ok', detail: await run() }
  } catch (error) {
    return { name, status: 'failed', ...describe(error) }
  }
}

function describe(error: unknown): Pick<CheckResult, 'detail' | 'advice' | 'cause'> {
  if (!(error instanceof Finding)) {
    const { message, cause } = describeFailure(error)
    return { detail: message, ...(cause !== undefined && { cause }) }
  }
  const { message, advice, cause } = error
  return { detail: message, advice, ...(cause instanceof Error && { cause: cause.message }) }
}
