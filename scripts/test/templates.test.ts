import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..', '..', 'templates')
const templates = ['fastify', 'hono', 'koa', 'http']

/** What a starter may have of its own; Fastify brings its server, logger and end of connections with it. */
const own = ['README.md', 'package.json', 'src/app.ts', 'src/server.ts', 'src/node-server.ts']
const overNodeServer = ['src/server.ts', 'src/node-server.ts']
const mostCodeLines = 79

const notCommitted = /^(?:node_modules|dist|\.turbo|\.env$)/

function filesOf(template: string): string[] {
  const folder = join(root, template)
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const files = entries.map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
  return files.filter((file) => !notCommitted.test(file)).sort()
}

function read(template: string, file: string): string {
  return readFileSync(join(root, template, file), 'utf8')
}

function codeLines(text: string): number {
  return text.split('\n').filter((line) => line.trim() !== '' && !/^\s*(\/\/|\/\*|\*)/.test(line)).length
}

function headingsOf(text: string): string[] {
  return text.split('\n').filter((line) => line.startsWith('## '))
}

describe('the starters', () => {
  test.each(templates)('%s has the files of all', (template) => {
    const expected = filesOf('http').filter((file) => template !== 'fastify' || file !== 'src/node-server.ts')
    expect(filesOf(template)).toEqual(expected)
  })

  test.each(templates)('%s has the same text in every file that needs no other', (template) => {
    const same = filesOf(template).filter((file) => !own.includes(file))
    expect(same.length).toBeGreaterThan(10)
    for (const file of same) expect(read(template, file), file).toBe(read('fastify', file))
  })

  test.each(['hono', 'koa'])('%s runs its server as http does', (template) => {
    for (const file of overNodeServer) expect(read(template, file), file).toBe(read('http', file))
  })

  test.each(templates)('%s shows start, use and shutdown in less than 80 lines of code', (template) => {
    const lines = codeLines(read(template, 'src/app.ts')) + codeLines(read(template, 'src/server.ts'))
    expect(lines).toBeLessThanOrEqual(mostCodeLines)
  })

  test.each(templates)('%s describes itself under the same headings, and has the same commands', (template) => {
    const { name, description, scripts } = JSON.parse(read(template, 'package.json'))
    expect(name).toBe(`select-ai-${template}-starter`)
    expect(description).toMatch(/^Select AI .{10,80}$/)
    expect(scripts).toEqual(JSON.parse(read('fastify', 'package.json')).scripts)
    expect(headingsOf(read(template, 'README.md'))).toEqual(headingsOf(read('fastify', 'README.md')))
  })
})
