import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A starter that this package carries. */
export interface Template {
  /** The name of its folder, and the value of `--template`. */
  readonly name: string
  /** One line, from its package.json. */
  readonly description: string
  readonly folder: string
}

const packageFolder = fileURLToPath(new URL('..', import.meta.url))

/** The templates below `folder`, by name. Default: those of this package, which its build packs. */
export function readTemplates(folder: string = join(packageFolder, 'templates')): Template[] {
  if (!existsSync(folder)) throw new Error(`${folder} is missing: build the package first (pnpm run build).`)
  return readdirSync(folder)
    .sort()
    .map((name) => ({ name, description: descriptionOf(join(folder, name)), folder: join(folder, name) }))
}

/** The version of this package. */
export function readVersion(): string {
  return JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')).version
}

function descriptionOf(folder: string): string {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).description
}
