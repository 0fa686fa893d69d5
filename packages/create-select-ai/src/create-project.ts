import { CreationError } from './creation-error.ts'
import { installDependencies } from './install-dependencies.ts'
import type { PackageManager } from './package-manager.ts'
import { type RepositoryState, startRepository } from './start-repository.ts'
import type { TargetFolder } from './target-folder.ts'
import type { Template } from './templates.ts'
import { writeProject } from './write-project.ts'

export interface ProjectOptions {
  readonly target: TargetFolder
  readonly template: Template
  readonly packageManager: PackageManager
  readonly install: boolean
  readonly git: boolean
  /** Where the package manager's own report goes: 1 is standard output, 2 standard error. */
  readonly reportTo: 1 | 2
  readonly signal: AbortSignal
}

/** What became of a project whose files are all in place. */
export interface CreatedProject {
  readonly installed: boolean
  readonly git: RepositoryState['git']
  /** What the user should know, each in one sentence. */
  readonly notes: readonly string[]
  /** Why the dependencies are missing although they were wanted. */
  readonly failure?: CreationError
}

/**
 * Writes the project, installs its dependencies and commits it.
 * @throws CreationError when nothing was created. A failed installation is no such case: the project is complete then.
 */
export async function createProject(options: ProjectOptions): Promise<CreatedProject> {
  const { target, template, packageManager, signal } = options
  const leftover = await writeProject(target, { template, packageManager, signal })
  const failure = options.install ? await tryToInstall(options) : undefined
  // After the installation, so that the lockfile is part of the first commit.
  const wanted = options.git && !signal.aborted
  const { git, note }: RepositoryState = wanted
    ? await startRepository(target.path, `Start from the ${template.name} template`, signal)
    : { git: 'skipped' }
  return {
    installed: options.install && failure === undefined,
    git,
    notes: [leftover, note].filter((sentence) => sentence !== undefined),
    ...(failure && { failure }),
  }
}

async function tryToInstall({
  packageManager,
  target,
  reportTo,
  signal,
}: ProjectOptions): Promise<CreationError | undefined> {
  try {
    await installDependencies(packageManager, target.path, { reportTo, signal })
    return undefined
  } catch (error) {
    if (error instanceof CreationError) return error
    throw error
  }
}
