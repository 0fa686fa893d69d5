import { readdirSync, realpathSync, type Stats, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, parse, relative, resolve, sep } from 'node:path'
import validate from 'validate-npm-package-name'
import { CreationError } from './creation-error.ts'

/** The folder that the project goes to, once it has been found fit. */
export interface TargetFolder {
  readonly path: string
  /** The project's name: that of the folder. */
  readonly name: string
  readonly exists: boolean
}

export interface TargetConditions {
  readonly workingFolder: string
  /** Whether what is in the folder may be deleted. */
  readonly overwrite: boolean
}

/** What stays where it is in a folder that is overwritten, and does not count as content. */
export const keptEntry = '.git'

/**
 * Checks where a project shall go, and changes nothing.
 * @param directory path as the user gave it; `.` is the working folder.
 * @throws CreationError with `INVALID_NAME`, `NOT_A_FOLDER`, `FOLDER_NOT_EMPTY`, `OVERWRITE_REFUSED` or `WRITE_FAILED`.
 */
export function checkTargetFolder(directory: string, { workingFolder, overwrite }: TargetConditions): TargetFolder {
  const path = resolve(workingFolder, directory)
  const name = checkName(path, directory)
  const found = look(path, directory)
  if (!found) return { path, name, exists: false }
  if (!found.isDirectory()) {
    throw new CreationError('NOT_A_FOLDER', `${directory} is a file: give the name of a folder that is new or empty.`)
  }
  if (contentOf(path, directory).length > 0) {
    if (!overwrite) {
      throw new CreationError(
        'FOLDER_NOT_EMPTY',
        `${directory} is not empty: give another folder, or --overwrite to delete what is in it (except ${keptEntry}).`,
      )
    }
    refuseDangerous(path, directory, workingFolder)
  }
  return { path, name, exists: true }
}

/** The entries of an existing folder that a new project would replace. */
export function entriesToReplace(folder: string): string[] {
  return readdirSync(folder).filter((entry) => entry !== keptEntry)
}

function checkName(path: string, directory: string): string {
  const name = basename(path)
  const { validForNewPackages, errors = [], warnings = [] } = validate(name)
  if (validForNewPackages) return name
  if (name === '') {
    throw new CreationError('INVALID_NAME', `${directory} is the root of a file system: give the name of a folder.`)
  }
  const reason = [...errors, ...warnings][0]
  const proposal = proposeName(name)
  throw new CreationError(
    'INVALID_NAME',
    `The folder's name becomes the package's name, and "${name}" cannot be one: ${reason}.` +
      (proposal === undefined ? '' : ` "${proposal}" would do.`),
  )
}

function proposeName(name: string): string | undefined {
  const proposal = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
  return validate(proposal).validForNewPackages ? proposal : undefined
}

function look(path: string, directory: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') {
      throw new CreationError('NOT_A_FOLDER', `${directory} leads through a file: give a path of folders.`)
    }
    throw unreadable(directory, error)
  }
}

function contentOf(path: string, directory: string): string[] {
  try {
    return entriesToReplace(path)
  } catch (error) {
    throw unreadable(directory, error)
  }
}

function unreadable(directory: string, error: unknown): CreationError {
  return new CreationError('WRITE_FAILED', `${directory} cannot be read: ${(error as Error).message}.`, {
    cause: error,
  })
}

function refuseDangerous(path: string, directory: string, workingFolder: string): void {
  const real = realpathSync.native(path)
  const refuse = (what: string): never => {
    throw new CreationError('OVERWRITE_REFUSED', `${directory} is ${what}, which is never overwritten.`)
  }
  if (real === parse(real).root) refuse('the root of a file system')
  if (isWithin(realpathOr(homedir()), real)) refuse('your home folder, or contains it')
  const current = realpathOr(workingFolder)
  if (real !== current && isWithin(current, real)) refuse('a folder around the current one')
}

function realpathOr(path: string): string {
  try {
    return realpathSync.native(path)
  } catch {
    return path
  }
}

function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path)
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && resolve(folder, way) === path)
}
