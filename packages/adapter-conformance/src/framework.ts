import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The framework beneath an application. */
export interface Framework {
  readonly name: string
  readonly version: string
  /** For a peer of the adapter: its range, and whether the version is the lowest of it that is tested. */
  readonly peer?: { readonly range: string; readonly isLowest: boolean }
}

/**
 * The version of a peer that really runs in a test, of the two that are installed: the highest under its own name and the
 * lowest under that name with `-lowest`.
 *
 * @param testFolder - the `test` folder of the adapter.
 * @param used - what the import of the framework gave.
 * @param lowest - what the import of the lowest version gives.
 */
export function peerInUse(testFolder: string, name: string, used: unknown, lowest: unknown): Framework {
  const isLowest = used === lowest
  const { peerDependencies } = readManifest(join(testFolder, '..'))
  return {
    ...installed(testFolder, name, isLowest ? `${name}-lowest` : name),
    peer: { range: peerDependencies?.[name] ?? 'none', isLowest },
  }
}

/** A framework that is installed for the tests of an adapter, maybe under another name. */
export function installed(testFolder: string, name: string, folder: string = name): Framework {
  return { name, version: readManifest(join(testFolder, '../node_modules', folder)).version }
}

interface Manifest {
  readonly version: string
  readonly peerDependencies?: Readonly<Record<string, string>>
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
}
