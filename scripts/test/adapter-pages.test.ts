import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

/** The headings of the second level, in their order. */
function headings(path: string): string[] {
  const text = readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
  return [...text.replaceAll(/^```[\s\S]*?^```/gm, '').matchAll(/^## (.+)$/gm)].map(([, heading]) => heading as string)
}

describe('who knows one adapter knows them all', () => {
  const readmes = [
    'Install',
    'Use',
    'Options',
    'Your own routes',
    'Several databases',
    'Shutdown',
    'Good to know',
    'Licence',
  ]

  it.each(['fastify', 'hono', 'koa', 'http'])('the README of %s has the headings of the others', (name) => {
    expect(headings(`packages/${name}/README.md`)).toEqual(readmes)
  })

  const pages = [
    'Install',
    'Start',
    'Routes',
    'Your own routes',
    'Several databases',
    'Errors',
    'Shutdown',
    'Tests',
    'Traps',
  ]

  it.each(['fastify', 'hono', 'koa', 'express', 'http'])('the page of %s has the headings of the others', (name) => {
    expect(headings(`docs/guide/${name}.md`)).toEqual(pages)
  })

  it.each(['fastify', 'hono', 'koa', 'http'])('the README of %s links to headings that exist', (name) => {
    const text = readFileSync(new URL(`../../packages/${name}/README.md`, import.meta.url), 'utf8')
    const links = [...text.matchAll(/packages\/core\/README\.md#([a-z-]+)/g)].map(([, anchor]) => anchor)
    const core = readFileSync(new URL('../../packages/core/README.md', import.meta.url), 'utf8')
    const anchors = [...core.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading?.toLowerCase().replaceAll(' ', '-'))
    expect(links.length).toBeGreaterThan(0)
    expect(anchors).toEqual(expect.arrayContaining(links))
  })
})
