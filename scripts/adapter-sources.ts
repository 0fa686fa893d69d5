import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'

/** How much code an adapter has. */
export interface AdapterSources {
  readonly adapter: string
  readonly files: number
  /** Lines that hold more than blanks and comments. */
  readonly lines: number
}

/** An adapter translates one framework and decides nothing, so it stays small. */
export const budget: Omit<AdapterSources, 'adapter'> = { files: 4, lines: 120 }

export function adapterSources(root: string): AdapterSources[] {
  return ['fastify', 'hono', 'http', 'koa'].map((adapter) => {
    const folder = join(root, 'packages', adapter, 'src')
    const files = readdirSync(folder)
    const lines = files.reduce((sum, file) => sum + countLines(readFileSync(join(folder, file), 'utf8')), 0)
    return { adapter, files: files.length, lines }
  })
}

/** Counts the lines on which the compiler finds a token. */
export function countLines(text: string): number {
  const file = ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest)
  const lines = new Set<number>()
  const visit = (node: ts.Node): void => {
    const children = node.getChildren(file)
    for (const child of children) if (child.kind !== ts.SyntaxKind.JSDoc) visit(child)
    if (children.length > 0 || node.getWidth(file) === 0) return
    const first = file.getLineAndCharacterOfPosition(node.getStart(file)).line
    const last = file.getLineAndCharacterOfPosition(node.getEnd()).line
    for (let line = first; line <= last; line += 1) lines.add(line)
  }
  visit(file)
  return lines.size
}
