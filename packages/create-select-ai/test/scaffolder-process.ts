import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'

const bin = join(import.meta.dirname, '..', 'src', 'bin', 'create-select-ai.ts')
const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href

export interface Finished {
  readonly code: number | string
  readonly stdout: string
  readonly stderr: string
}

export interface Running {
  readonly child: ChildProcess
  readonly finished: Promise<Finished>
  readonly output: { text: string }
}

/** A temporary world with a home folder, a folder to work in, and package managers that do as a test says. */
export interface Workbench extends Disposable {
  readonly folder: string
  readonly home: string
  start(args: readonly string[], options?: StartOptions): Running
  run(args: readonly string[], options?: StartOptions): Promise<Finished>
  /** Puts a program on the PATH, written in JavaScript. */
  addProgram(name: string, script: string): void
}

export interface StartOptions {
  readonly cwd?: string
  readonly environment?: Readonly<Record<string, string>>
  /** Runs as a user without privileges: to root no folder is read-only. */
  readonly unprivileged?: boolean
}

const nobody = 65_534

export function openWorkbench(): Workbench {
  const world = mkdtempSync(join(tmpdir(), 'create-select-ai-test-'))
  const [folder, home, programs] = ['work', 'home', 'programs'].map((name) => join(world, name)) as [
    string,
    string,
    string,
  ]
  for (const path of [folder, home, programs]) mkdirSync(path)
  for (const path of [world, folder, home]) chmodSync(path, 0o777)
  const environmentOf = (more: StartOptions['environment']): NodeJS.ProcessEnv => ({
    PATH: [programs, process.env.PATH].join(delimiter),
    HOME: home,
    USERPROFILE: home,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'Tester',
    GIT_AUTHOR_EMAIL: 'tester@example.com',
    GIT_COMMITTER_NAME: 'Tester',
    GIT_COMMITTER_EMAIL: 'tester@example.com',
    ...more,
  })
  const start = (args: readonly string[], { cwd = folder, environment, unprivileged }: StartOptions = {}): Running => {
    const child = spawn(process.execPath, ['--import', tsx, bin, ...args], {
      cwd,
      env: environmentOf(environment),
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(unprivileged && process.getuid?.() === 0 && { uid: nobody, gid: nobody }),
    })
    const written = { stdout: '', stderr: '' }
    const output = { text: '' }
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].on('data', (chunk) => {
        written[name] += chunk
        output.text += chunk
      })
    }
    const finished = once(child, 'close').then(([code, signal]) => ({ code: code ?? signal, ...written }))
    return { child, finished, output }
  }
  return {
    folder,
    home,
    start,
    run: (args, options) => start(args, options).finished,
    addProgram(name, script) {
      writeFileSync(join(programs, name), `#!${process.execPath}\n${script}\n`, { mode: 0o755 })
    },
    [Symbol.dispose]: () => rmSync(world, { recursive: true, force: true }),
  }
}
