// Makes the templates that create-select-ai ships from the starters of this workspace: with versions in place of the
// workspace's own references, and without what only makes sense inside the workspace.
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { stringify } from 'yaml'
import {
  type Manifest,
  packagesBelow,
  readManifest,
  readWorkspaceSettings,
  repositoryRoot,
  type WorkspaceSettings,
} from './workspace.ts'

const notShipped = /^(node_modules|dist|coverage|\.turbo|\.env|.*\.tsbuildinfo)$/
const dependencyFields = ['dependencies', 'devDependencies', 'peerDependencies'] as const

/** npm leaves files named .gitignore out of a package, so they travel under another name. */
const gitignore = { from: '.gitignore', to: '_gitignore' }
const usualGitignore = ['node_modules/', 'dist/', 'coverage/', '*.tsbuildinfo', '.env', '.yarn/', '']

/** How the condition that leads to the sources of sibling packages is written, and what stays without it. */
const sourceCondition: readonly (readonly [RegExp, string])[] = [
  // A line of a vite configuration that does nothing else.
  [/^.*\bconditions: \['@select-ai\/source',.*\n/gm, ''],
  [/,\s*"customConditions": \["@select-ai\/source"\]/g, ''],
  [/"customConditions": \["@select-ai\/source"\],\s*/g, ''],
  [/'--conditions=@select-ai\/source',\s*/g, ''],
  [/--conditions=@select-ai\/source /g, ''],
]
const workspaceOnly = /@select-ai\/source|"(?:workspace|catalog):/

/**
 * Writes every starter below `root`/templates to `target`, which is replaced as a whole once all of them are ready.
 * @returns the names of the templates.
 * @throws Error when a starter lacks its description, or when something of the workspace would be left in a template.
 */
export function packTemplates(root: string, target: string): string[] {
  const settings = readWorkspaceSettings(root)
  const versions = new Map(
    packagesBelow(join(root, 'packages')).map(({ manifest }) => [manifest.name, manifest.version]),
  )
  const staging = `${target}.${process.pid}`
  rmSync(staging, { recursive: true, force: true })
  try {
    const starters = packagesBelow(join(root, 'templates'))
    for (const { folder } of starters) packTemplate(folder, join(staging, basename(folder)), settings, versions)
    rmSync(target, { recursive: true, force: true })
    renameSync(staging, target)
    return starters.map(({ folder }) => basename(folder))
  } finally {
    rmSync(staging, { recursive: true, force: true })
  }
}

function packTemplate(
  starter: string,
  target: string,
  settings: WorkspaceSettings,
  versions: ReadonlyMap<string, string>,
): void {
  mkdirSync(target, { recursive: true })
  writeFileSync(join(target, gitignore.from), usualGitignore.join('\n'))
  cpSync(starter, target, { recursive: true, filter: (path) => path === starter || !notShipped.test(basename(path)) })
  renameSync(join(target, gitignore.from), join(target, gitignore.to))
  // pnpm refuses to install when a package has an install script that is neither allowed nor forbidden.
  writeFileSync(join(target, 'pnpm-workspace.yaml'), stringify({ allowBuilds: settings.allowBuilds }))
  // Yarn's own way to find packages needs a loader in each Node process, which the starter's scripts do not have.
  writeFileSync(join(target, '.yarnrc.yml'), stringify({ nodeLinker: 'node-modules' }))
  for (const file of filesOf(target)) dropSourceCondition(file)
  const manifest = resolveVersions(readManifest(target), settings.catalog, versions)
  if (!manifest.description) throw new Error(`${starter}/package.json needs a description: it is shown in the list.`)
  // npm's name for what pnpm calls allowBuilds.
  const packed = { ...manifest, allowScripts: settings.allowBuilds }
  writeFileSync(join(target, 'package.json'), `${JSON.stringify(packed, null, 2)}\n`)
  for (const file of filesOf(target)) checkLeftovers(file, target)
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

function dropSourceCondition(file: string): void {
  const text = readFileSync(file, 'utf8')
  const without = sourceCondition.reduce((result, [pattern, rest]) => result.replace(pattern, rest), text)
  if (without !== text) writeFileSync(file, without)
}

function resolveVersions(
  manifest: Manifest,
  catalog: WorkspaceSettings['catalog'],
  versions: ReadonlyMap<string, string>,
): Manifest {
  const resolve = (name: string, range: string): string => {
    const version = range === 'catalog:' ? catalog[name] : range.startsWith('workspace:') ? versions.get(name) : range
    if (version === undefined) throw new Error(`${manifest.name}: nothing in the workspace says which ${name} to use.`)
    return range.startsWith('workspace:') ? `^${version}` : version
  }
  const resolved: Manifest = { ...manifest }
  for (const field of dependencyFields) {
    const ranges = manifest[field]
    if (!ranges) continue
    resolved[field] = Object.fromEntries(Object.entries(ranges).map(([name, range]) => [name, resolve(name, range)]))
  }
  return resolved
}

function checkLeftovers(file: string, target: string): void {
  const line = readFileSync(file, 'utf8')
    .split('\n')
    .findIndex((text) => workspaceOnly.test(text))
  if (line === -1) return
  throw new Error(
    `${basename(target)}/${relative(target, file)}:${line + 1} speaks of the workspace; see ${import.meta.filename}.`,
  )
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const names = packTemplates(repositoryRoot, join(repositoryRoot, 'packages', 'create-select-ai', 'templates'))
  console.log(`packed the templates ${names.join(', ')}`)
}
