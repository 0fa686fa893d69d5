import { SubprocessError } from 'nano-spawn'

/**
 * Runs a check to its end, or until SIGINT or SIGTERM, and sets the exit code: 0 without problems, 1 with some, 130 when
 * it was interrupted.
 * @param check returns one text for each problem; what it throws is one too.
 * @param verdict the last line of a check without problems.
 */
export async function runCheck(
  check: (signal: AbortSignal) => Promise<readonly string[]>,
  verdict: string,
): Promise<void> {
  const interruption = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => interruption.abort())
  let problems: readonly string[]
  try {
    problems = await check(interruption.signal)
  } catch (error) {
    problems = [describeFailure(error)]
  }
  if (interruption.signal.aborted) {
    process.exitCode = 130
    return
  }
  for (const problem of problems) console.error(`\n${problem}`)
  console.log(problems.length === 0 ? verdict : `\nProblems: ${problems.length}.`)
  process.exitCode = problems.length === 0 ? 0 : 1
}

/** What went wrong, with everything that a failed command has printed. */
export function describeFailure(error: unknown): string {
  if (error instanceof SubprocessError) return `${error.message}\n${error.output}`
  return error instanceof Error ? error.message : String(error)
}
