import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { packTemplates } from '../pack-templates.ts'
import { packagesBelow, readManifest, readWorkspaceSettings, repositoryRoot } from '../workspace.ts'

let world = ''
beforeEach(() => {
  world = mkdtempSync(join(tmpdir(), 'pack-templates-'))
})
afterEach(() => rmSync(world, { recursive: true, force: true }))

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

describe('the templates of this repository', () => {
  it('are all packed, and nothing of the workspace is left in them', () => {
    const target = join(world, 'templates')
    const names = packTemplates(repositoryRoot, target)
    expect(names).toEqual(readdirSync(join(repositoryRoot, 'templates')).sort())
    expect(readdirSync(target).sort()).toEqual(names)
    const files = filesBelow(target)
    expect(files.length).toBeGreaterThan(5 * names.length)
    for (const file of files) {
      expect(readFileSync(file, 'utf8'), file).not.toMatch(/@select-ai\/source|workspace:|catalog:/)
      expect(file).not.toMatch(/node_modules|\.turbo|[\\/]\.gitignore$|[\\/]\.env$/)
    }
  })

  it('ask for the versions that this workspace has, and for no others', () => {
    packTemplates(repositoryRoot, join(world, 'templates'))
    const { catalog } = readWorkspaceSettings(repositoryRoot)
    const own = new Map(
      packagesBelow(join(repositoryRoot, 'packages')).map(({ manifest }) => [manifest.name, manifest]),
    )
    for (const { manifest } of packagesBelow(join(world, 'templates'))) {
      for (const [name, range] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })) {
        expect([name, range]).toEqual([name, own.has(name) ? `^${own.get(name)?.version}` : catalog[name]])
        expect(own.get(name)?.private, `${name} is published`).not.toBe(true)
      }
    }
  })
})

describe('packing', () => {
  const manifest = {
    name: 'starter',
    version: '0.0.0',
    description: 'A starter',
    private: true,
    scripts: { start: 'node --conditions=@select-ai/source --import tsx src/server.ts' },
    dependencies: { '@select-ai/house': 'workspace:^', stove: 'catalog:', water: '^3.0.0' },
  }

  function write(path: string, content: string | object): void {
    const file = join(world, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  }

  function pack(): string {
    packTemplates(world, join(world, 'packed'))
    return join(world, 'packed', 'starter')
  }

  beforeEach(() => {
    write('pnpm-workspace.yaml', 'catalog:\n  stove: 1.2.3\nallowBuilds:\n  stove: true\n  water: false\n')
    write('packages/house/package.json', { name: '@select-ai/house', version: '4.5.6' })
    write('templates/starter/package.json', manifest)
  })

  it('puts versions in place of references, and allows the install scripts that the workspace allows', () => {
    const starter = pack()
    expect(readManifest(starter)).toEqual({
      ...manifest,
      scripts: { start: 'node --import tsx src/server.ts' },
      dependencies: { '@select-ai/house': '^4.5.6', stove: '1.2.3', water: '^3.0.0' },
      allowScripts: { stove: true, water: false },
    })
    expect(parse(readFileSync(join(starter, 'pnpm-workspace.yaml'), 'utf8'))).toEqual({
      allowBuilds: { stove: true, water: false },
    })
  })

  it('leaves out what is made on the way, and secrets', () => {
    const unwanted = ['node_modules/a/index.js', 'dist/server.js', '.turbo/log', 'coverage/x', '.env', 'a.tsbuildinfo']
    for (const path of [...unwanted, '.env.example', 'src/server.ts']) write(`templates/starter/${path}`, 'x')
    const starter = pack()
    const files = filesBelow(starter).map((file) => file.slice(starter.length + 1))
    expect(files.sort()).toEqual(
      ['.env.example', '.yarnrc.yml', '_gitignore', 'package.json', 'pnpm-workspace.yaml', 'src/server.ts'].sort(),
    )
  })

  it('keeps the .gitignore of a starter under the name that npm lets through', () => {
    write('templates/starter/.gitignore', 'mine\n')
    expect(readFileSync(join(pack(), '_gitignore'), 'utf8')).toBe('mine\n')
  })

  it('replaces what was packed before', () => {
    write('packed/gone/package.json', {})
    pack()
    expect(readdirSync(join(world, 'packed'))).toEqual(['starter'])
  })

  it.each([
    [
      'a reference in a file',
      () => write('templates/starter/src/a.ts', "x\nimport '@select-ai/source'"),
      /src.a\.ts:2/,
    ],
    [
      'a version that nobody knows',
      () => write('templates/starter/package.json', { ...manifest, dependencies: { unknown: 'catalog:' } }),
      /nothing in the workspace says which unknown/,
    ],
    [
      'a missing description',
      () => write('templates/starter/package.json', { ...manifest, description: undefined }),
      /needs a description/,
    ],
  ])('refuses %s, and leaves the old templates alone', (_what, spoil, message) => {
    cpSync(pack(), join(world, 'before'), { recursive: true })
    spoil()
    expect(() => pack()).toThrow(message)
    expect(readManifest(join(world, 'packed', 'starter'))).toEqual(readManifest(join(world, 'before')))
    expect(readdirSync(world).sort()).toEqual(['before', 'packages', 'packed', 'pnpm-workspace.yaml', 'templates'])
  })
})
