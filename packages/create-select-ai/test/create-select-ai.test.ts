import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readTemplates } from '../src/templates.ts'
import { openWorkbench, type Workbench } from './scaffolder-process.ts'

const templates = readTemplates()
const plain = ['--no-install', '--no-git']

function read(workbench: Workbench, ...path: string[]): string {
  return readFileSync(join(workbench.folder, ...path), 'utf8')
}

function fill(workbench: Workbench, name: string): string {
  const folder = join(workbench.folder, name)
  mkdirSync(join(folder, '.git'), { recursive: true })
  mkdirSync(join(folder, 'src'))
  writeFileSync(join(folder, '.git', 'HEAD'), 'kept')
  writeFileSync(join(folder, 'src', 'old.ts'), 'old')
  writeFileSync(join(folder, 'old.txt'), 'old')
  return folder
}

describe('a project', () => {
  test.each(templates.map(({ name }) => name))(
    'from the template %s is complete and carries its own name',
    async (name) => {
      using workbench = openWorkbench()
      const { code, stdout, stderr } = await workbench.run(['my-app', '--template', name, ...plain])
      expect([code, stderr]).toEqual([0, ''])
      const manifest = JSON.parse(read(workbench, 'my-app', 'package.json'))
      expect(manifest).toMatchObject({ name: 'my-app', version: '0.1.0', private: true })
      expect(manifest.description).toBeUndefined()
      expect(read(workbench, 'my-app', '.gitignore')).toContain('node_modules/')
      const files = readdirSync(join(workbench.folder, 'my-app'))
      expect(files).toEqual(expect.arrayContaining(['.env.example', 'README.md', 'src', 'test', 'tsconfig.json']))
      expect(files).not.toEqual(expect.arrayContaining(['_gitignore']))
      expect(readdirSync(workbench.folder)).toEqual(['my-app'])
      expect(stdout).toMatch(/Next:\n\n {2}cd my-app\n {2}npm install\n {2}npm run dev\n\nNo database is needed/)
    },
  )

  test.each([
    ['npm', undefined, []],
    ['pnpm', 'pnpm/12.21.0 npm/? node/v22.23.2 linux x64', ['pnpm-workspace.yaml']],
    ['yarn', 'yarn/4.18.1 npm/? node/v22.23.2 linux x64', ['.yarnrc.yml', 'yarn.lock']],
    ['bun', 'bun/1.4.5 npm/? node/v22.23.2 linux x64', []],
    ['npm', 'other/1.0.0', []],
  ] as const)('is made for %s when started by %j', async (manager, agent, own) => {
    using workbench = openWorkbench()
    const environment = agent === undefined ? {} : { npm_config_user_agent: agent }
    const { stdout } = await workbench.run(['my-app', '--yes', '--json', ...plain], { environment })
    const start = manager === 'npm' || manager === 'bun' ? `${manager} run dev` : `${manager} dev`
    expect(JSON.parse(stdout)).toMatchObject({
      packageManager: manager,
      next: ['cd my-app', `${manager} install`, start],
    })
    const ofManagers = ['pnpm-workspace.yaml', '.yarnrc.yml', 'yarn.lock']
    expect(readdirSync(join(workbench.folder, 'my-app')).filter((file) => ofManagers.includes(file))).toEqual(own)
  })

  test('goes into the current folder, into folders that do not exist yet, and through a link', async () => {
    using workbench = openWorkbench()
    const here = join(workbench.folder, 'here')
    mkdirSync(join(here, '.git'), { recursive: true })
    symlinkSync(here, join(workbench.folder, 'link'))
    const current = await workbench.run(['.', '--template', 'fastify', ...plain], { cwd: here })
    expect([current.code, current.stdout]).toEqual([0, expect.not.stringContaining('cd ')])
    expect(readdirSync(here)).toContain('package.json')
    await workbench.run(['deep/down/my-app', '--yes', ...plain])
    expect(JSON.parse(read(workbench, 'deep/down/my-app/package.json')).name).toBe('my-app')
    expect((await workbench.run(['link', '--yes', '--overwrite', ...plain])).code).toBe(0)
    expect(JSON.parse(read(workbench, 'here/package.json')).name).toBe('link')
  })

  test('with --yes alone takes the documented defaults', async () => {
    using workbench = openWorkbench()
    workbench.addProgram('npm', '')
    const { code, stdout } = await workbench.run(['--yes', '--json'])
    expect([code, JSON.parse(stdout)]).toEqual([
      0,
      {
        ok: true,
        directory: expect.stringMatching(/select-ai-app$/),
        template: 'fastify',
        packageManager: 'npm',
        installed: true,
        git: 'committed',
        notes: [],
        next: ['cd select-ai-app', 'npm run dev'],
      },
    ])
    expect((await workbench.run(['--help'])).stdout.replace(/\s+/g, ' ')).toContain(
      'the folder select-ai-app and the template fastify',
    )
  })
})

describe('without a terminal', () => {
  test.each([
    [[], ['first argument', '--template']],
    [['my-app'], ['--template']],
    [['--template', 'fastify'], ['first argument']],
  ] as const)('%j names everything that is missing', async (args, named) => {
    using workbench = openWorkbench()
    const { code, stdout, stderr } = await workbench.run(args)
    expect([code, stdout]).toEqual([2, ''])
    for (const word of [...named, '--yes', ' -- --template']) expect(stderr).toContain(word)
    expect(stderr.includes('first argument')).toBe(named.some((word) => word === 'first argument'))
    expect(readdirSync(workbench.folder)).toEqual([])
  })

  test.each([
    [['my-app', '--yes', '--template', 'rails'], /'rails' is invalid\. Allowed choices are .*fastify/],
    [['my-app', '--yes', '--pm', 'cargo'], /'cargo' is invalid\. Allowed choices are npm, pnpm, yarn, bun/],
    [['my-app', '--yes', '--tempalte', 'fastify'], /unknown option '--tempalte'\n\(Did you mean --template\?\)/],
    [['my-app', 'fastify'], /too many arguments.*\n.*npm create select-ai@latest select-ai-app -- --template fastify/],
    [['My App', '--yes'], /"My App" cannot be one.*"my-app" would do/],
    [['http', '--yes'], /"http" cannot be one: http is a core module name/],
    [['node_modules', '--yes'], /"node_modules" cannot be one/],
    [['/', '--yes'], /root of a file system/],
  ])('%j is a mistake that is told before anything is done', async (args, message) => {
    using workbench = openWorkbench()
    const told = await workbench.run(args)
    expect([told.code, told.stdout, told.stderr]).toEqual([2, '', expect.stringMatching(message)])
    const json = await workbench.run([...args, '--json'])
    expect([json.code, json.stderr]).toEqual([2, ''])
    expect(JSON.parse(json.stdout)).toEqual({
      ok: false,
      code: expect.stringMatching(/^(USAGE|INVALID_NAME)$/),
      message: expect.stringMatching(message),
    })
    expect(readdirSync(workbench.folder)).toEqual([])
  })

  test('help and version are printed', async () => {
    using workbench = openWorkbench()
    const help = await workbench.run(['--help'])
    expect([help.code, help.stderr]).toEqual([0, ''])
    for (const { name, description } of templates) expect(help.stdout).toMatch(new RegExp(`${name} +${description}`))
    expect((await workbench.run(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\S*\n$/)
  })
})

describe('an existing folder', () => {
  test('with something in it is left alone', async () => {
    using workbench = openWorkbench()
    const folder = fill(workbench, 'my-app')
    const { code, stderr } = await workbench.run(['my-app', '--yes', ...plain])
    expect([code, stderr]).toEqual([1, expect.stringMatching(/not empty.*--overwrite/)])
    expect(readdirSync(folder).sort()).toEqual(['.git', 'old.txt', 'src'])
  })

  test('is replaced with --overwrite, but for .git', async () => {
    using workbench = openWorkbench()
    const folder = fill(workbench, 'my-app')
    expect((await workbench.run(['my-app', '--yes', '--overwrite', ...plain])).code).toBe(0)
    expect(read(workbench, 'my-app', '.git', 'HEAD')).toBe('kept')
    expect(readdirSync(join(folder, 'src'))).not.toContain('old.ts')
    expect(readdirSync(folder)).toEqual(expect.not.arrayContaining(['old.txt']))
    expect(readdirSync(folder).filter((file) => file.includes('being-created'))).toEqual([])
  })

  test.each([
    ['around the current one', '..', 'inner'],
    ['that is the home folder', '../../home', 'inner'],
  ])('%s is never overwritten', async (_where, target, cwd) => {
    using workbench = openWorkbench()
    mkdirSync(join(workbench.folder, cwd))
    writeFileSync(join(workbench.home, 'letter.txt'), 'dear')
    const options = { cwd: join(workbench.folder, cwd) }
    const { code, stdout } = await workbench.run([target, '--yes', '--overwrite', '--json', ...plain], options)
    expect([code, JSON.parse(stdout).code]).toEqual([1, 'OVERWRITE_REFUSED'])
    expect(readdirSync(workbench.folder)).toEqual([cwd])
    expect(readdirSync(workbench.home)).toEqual(['letter.txt'])
  })

  test.each(['file', 'file/my-app'])('%s is none', async (target) => {
    using workbench = openWorkbench()
    writeFileSync(join(workbench.folder, 'file'), 'mine')
    const { code, stdout } = await workbench.run([target, '--yes', '--overwrite', '--json', ...plain])
    expect([code, JSON.parse(stdout).code]).toEqual([1, 'NOT_A_FOLDER'])
    expect(read(workbench, 'file')).toBe('mine')
  })

  // Folders have no such permissions there.
  describe.skipIf(process.platform === 'win32')('without permission', () => {
    test.each(['closed/my-app', 'closed'])('to write %s is told, and nothing is left', async (target) => {
      using workbench = openWorkbench()
      const closed = join(workbench.folder, 'closed')
      mkdirSync(closed, { mode: 0o555 })
      const told = await workbench.run([target, '--yes', ...plain], { unprivileged: true })
      expect([told.code, told.stdout]).toEqual([1, ''])
      expect(told.stderr).toMatch(/not created: there is no permission to write to .*closed/)
      expect(readdirSync(closed)).toEqual([])
    })

    test('to move one of its entries keeps everything that was in it', async () => {
      using workbench = openWorkbench()
      const folder = fill(workbench, 'my-app')
      chmodSync(folder, 0o777)
      chmodSync(join(folder, 'src'), 0o555)
      const told = await workbench.run(['my-app', '--yes', '--overwrite', ...plain], { unprivileged: true })
      expect([told.code, told.stderr]).toEqual([1, expect.stringContaining('not created')])
      expect(readdirSync(folder).sort()).toEqual(['.git', 'old.txt', 'src'])
      expect(read(workbench, 'my-app', 'src', 'old.ts')).toBe('old')
    })
  })
})

describe('the installation', () => {
  const reporting = `
    const { writeFileSync } = require('node:fs')
    writeFileSync('call.json', JSON.stringify({ args: process.argv.slice(2), mode: process.env.NODE_ENV }))
    console.log('report on stdout')`

  test('is done by the chosen package manager, for development', async () => {
    using workbench = openWorkbench()
    workbench.addProgram('pnpm', reporting)
    const environment = { NODE_ENV: 'production' }
    const { code, stdout } = await workbench.run(['my-app', '-t', 'fastify', '--pm', 'pnpm'], { environment })
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/report on stdout[\s\S]*Next:\n\n {2}cd my-app\n {2}pnpm dev/),
    ])
    expect(JSON.parse(read(workbench, 'my-app', 'call.json'))).toEqual({ args: ['install'], mode: 'development' })
  })

  test('with --json reports on standard error', async () => {
    using workbench = openWorkbench()
    workbench.addProgram('npm', reporting)
    const { stdout, stderr } = await workbench.run(['my-app', '--yes', '--json'])
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, installed: true })
    expect(stderr).toBe('report on stdout\n')
  })

  test('that fails leaves a complete project and says how to go on', async () => {
    using workbench = openWorkbench()
    workbench.addProgram('npm', 'process.exit(7)')
    const { code, stdout, stderr } = await workbench.run(['my-app', '--yes'])
    expect([code, stderr]).toEqual([1, expect.stringContaining('"npm install" failed with exit code 7.')])
    expect(stdout).toMatch(/Next:\n\n {2}cd my-app\n {2}npm install\n {2}npm run dev/)
    expect(existsSync(join(workbench.folder, 'my-app', 'src', 'server.ts'))).toBe(true)
    expect(readdirSync(workbench.folder)).toEqual(['my-app'])
    const json = JSON.parse((await workbench.run(['other', '--yes', '--json'])).stdout)
    expect(json).toMatchObject({ ok: false, code: 'INSTALL_FAILED', installed: false, git: 'committed' })
    expect(json.next).toEqual(['cd other', 'npm install', 'npm run dev'])
  })

  test('by a package manager that is not there is told', async () => {
    using workbench = openWorkbench()
    const environment = { PATH: workbench.home }
    const told = await workbench.run(['my-app', '--yes', '--no-git', '--pm', 'bun'], { environment })
    expect([told.code, told.stderr]).toEqual([1, expect.stringContaining('bun is not installed, or not on the PATH.')])
  })

  test.each(['SIGINT', 'SIGTERM'] as const)('is stopped by %s, and the project stays', async (signal) => {
    using workbench = openWorkbench()
    workbench.addProgram('npm', "console.log('working'); setInterval(() => {}, 1000)")
    const running = workbench.start(['my-app', '--yes'])
    await expect.poll(() => running.output.text, { timeout: 15_000 }).toContain('working')
    running.child.kill(signal)
    const { code, stdout, stderr } = await running.finished
    expect([code, stderr]).toEqual([130, expect.stringContaining('Interrupted while the dependencies were installed')])
    expect(stdout).toContain('npm install\n')
    expect(existsSync(join(workbench.folder, 'my-app', 'src', 'server.ts'))).toBe(true)
    expect(readdirSync(workbench.folder)).toEqual(['my-app'])
  })
})

describe('the git repository', () => {
  function git(folder: string, ...args: string[]): string {
    return execFileSync('git', args, { cwd: folder, encoding: 'utf8' }).trim()
  }

  async function createWithGit(workbench: Workbench, environment: Record<string, string> = {}) {
    const { code, stdout } = await workbench.run(['my-app', '--yes', '--no-install', '--json'], { environment })
    return { code, ...JSON.parse(stdout) }
  }

  test('has one commit with everything but what is ignored', async () => {
    using workbench = openWorkbench()
    expect(await createWithGit(workbench)).toMatchObject({ code: 0, git: 'committed', notes: [] })
    const folder = join(workbench.folder, 'my-app')
    expect(git(folder, 'log', '--format=%an %s')).toBe('Tester Start from the fastify template')
    expect(git(folder, 'status', '--porcelain')).toBe('')
    expect(git(folder, 'ls-files')).toContain('.gitignore')
  })

  test('is not made inside another one', async () => {
    using workbench = openWorkbench()
    git(workbench.folder, 'init', '--quiet')
    expect(await createWithGit(workbench)).toMatchObject({
      code: 0,
      git: 'skipped',
      notes: ['The folder is in a git repository already.'],
    })
    expect(existsSync(join(workbench.folder, 'my-app', '.git'))).toBe(false)
  })

  test('has no commit when nobody is configured as its author', async () => {
    using workbench = openWorkbench()
    const nobody = { GIT_AUTHOR_NAME: '', GIT_AUTHOR_EMAIL: '', GIT_COMMITTER_NAME: '', GIT_COMMITTER_EMAIL: '' }
    expect(await createWithGit(workbench, nobody)).toMatchObject({
      code: 0,
      git: 'initialized',
      notes: [expect.stringContaining('user.name')],
    })
  })

  test('is a note when there is no git, or when it fails', async () => {
    using workbench = openWorkbench()
    const environment = { PATH: workbench.home }
    workbench.addProgram('git', "console.error('fatal: broken'); process.exit(3)")
    expect(await createWithGit(workbench)).toMatchObject({ code: 0, git: 'skipped', notes: ['git: fatal: broken'] })
    const none = await workbench.run(['other', '--yes', '--no-install', '--json'], { environment })
    expect(JSON.parse(none.stdout)).toMatchObject({ ok: true, git: 'skipped', notes: ['There is no git on the PATH.'] })
  })
})
