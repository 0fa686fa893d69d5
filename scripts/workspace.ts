import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

/** The parts of a package.json that the release and the templates are made from. */
export interface Manifest {
  name: string
  version: string
  description?: string
  private?: boolean
  license?: string
  engines?: Record<string, string>
  repository?: { readonly directory?: string }
  bin?: Record<string, string>
  exports?: Record<string, unknown>
  scripts?: Record<string, string>
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
  peerDependencies?: Record<string, string>
  publishConfig?: { readonly provenance?: boolean; readonly exports?: Record<string, unknown> }
}

/** One package of the workspace. */
export interface WorkspacePackage {
  readonly folder: string
  readonly manifest: Manifest
}

/** What this repository's pnpm-workspace.yaml says. */
export interface WorkspaceSettings {
  readonly catalog: Readonly<Record<string, string>>
  readonly allowBuilds: Readonly<Record<string, boolean>>
}

/** The repository's own folder. */
export const repositoryRoot: string = join(import.meta.dirname, '..')

/** Reads the package.json of a folder. */
export function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
}

/** Reads the workspace's own settings. */
export function readWorkspaceSettings(root: string): WorkspaceSettings {
  return parse(readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8'))
}

/** The packages in the folders directly below `parent`, by name of the folder. */
export function packagesBelow(parent: string): WorkspacePackage[] {
  return readdirSync(parent)
    .sort()
    .map((name) => join(parent, name))
    .filter((folder) => existsSync(join(folder, 'package.json')))
    .map((folder) => ({ folder, manifest: readManifest(folder) }))
}

/** The packages that a release publishes. */
export function publicPackages(root: string): WorkspacePackage[] {
  return packagesBelow(join(root, 'packages')).filter(({ manifest }) => manifest.private !== true)
}

/** What a local registry must never take from elsewhere: our scope, and the public names outside of it. */
export function localNames(root: string): string[] {
  const names = publicPackages(root).map(({ manifest }) => manifest.name)
  return ['@select-ai/*', ...names.filter((name) => !name.startsWith('@select-ai/'))]
}
