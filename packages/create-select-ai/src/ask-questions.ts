import type { Readable, Writable } from 'node:stream'
import { confirm, intro, isCancel, select, text } from '@clack/prompts'
import { CreationError } from './creation-error.ts'
import { installCommand, type PackageManager } from './package-manager.ts'
import type { Template } from './templates.ts'

/** What must be known to create a project. */
export interface Answers {
  readonly directory: string
  readonly template: string
  readonly install: boolean
  readonly git: boolean
}

export interface QuestionOptions {
  readonly templates: readonly Template[]
  readonly packageManager: PackageManager
  readonly defaults: Answers
  /** Throws an error whose message says what is wrong with a directory. */
  readonly checkDirectory: (directory: string) => void
  readonly signal: AbortSignal
  /** Default: standard input. */
  readonly input?: Readable
  /** Default: standard output. */
  readonly output?: Writable
}

/**
 * Asks for each answer that was not given.
 * @throws CreationError with `INTERRUPTED` when the user cancels a question.
 */
export async function askQuestions(given: Partial<Answers>, options: QuestionOptions): Promise<Answers> {
  const { templates, packageManager, defaults, checkDirectory, signal, input, output } = options
  const common = { signal, ...(input && { input }), ...(output && { output }) }
  const settled = <Value>(answer: Value): Exclude<Value, symbol> => {
    if (!isCancel(answer)) return answer as Exclude<Value, symbol>
    throw new CreationError('INTERRUPTED', 'Cancelled: nothing was created.')
  }
  intro('Select AI for Node', common)
  const directory =
    given.directory ??
    settled(
      await text({
        ...common,
        message: 'In which folder shall the project be? Its name becomes the package name.',
        placeholder: defaults.directory,
        defaultValue: defaults.directory,
        validate: (value) => complaintOf(() => checkDirectory(value || defaults.directory)),
      }),
    )
  const template =
    given.template ??
    settled(
      await select({
        ...common,
        message: 'Which framework?',
        initialValue: defaults.template,
        options: templates.map(({ name, description }) => ({ value: name, label: name, hint: description })),
      }),
    )
  const install =
    given.install ??
    settled(
      await confirm({
        ...common,
        message: `Install the dependencies now (${installCommand(packageManager)})?`,
        initialValue: defaults.install,
      }),
    )
  const git =
    given.git ?? settled(await confirm({ ...common, message: 'Start a git repository?', initialValue: defaults.git }))
  return { directory, template, install, git }
}

function complaintOf(check: () => void): string | undefined {
  try {
    check()
    return undefined
  } catch (error) {
    if (error instanceof CreationError) return error.message
    throw error
  }
}
