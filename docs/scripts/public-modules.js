import { readFileSync } from 'node:fs'
import { posix } from 'node:path'

const source = '@select-ai/source'

// In the order of the sidebar: what most readers look for comes first.
const packages = ['core', 'fastify', 'hono', 'koa', 'http', 'a2a', 'emulator'].map((name) => {
  const folder = new URL(`../../packages/${name}/`, import.meta.url)
  return { folder, manifest: JSON.parse(readFileSync(new URL('package.json', folder), 'utf8')) }
})

/** The packages that have API pages. */
export const packageNames = packages.map(({ manifest }) => manifest.name)

/** What the packages let an application import: the name and the source file of each entry of their exports maps. */
export const modules = packages.flatMap(({ folder, manifest: { name, exports } }) =>
  Object.entries(exports)
    .filter(([, target]) => target[source])
    .map(([subpath, target]) => ({ name: posix.join(name, subpath), file: new URL(target[source], folder) })),
)
