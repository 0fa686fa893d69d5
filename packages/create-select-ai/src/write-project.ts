import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { cp } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { CreationError } from './creation-error.ts'
import { filesOfOneManager, type PackageManager } from './package-manager.ts'
import { entriesToReplace, type TargetFolder } from './target-folder.ts'
import type { Template } from './templates.ts'

export interface ProjectContent {
  readonly template: Template
  readonly packageManager: PackageManager
  /** Leaves everything as it was when it aborts before the project is in its place. */
  readonly signal: AbortSignal
}

const firstVersion = '0.1.0'
/** npm takes files of this name out of a package, so templates carry it under another one. */
const gitignore = { packed: '_gitignore', real: '.gitignore' }

/**
 * Puts a project into its folder: it is made aside, on the same file system, and moved at the end in one go.
 * Whatever fails before leaves the folder as it was.
 * @returns what the user should know about a complete project, if anything.
 * @throws CreationError with `WRITE_FAILED`, or `INTERRUPTED` when the signal aborts.
 */
export async function writeProject(target: TargetFolder, content: ProjectContent): Promise<string | undefined> {
  const undo: (() => void)[] = []
  try {
    const aside = makeAside(target, undo)
    const project = join(aside, 'project')
    await copyTemplate(project, target.name, content)
    content.signal.throwIfAborted()
    // No signal comes between two of these moves: they are synchronous.
    if (target.exists) replaceContent(target.path, project, join(aside, 'replaced'))
    else renameSync(project, target.path)
    undo.splice(0)
    return clearAway(aside)
  } catch (error) {
    for (const step of undo.reverse()) step()
    if (content.signal.aborted) throw new CreationError('INTERRUPTED', 'Interrupted: nothing was created.')
    throw explain(error, target)
  }
}

/** An existing folder may be a mount point of its own or stand in a folder that is read-only, so it takes the work itself. */
function makeAside({ path, exists }: TargetFolder, undo: (() => void)[]): string {
  const parent = exists ? path : dirname(path)
  const firstMade = mkdirSync(parent, { recursive: true })
  if (firstMade !== undefined) undo.push(() => rmSync(firstMade, { recursive: true, force: true }))
  const aside = mkdtempSync(join(parent, `.${basename(path)}-being-created-`))
  undo.push(() => rmSync(aside, { recursive: true, force: true }))
  return aside
}

async function copyTemplate(project: string, name: string, content: ProjectContent): Promise<void> {
  const { template, packageManager, signal } = content
  await cp(template.folder, project, {
    recursive: true,
    filter: (path) => {
      signal.throwIfAborted()
      const manager = dirname(path) === template.folder ? filesOfOneManager[basename(path)] : undefined
      return manager === undefined || manager === packageManager
    },
  })
  if (existsSync(join(project, gitignore.packed))) {
    renameSync(join(project, gitignore.packed), join(project, gitignore.real))
  }
  // Without a lockfile of its own, Yarn takes a folder below another project for a part of that one.
  if (packageManager === 'yarn') writeFileSync(join(project, 'yarn.lock'), '')
  const file = join(project, 'package.json')
  const { name: _name, version: _version, description: _description, ...rest } = JSON.parse(readFileSync(file, 'utf8'))
  writeFileSync(file, `${JSON.stringify({ name, version: firstVersion, ...rest }, null, 2)}\n`)
}

function replaceContent(folder: string, project: string, replaced: string): void {
  const moved: [from: string, to: string][] = []
  const move = (from: string, to: string): void => {
    renameSync(from, to)
    moved.push([from, to])
  }
  try {
    mkdirSync(replaced)
    const aside = basename(dirname(project))
    for (const entry of entriesToReplace(folder)) {
      if (entry !== aside) move(join(folder, entry), join(replaced, entry))
    }
    for (const entry of readdirSync(project)) move(join(project, entry), join(folder, entry))
  } catch (error) {
    for (const [from, to] of moved.reverse()) renameSync(to, from)
    throw error
  }
}

/** The project is complete when this happens, so it must not fail any more. */
function clearAway(aside: string): string | undefined {
  try {
    rmSync(aside, { recursive: true, force: true })
    return undefined
  } catch {
    return `Not everything that was there before could be deleted: see ${aside}.`
  }
}

function explain(error: unknown, { path }: TargetFolder): CreationError {
  const { code, message } = error as NodeJS.ErrnoException
  const reason =
    code === 'EACCES' || code === 'EPERM' || code === 'EROFS'
      ? `there is no permission to write to ${existsSync(path) ? path : dirname(path)}`
      : code === 'ENOSPC'
        ? 'the disk is full'
        : message
  return new CreationError('WRITE_FAILED', `The project was not created: ${reason}.`, { cause: error })
}
