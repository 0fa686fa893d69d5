import spawn from 'nano-spawn'
import type { LocalRegistry } from './local-registry.ts'

/** How a publication in `folder` runs, and under which environment. */
export interface Publication {
  readonly folder: string
  readonly registry: LocalRegistry
  readonly signal: AbortSignal
  /** Default: pnpm's own, for all public packages of the workspace. */
  readonly command?: readonly [string, ...string[]]
}

/**
 * Publishes a built workspace to a local registry.
 * @returns what the command printed.
 * @throws Error, before anything is sent, when npm or pnpm would use another registry.
 */
export async function publishLocally({ folder, registry, signal, command }: Publication): Promise<string> {
  // Provenance needs the identity of a CI job, which a trial on this machine has not.
  const env = { ...registry.environment, NPM_CONFIG_PROVENANCE: 'false', PNPM_CONFIG_PROVENANCE: 'false' }
  for (const manager of ['npm', 'pnpm']) {
    const { stdout } = await spawn(manager, ['config', 'get', 'registry'], { cwd: folder, env, signal })
    if (stdout !== registry.url) {
      throw new Error(`${manager} would publish to ${stdout} instead of ${registry.url}; nothing was published.`)
    }
  }
  const [file, ...args] = command ?? ['pnpm', '--recursive', 'publish', '--no-git-checks']
  const { output } = await spawn(file, args, { cwd: folder, env, signal })
  return output
}
