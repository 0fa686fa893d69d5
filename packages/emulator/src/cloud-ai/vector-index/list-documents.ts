import { readdir, readFile, realpath, stat } from 'node:fs/promises'
import { dirname, relative, resolve, sep } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { OracleError } from '../../oracle-error.ts'
import { LONGEST_BYTES, loadLocation } from '../load-location.ts'

/** A document at the location of a vector index. */
export interface Document {
  /** What the object is called, without its folder. */
  readonly name: string
  /** The address of its folder, with a slash at the end. */
  readonly locationUri: string
  /** @throws OracleError when it cannot be loaded, or is no text. */
  load(signal: AbortSignal): Promise<LoadedDocument>
}

export interface LoadedDocument {
  readonly text: string
  readonly bytes: number
  readonly lastModified: Date
}

const MOST_DOCUMENTS = 10_000

/**
 * The documents at a location: one or more addresses, separated by commas. An address is that of a document on a loopback
 * address, or a file, a folder or a pattern with `*` and `?` within the folder of documents; folders are read with all that is
 * in them.
 * @param directory - the folder of documents, if there is one
 * @throws OracleError ORA-20403 for a place that must not be read, ORA-20404 when there is nothing.
 */
export async function listDocuments(location: string, directory: string | undefined): Promise<readonly Document[]> {
  const addresses = location.split(/[,\n]/).map((address) => address.trim())
  const lists = await Promise.all(addresses.filter((address) => address !== '').map((each) => listAt(each, directory)))
  return lists.flat()
}

async function listAt(address: string, directory: string | undefined): Promise<readonly Document[]> {
  const { protocol = 'file:' } = URL.canParse(address) ? new URL(address) : {}
  if (protocol !== 'file:') return [documentOnServer(address)]
  if (directory === undefined) {
    throw forbidden(address, 'this local emulator was started without a folder of documents')
  }
  const root = await realpath(directory)
  return filesAt(address, pathOf(address, root), root)
}

function pathOf(address: string, root: string): string {
  try {
    return /^file:/i.test(address) ? fileURLToPath(address) : resolve(root, address)
  } catch (cause) {
    throw new OracleError(20404, `Object not found - ${address}`, { cause })
  }
}

function documentOnServer(address: string): Document {
  const { pathname, origin } = new URL(address)
  const last = pathname.lastIndexOf('/') + 1
  return {
    name: decoded(pathname.slice(last)) || new URL(address).host,
    locationUri: `${origin}${pathname.slice(0, last)}`,
    load: async (signal) => {
      const text = await loadLocation(address, signal)
      return { text: checkedText(text, address), bytes: Buffer.byteLength(text), lastModified: new Date() }
    },
  }
}

/** The name as it was before it became part of an address. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

async function filesAt(address: string, path: string, root: string): Promise<readonly Document[]> {
  const [folder, pattern] = /[*?]/.test(path) ? [dirname(path), patternOf(path)] : [path, undefined]
  const place = await realPlace(folder, address, root)
  const { isDirectory } = await kindOf(place)
  const names = isDirectory ? await readdir(place, { recursive: pattern === undefined }) : ['']
  const wanted = names.filter((name) => pattern === undefined || pattern.test(name)).sort()
  const found = await Promise.all(wanted.slice(0, MOST_DOCUMENTS).map((name) => fileWithin(resolve(place, name), root)))
  const documents = found.filter((document) => document !== undefined)
  if (documents.length === 0) throw new OracleError(20404, `Object not found - ${address}`)
  return documents
}

function patternOf(path: string): RegExp {
  const name = path.slice(path.lastIndexOf(sep) + 1).replace(/[.+^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`^${name.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'i')
}

async function realPlace(path: string, address: string, root: string): Promise<string> {
  // Said of what is there and what is not alike, so that nothing outside can be found out.
  const outside = forbidden(address, 'this local emulator loads files from its folder of documents only')
  if (!isWithin(path, root)) throw outside
  const place = await realpath(path).catch((cause: unknown) => {
    throw new OracleError(20404, `Object not found - ${address}`, { cause })
  })
  if (!isWithin(place, root)) throw outside
  return place
}

/** Undefined for a folder, for a link that leads out of the folder of documents, and for a hidden file. */
async function fileWithin(path: string, root: string): Promise<Document | undefined> {
  const place = await realpath(path).catch(() => undefined)
  if (place === undefined || !isWithin(place, root) || relative(root, path).split(sep).some(isHidden)) return undefined
  if (!(await kindOf(place)).isFile) return undefined
  const { href } = pathToFileURL(path)
  return {
    name: decoded(href.slice(href.lastIndexOf('/') + 1)),
    locationUri: href.slice(0, href.lastIndexOf('/') + 1),
    load: () => loadFile(place, href),
  }
}

function isHidden(name: string): boolean {
  return name.startsWith('.')
}

async function kindOf(place: string): Promise<{ readonly isFile: boolean; readonly isDirectory: boolean }> {
  const stats = await stat(place)
  return { isFile: stats.isFile(), isDirectory: stats.isDirectory() }
}

async function loadFile(place: string, href: string): Promise<LoadedDocument> {
  const { size, mtime } = await stat(place)
  if (size > LONGEST_BYTES) {
    throw new OracleError(20413, `Object is too large - ${href} (at most ${LONGEST_BYTES} bytes)`)
  }
  const content = await readFile(place)
  return { text: checkedText(content.toString('utf8'), href), bytes: content.byteLength, lastModified: mtime }
}

function checkedText(text: string, address: string): string {
  if (!text.includes('\0')) return text
  throw new OracleError(20000, `Unsupported document format - ${address} (this local emulator reads texts only)`)
}

function isWithin(path: string, root: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : `${root}${sep}`)
}

function forbidden(address: string, why: string): OracleError {
  return new OracleError(20403, `Authorization failed for URI - ${address} (${why})`)
}
