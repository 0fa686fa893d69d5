// A release that nobody sees: versions, build, publication and installation of what the last commit holds, in a
// temporary clone and with a registry on this machine. The repository itself is left as it is.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, posix } from 'node:path'
import spawn from 'nano-spawn'
import { type LocalRegistry, startLocalRegistry } from './local-registry.ts'
import { publishLocally } from './publish-locally.ts'
import { describeFailure, runCheck } from './run-check.ts'
import {
  localNames,
  type Manifest,
  publicPackages,
  readManifest,
  repositoryRoot,
  type WorkspacePackage,
} from './workspace.ts'

/** What a tarball holds, as `npm pack --json` tells it. */
interface Tarball {
  readonly name: string
  readonly version: string
  readonly size: number
  readonly unpackedSize: number
  readonly files: readonly { readonly path: string }[]
}

interface Trial {
  readonly clone: string
  /** An empty project that installs what was published. */
  readonly consumer: string
  readonly registry: LocalRegistry
  readonly signal: AbortSignal
}

const documents = ['README.md', 'LICENSE', 'package.json']
const unwanted = /(^|\/)(node_modules|\.turbo|coverage)\/|(^|\/)\.env$|\.tsbuildinfo$|^test\//

async function checkRelease(signal: AbortSignal): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'select-ai-release-'))
  try {
    const clone = join(folder, 'clone')
    const consumer = join(folder, 'consumer')
    mkdirSync(consumer)
    await cloneLastCommit(clone, signal)
    await prepare(clone, signal)
    await using registry = await startLocalRegistry({ local: localNames(clone) })
    const trial = { clone, consumer, registry, signal }
    console.log('Publishing ...')
    await publishLocally({ folder: clone, registry, signal, command: ['pnpm', 'exec', 'changeset', 'publish'] })
    const packages = publicPackages(clone)
    const tarballs = new Map(await Promise.all(packages.map((each) => inspect(each, trial))))
    showTable([...tarballs.values()])
    console.log('Installing and importing ...')
    await install(packages, trial)
    return [
      ...packages.flatMap((each) => checkPackage(each, tarballs.get(each.manifest.name) as Tarball, trial)),
      ...checkTemplates(trial),
      ...(await importAll(packages, trial)),
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

async function cloneLastCommit(clone: string, signal: AbortSignal): Promise<void> {
  const git = async (cwd: string, ...args: string[]): Promise<string> =>
    (await spawn('git', args, { cwd, signal })).stdout
  const commit = await git(repositoryRoot, 'rev-parse', 'HEAD')
  const changes = await git(repositoryRoot, 'status', '--porcelain')
  console.log(
    `Checking the release of commit ${commit.slice(0, 12)}${changes ? '; what is not committed is no part of it' : ''}.`,
  )
  await git(repositoryRoot, 'clone', '--quiet', '--no-checkout', repositoryRoot, clone)
  await git(clone, 'checkout', '--quiet', '--detach', commit)
}

/** What the release pull request does, and then the build. */
async function prepare(clone: string, signal: AbortSignal): Promise<void> {
  const pnpm = (...args: string[]) => spawn('pnpm', args, { cwd: clone, signal })
  await pnpm('install', '--frozen-lockfile', '--prefer-offline')
  const pending = readdirSync(join(clone, '.changeset')).filter((file) => file.endsWith('.md') && file !== 'README.md')
  console.log(`${pending.length} pending changesets. Building ...`)
  if (pending.length > 0) await pnpm('exec', 'changeset', 'version')
  await pnpm('run', 'build')
}

async function inspect({ manifest }: WorkspacePackage, trial: Trial): Promise<[string, Tarball]> {
  const name = `${manifest.name}@${manifest.version}`
  const { stdout } = await spawn('npm', ['pack', name, '--dry-run', '--json'], npmOptions(trial))
  const answer = JSON.parse(stdout)
  return [manifest.name, (Array.isArray(answer) ? answer : Object.values(answer))[0] as Tarball]
}

function npmOptions({ consumer, registry, signal }: Trial) {
  return { cwd: consumer, env: registry.environment, signal }
}

function showTable(tarballs: readonly Tarball[]): void {
  const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`
  const rows = tarballs.map(({ name, version, files, size, unpackedSize }) => [
    name,
    { version, files: files.length, packed: kilobytes(size), unpacked: kilobytes(unpackedSize) },
  ])
  console.table(Object.fromEntries(rows))
}

async function install(packages: readonly WorkspacePackage[], trial: Trial): Promise<void> {
  const dependencies = Object.fromEntries(packages.map(({ manifest }) => [manifest.name, manifest.version]))
  writeFileSync(join(trial.consumer, 'package.json'), JSON.stringify({ private: true, type: 'module', dependencies }))
  await spawn('npm', ['install'], npmOptions(trial))
}

function checkPackage({ folder, manifest }: WorkspacePackage, tarball: Tarball, trial: Trial): string[] {
  const published = readManifest(join(trial.consumer, 'node_modules', manifest.name))
  const files = tarball.files.map(({ path }) => path)
  // The version before the first release has nothing to tell.
  const wanted = [...documents, ...(manifest.version === '0.0.0' ? [] : ['CHANGELOG.md']), ...targetsOf(published)]
  const directory = folder.slice(trial.clone.length + 1).replaceAll('\\', '/')
  const problems = [
    ...wanted.filter((file) => !files.includes(file)).map((file) => `${file} is not in the tarball`),
    ...files.filter((file) => unwanted.test(file)).map((file) => `${file} must not be in the tarball`),
    published.repository?.directory === directory ? '' : `repository.directory must be ${directory}`,
    published.engines?.node === readManifest(trial.clone).engines?.node
      ? ''
      : 'engines.node must be that of the repository',
    published.license === readManifest(trial.clone).license ? '' : 'license must be that of the repository',
    manifest.publishConfig?.provenance === true ? '' : 'publishConfig.provenance must be true',
    /"(workspace|catalog):|@select-ai\/source/.test(JSON.stringify(published))
      ? 'package.json speaks of the workspace'
      : '',
  ]
  return problems.filter((problem) => problem !== '').map((problem) => `${manifest.name}: ${problem}`)
}

/** The files that a package's exports and commands lead to. */
function targetsOf({ exports = {}, bin = {} }: Manifest): string[] {
  const leaves = (value: unknown): string[] =>
    typeof value === 'string' ? [value] : Object.values(value ?? {}).flatMap(leaves)
  return [...leaves(exports), ...leaves(bin)].map((path) => posix.normalize(path))
}

function checkTemplates({ consumer }: Trial): string[] {
  const scaffolder = join(consumer, 'node_modules', 'create-select-ai')
  const { version } = readManifest(scaffolder)
  const names = readdirSync(join(scaffolder, 'templates'))
  const missing = readdirSync(join(repositoryRoot, 'templates')).filter((name) => !names.includes(name))
  const wrong = names.flatMap((name) => {
    const { dependencies, devDependencies } = readManifest(join(scaffolder, 'templates', name))
    return Object.entries({ ...dependencies, ...devDependencies })
      .filter(([dependency, range]) => dependency.startsWith('@select-ai/') && range !== `^${version}`)
      .map(([dependency, range]) => `the template ${name} asks for ${dependency} ${range} instead of ^${version}`)
  })
  return [...missing.map((name) => `create-select-ai: the template ${name} is not in the tarball`), ...wrong]
}

async function importAll(packages: readonly WorkspacePackage[], trial: Trial): Promise<string[]> {
  const problems: string[] = []
  const attempt = async (what: string, ...args: string[]): Promise<void> => {
    try {
      await spawn(process.execPath, args, { ...npmOptions(trial), stdin: 'ignore' })
    } catch (error) {
      problems.push(`${what}: ${describeFailure(error)}`)
    }
  }
  for (const { manifest } of packages) {
    const published = readManifest(join(trial.consumer, 'node_modules', manifest.name))
    for (const path of Object.keys(published.exports ?? {}).filter((key) => key !== './package.json')) {
      const entry = posix.join(manifest.name, path)
      await attempt(entry, '--input-type=module', '--eval', `await import('${entry}')`)
    }
    for (const [command, file] of Object.entries(published.bin ?? {})) {
      await attempt(`${command} --help`, join(trial.consumer, 'node_modules', manifest.name, file), '--help')
    }
  }
  return problems
}

await runCheck(checkRelease, 'The release is fit to be published.')
