import type { Command } from 'commander'
import { addConnectionOptions, given, profileOption } from '../connection/connection-options.ts'
import type { CheckResult, CheckStatus } from '../doctor/check.ts'
import type { SourceOf } from '../doctor/check-settings.ts'
import { ChecksOfAQuestion, type DoctorOptions } from '../doctor/checks-of-a-question.ts'
import { runChecks } from '../doctor/run-checks.ts'
import { interruptible } from '../terminal/interruption.ts'
import { coloured, printJson, printText } from '../terminal/print.ts'
import { UsageError } from '../usage-error.ts'

interface DoctorCommandOptions extends DoctorOptions {
  readonly json?: boolean
}

const colours = { ok: 'green', failed: 'red', skipped: 'dim' } as const

/** Adds the command that finds out why a question is not answered. */
export function addDoctorCommand(program: Command, setExitCode: (code: number) => void): void {
  const command = program
    .command('doctor')
    .description('check what a question needs, one thing after the other, and say what to do about it')
    .addOption(profileOption('check this profile and its credential too'))
    .option('--ask', 'ask the profile one word, which costs a call of its model')
    .option('--json', 'print the results as JSON')
  addConnectionOptions(command).action(async (options: DoctorCommandOptions) => {
    const profile = given(options.profile)
    if (options.ask && profile === undefined) throw new UsageError('--ask needs --profile <name>.')
    setExitCode(await examine(options, (option) => command.getOptionValueSource(option)))
  })
}

function examine(options: DoctorCommandOptions, sourceOf: SourceOf): Promise<number> {
  return interruptible(async (signal) => {
    await using checks = new ChecksOfAQuestion(options, sourceOf, signal)
    const results = await runChecks(checks.list(), signal, (result) => {
      if (!options.json) printText(describe(result, options.verbose))
    })
    const ok = results.every(({ status }) => status === 'ok')
    if (options.json) printJson({ ok, checks: results })
    else printText(ok ? '\nAll is well.' : '\nMend what failed, and run the doctor again.')
    return ok ? 0 : 1
  })
}

function describe({ name, status, detail, advice, cause }: CheckResult, verbose = false): string {
  const indent = ' '.repeat(20)
  const texts = [detail, ...(advice === undefined ? [] : [advice]), ...(verbose && cause !== undefined ? [cause] : [])]
  const lines = texts.flatMap((text) => text.split('\n'))
  return `${mark(status)} ${name.padEnd(10)} ${lines.join(`\n${indent}`)}`
}

function mark(status: CheckStatus): string {
  return coloured(colours[status], status.padEnd(8), process.stdout)
}
