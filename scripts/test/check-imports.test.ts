import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findForbiddenImports } from '../check-imports.ts'

const table = {
  'packages/house': {
    rooms: { cellar: [], kitchen: ['cellar'], 'index.ts': ['cellar', 'kitchen'] },
    packages: { stove: ['kitchen'], water: 'everywhere' },
  },
} as const

describe('the import fences', () => {
  let root = ''
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'fences-'))
  })
  afterEach(() => rmSync(root, { recursive: true, force: true }))

  function write(path: string, text: string): void {
    const file = join(root, 'packages/house/src', path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }

  it('let a room see itself, the rooms below it and its packages', () => {
    write('cellar/wine.ts', "import 'node:fs'\nexport * from './rack.ts'\nimport 'water'")
    write('cellar/rack.ts', 'export const rack = 1')
    write('kitchen/cook.ts', "import { rack } from '../cellar/rack.ts'\nimport type { Stove } from 'stove'")
    write('index.ts', "export { cook } from './kitchen/cook.ts'")
    expect(findForbiddenImports(root, table)).toEqual([])
  })

  it('forbid an upward import in every form', () => {
    write('cellar/a.ts', "import { cook } from '../kitchen/cook.ts'")
    write('cellar/b.ts', "export { cook } from '../kitchen/cook.ts'")
    write('cellar/c.ts', "export type Cook = import('../kitchen/cook.ts').Cook")
    write('cellar/d.ts', "export const cook = () => import('../kitchen/cook.ts')")
    const forbidden = findForbiddenImports(root, table)
    expect(forbidden).toHaveLength(4)
    for (const sentence of forbidden) expect(sentence).toContain("'cellar' must not import 'kitchen'")
  })

  it('forbid a package outside its rooms, an unknown package and a bare Node module', () => {
    write('cellar/a.ts', "import 'stove'\nimport 'left-pad'\nimport 'fs'")
    expect(findForbiddenImports(root, table)).toEqual([
      "packages/house/src/cellar/a.ts: 'stove' may be imported by kitchen only, not by 'cellar'",
      "packages/house/src/cellar/a.ts: 'left-pad' is not among the packages that this one may import",
      "packages/house/src/cellar/a.ts: import Node's own 'fs' as 'node:fs'",
    ])
  })

  it('ask for a floor when a room is new', () => {
    write('attic/box.ts', 'export {}')
    expect(findForbiddenImports(root, table)[0]).toContain("the room 'attic' is not on a floor yet")
  })
})
