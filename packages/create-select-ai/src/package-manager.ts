/** The package managers that a project can be made for. */
export const packageManagers = ['npm', 'pnpm', 'yarn', 'bun'] as const

/** One of {@link packageManagers}. */
export type PackageManager = (typeof packageManagers)[number]

/** Files of a template that one package manager alone reads; the others' projects go without them. */
export const filesOfOneManager: Readonly<Record<string, PackageManager>> = {
  'pnpm-workspace.yaml': 'pnpm',
  '.yarnrc.yml': 'yarn',
}

/**
 * The package manager that started this process, by the `npm_config_user_agent` that all of them set, such as
 * `pnpm/12.21.0 npm/? node/v22.23.2 linux x64`. Undefined when it was started by none, or by an unknown one.
 */
export function detectPackageManager(userAgent: string | undefined): PackageManager | undefined {
  const name = userAgent?.split('/', 1)[0]
  return packageManagers.find((manager) => manager === name)
}

/** How a user starts a script of the project's package.json. */
export function scriptCommand(manager: PackageManager, script: string): string {
  return manager === 'npm' || manager === 'bun' ? `${manager} run ${script}` : `${manager} ${script}`
}

/** How a user installs the dependencies. */
export function installCommand(manager: PackageManager): string {
  return `${manager} install`
}
