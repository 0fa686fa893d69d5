// Serves a folder of finished pages on the loopback address: the site under docs/.vitepress/dist, unless told otherwise.
import { createReadStream } from 'node:fs'
import { realpath, stat } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { extname, join, relative, resolve, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { pathToFileURL } from 'node:url'

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.md': 'text/markdown; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
}

/** A server for `folder` that is not listening yet. Paths may leave out `.html` and `index.html`; others get `404.html`. */
export function serveStatic(folder: string): Server {
  return createServer((request, response) => {
    answer(folder, request, response).catch(() => {
      // The client left, or the file went away under our hands.
      response.destroy()
    })
  })
}

async function answer(folder: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { allow: 'GET, HEAD' }).end()
    return
  }
  const root = await realpath(folder)
  const found = await findFile(root, request.url ?? '/')
  const file = found ?? (await existing(root, join(root, '404.html')))
  const headers = { 'x-content-type-options': 'nosniff', 'cache-control': 'no-cache' }
  if (file === undefined) {
    response.writeHead(404, headers).end()
    return
  }
  const type = contentTypes[extname(file)] ?? 'application/octet-stream'
  response.writeHead(found === undefined ? 404 : 200, { ...headers, 'content-type': type })
  if (request.method === 'HEAD') response.end()
  else await pipeline(createReadStream(file), response)
}

async function findFile(root: string, url: string): Promise<string | undefined> {
  const path = pathOf(url)
  if (path === undefined) return undefined
  const asked = join(root, path)
  for (const candidate of path.endsWith('/') ? [] : [asked, `${asked}.html`]) {
    const file = await existing(root, candidate)
    if (file !== undefined) return file
  }
  return existing(root, join(asked, 'index.html'))
}

function pathOf(url: string): string | undefined {
  try {
    const path = decodeURIComponent(url.split('?', 1)[0] as string)
    return path.includes('\0') ? undefined : path
  } catch {
    return undefined
  }
}

/** The real path of a file inside `root`; undefined when there is none, or when it lies elsewhere. */
async function existing(root: string, path: string): Promise<string | undefined> {
  try {
    const file = await realpath(path)
    const inside = relative(root, file)
    const isInside = !inside.startsWith(`..${sep}`) && inside !== '..' && resolve(root, inside) === file
    return isInside && (await stat(file)).isFile() ? file : undefined
  } catch {
    return undefined
  }
}

function main([folder = join(import.meta.dirname, '../docs/.vitepress/dist'), port = '4180']: readonly string[]): void {
  const server = serveStatic(folder)
  server.on('error', (error) => {
    console.error(error.message)
    process.exitCode = 1
  })
  server.listen(Number(port), '127.0.0.1', async () => {
    const built = await existing(await realpath(folder).catch(() => folder), join(folder, 'index.html'))
    if (built === undefined) console.error(`${folder} has no index.html yet: build the site first (pnpm run docs).`)
    const address = server.address()
    if (typeof address === 'object' && address !== null) console.log(`http://127.0.0.1:${address.port}/`)
  })
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) main(process.argv.slice(2))
