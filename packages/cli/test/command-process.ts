import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Emulator, type EmulatorOptions, startEmulator } from '@select-ai/emulator'
import { expect, vi } from 'vitest'
import { ScriptedModel } from './scripted-model.ts'

const bin = join(import.meta.dirname, '..', 'src', 'bin', 'select-ai.ts')
const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href

// A process takes a while to start on a machine that is busy with the other tests.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

/** A password that must never be seen again. */
export const password = 'canary-7Q2x'

export interface Finished {
  readonly code: number | string
  readonly stdout: string
  readonly stderr: string
}

export interface Running {
  readonly child: ChildProcessWithoutNullStreams
  readonly finished: Promise<Finished>
  readonly written: { stdout: string; stderr: string }
  /** Sends lines as a program does. */
  type(...lines: readonly string[]): void
}

export interface StartOptions {
  readonly environment?: Readonly<Record<string, string>>
}

/** What runs the command from its source. */
export function commandLine(args: readonly string[]): string[] {
  return [process.execPath, '--conditions=@select-ai/source', '--import', tsx, bin, ...args]
}

/** Starts the command from its source, in an environment that names no database unless it is told to. */
export function start(args: readonly string[], { environment = {} }: StartOptions = {}): Running {
  const [program, ...words] = commandLine(args) as [string, ...string[]]
  const child = spawn(program, words, {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...environment },
  })
  const written = { stdout: '', stderr: '' }
  child.stdout.on('data', (chunk) => {
    written.stdout += chunk
  })
  child.stderr.on('data', (chunk) => {
    written.stderr += chunk
  })
  const finished = once(child, 'close').then(([code, signal]) => ({ code: code ?? signal, ...written }))
  return {
    child,
    finished,
    written,
    type: (...lines) => child.stdin.write(lines.map((line) => `${line}\n`).join('')),
  }
}

/** Runs the command to its end, with nothing to read. */
export function run(args: readonly string[], options?: StartOptions): Promise<Finished> {
  const running = start(args, options)
  running.child.stdin.end()
  return running.finished
}

/** An emulator with a model that does as it is told, and the environment that leads a command to it. */
export interface Database extends AsyncDisposable {
  readonly emulator: Emulator
  readonly model: ScriptedModel
  readonly environment: Readonly<Record<string, string>>
  start(args: readonly string[], environment?: Readonly<Record<string, string>>): Running
  /** Runs a command to its end; all its sessions must have logged off then. */
  run(args: readonly string[], environment?: Readonly<Record<string, string>>): Promise<Finished>
  /** Waits until all sessions that were opened have logged off, and there was one. */
  loggedOff(): Promise<void>
}

export async function openDatabase(options: EmulatorOptions = {}): Promise<Database> {
  const model = new ScriptedModel()
  const emulator = await startEmulator({ model, password, ...options })
  const environment = {
    SELECT_AI_USER: 'demo',
    SELECT_AI_PASSWORD: password,
    SELECT_AI_DB_CONNECT_STRING: emulator.connectString,
    SELECT_AI_PROFILE_NAME: 'OCI_AI_PROFILE',
  }
  const loggedOff = (): Promise<void> =>
    emulator.ledger.waitFor(({ open, opened, loggedOff }) => open === 0 && opened > 0 && loggedOff === opened)
  const startHere: Database['start'] = (args, more) => start(args, { environment: { ...environment, ...more } })
  return {
    emulator,
    model,
    environment,
    start: startHere,
    async run(args, more) {
      emulator.ledger.reset()
      const running = startHere(args, more)
      running.child.stdin.end()
      const finished = await running.finished
      await loggedOff()
      expect(finished.stdout + finished.stderr).not.toContain(password)
      return finished
    },
    loggedOff,
    [Symbol.asyncDispose]: () => emulator.close(),
  }
}
