import { readdirSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { dirname, join, posix, relative, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import ts from 'typescript'
import { floors, type PackageFloors } from './floors.ts'

/** Reads every source file below `root` and returns one sentence for each import that the floors forbid. */
export function findForbiddenImports(root: string, table: Readonly<Record<string, PackageFloors>> = floors): string[] {
  return Object.entries(table).flatMap(([folder, packageFloors]) => checkPackage(root, folder, packageFloors))
}

function checkPackage(root: string, folder: string, packageFloors: PackageFloors): string[] {
  const source = join(root, folder, 'src')
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
  return files.flatMap((file) => {
    const path = file.split(sep).join('/')
    const room = roomOf(path)
    const seen = packageFloors.rooms[room]
    if (!seen) return [`${folder}/src/${path}: the room '${room}' is not on a floor yet; add it to scripts/floors.ts`]
    return importsOf(readFileSync(join(source, file), 'utf8'))
      .map((name) => explain(name, path, room, seen, packageFloors))
      .filter((reason) => reason !== undefined)
      .map((reason) => `${folder}/src/${path}: ${reason}`)
  })
}

function explain(
  name: string,
  path: string,
  room: string,
  seen: readonly string[],
  packageFloors: PackageFloors,
): string | undefined {
  if (name.startsWith('.')) {
    const target = roomOf(posix.normalize(posix.join(posix.dirname(path), name)))
    if (target === room || seen.includes(target)) return undefined
    return `'${room}' must not import '${target}' (${name})`
  }
  if (name.startsWith('node:')) return undefined
  if (builtinModules.includes(name)) return `import Node's own '${name}' as 'node:${name}'`
  const rooms = packageFloors.packages[name]
  if (rooms === undefined) return `'${name}' is not among the packages that this one may import`
  if (rooms === 'everywhere' || rooms.includes(room)) return undefined
  return `'${name}' may be imported by ${rooms.join(', ')} only, not by '${room}'`
}

function roomOf(path: string): string {
  return path.split('/')[0] as string
}

function importsOf(text: string): string[] {
  return ts.preProcessFile(text, true, false).importedFiles.map((file) => file.fileName)
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const root = join(import.meta.dirname, '..')
  const forbidden = findForbiddenImports(root)
  for (const sentence of forbidden) console.error(sentence)
  if (forbidden.length > 0) {
    console.error(
      `\n${forbidden.length} forbidden imports. The floors are in ${relative(root, join(dirname(import.meta.filename), 'floors.ts'))}.`,
    )
    process.exitCode = 1
  }
}
