import { OracleError } from '../oracle-error.ts'

/**
 * Waits for a model's answer, but no longer than until the call is broken: a model that does not listen is left behind.
 * @throws OracleError ORA-01013 on a break, ORA-20000 with the model's message when the model fails.
 */
export async function answerOrBreak<Answer>(ask: () => Promise<Answer>, signal: AbortSignal): Promise<Answer> {
  if (signal.aborted) throw userCancel()
  let stop = (): void => {}
  const broken = new Promise<never>((_, reject) => {
    stop = () => reject(userCancel())
  })
  signal.addEventListener('abort', stop, { once: true })
  try {
    return await Promise.race([ask(), broken])
  } catch (error) {
    if (signal.aborted) throw userCancel()
    if (error instanceof OracleError) throw error
    throw new OracleError(20000, error instanceof Error ? error.message : String(error), { cause: error })
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

function userCancel(): OracleError {
  return new OracleError(1013, 'user requested cancel of current operation')
}
