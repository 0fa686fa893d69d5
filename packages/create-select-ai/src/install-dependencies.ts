import spawn, { SubprocessError } from 'nano-spawn'
import { CreationError } from './creation-error.ts'
import { installCommand, type PackageManager } from './package-manager.ts'

export interface InstallConditions {
  /** Where the package manager's own report goes: 1 is standard output, 2 standard error. */
  readonly reportTo: 1 | 2
  /** Stops the package manager. */
  readonly signal: AbortSignal
}

/**
 * Installs the dependencies of a finished project.
 * @throws CreationError with `INSTALL_FAILED`, or `INTERRUPTED` when the signal aborts.
 */
export async function installDependencies(
  manager: PackageManager,
  folder: string,
  { reportTo, signal }: InstallConditions,
): Promise<void> {
  try {
    await spawn(manager, ['install'], {
      cwd: folder,
      // The starter's tests and its local database are development dependencies, which `production` would leave out.
      // In CI, Yarn would refuse to write the first lockfile.
      env: { NODE_ENV: 'development', YARN_ENABLE_IMMUTABLE_INSTALLS: 'false' },
      // No standard input: a package manager that asks something must not wait for an answer.
      stdio: ['ignore', reportTo, 2],
      signal,
    })
  } catch (error) {
    if (signal.aborted) throw new CreationError('INTERRUPTED', 'Interrupted while the dependencies were installed.')
    throw new CreationError('INSTALL_FAILED', explain(error, manager), { cause: error })
  }
}

function explain(error: unknown, manager: PackageManager): string {
  if (!(error instanceof SubprocessError)) throw error
  if ((error.cause as NodeJS.ErrnoException | undefined)?.code === 'ENOENT') {
    return `${manager} is not installed, or not on the PATH.`
  }
  const end =
    error.exitCode === undefined ? `was ended by ${error.signalName}` : `failed with exit code ${error.exitCode}`
  return `"${installCommand(manager)}" ${end}.`
}
