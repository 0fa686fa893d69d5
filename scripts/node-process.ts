import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'

/** A Node process that a check started, and that ends with it. */
export interface NodeProcess extends AsyncDisposable {
  /** What it has written so far, to standard output and standard error. */
  readonly output: { text: string }
  /** The first group of the first match in the output; rejects when the process ends before, or is too slow. */
  written(pattern: RegExp): Promise<string>
  /** SIGTERM; rejects unless the process then exits with 0. */
  stop(): Promise<void>
}

export interface NodeProcessOptions {
  readonly cwd: string
  /** Its whole environment, but for the PATH. */
  readonly settings?: Readonly<Record<string, string>>
  /** Kills it. */
  readonly signal: AbortSignal
}

const deadlineMs = 60_000

/** Starts `node` with these arguments. */
export function startNode(args: readonly string[], { cwd, settings, signal }: NodeProcessOptions): NodeProcess {
  const child: ChildProcessByStdio<null, Readable, Readable> = spawn(process.execPath, args, {
    cwd,
    env: { PATH: process.env.PATH, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const streams = [child.stdout, child.stderr]
  const output = { text: '' }
  for (const stream of streams) stream.setEncoding('utf8').on('data', (text) => (output.text += text))
  const exited = once(child, 'close').then(([code, ender]) => (code ?? ender) as number | string)
  const kill = (): boolean => child.kill('SIGKILL')
  signal.addEventListener('abort', kill)

  const fail = (what: string): never => {
    throw new Error(`node ${args.join(' ')} ${what}:\n${output.text}`)
  }
  const inTime = async <Value>(event: Promise<Value>, complaint: string): Promise<Value> => {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, deadlineMs)
    })
    try {
      return await Promise.race([event, late.then(() => fail(complaint))])
    } finally {
      clearTimeout(timer)
    }
  }
  return {
    output,
    written(pattern) {
      const found = new Promise<string>((resolve) => {
        const look = (): void => {
          const text = pattern.exec(output.text)?.[1]
          if (text !== undefined) resolve(text)
        }
        for (const stream of streams) stream.on('data', look)
        look()
      })
      return inTime(Promise.race([found, exited.then((code) => fail(`ended with ${code}`))]), 'is too slow')
    },
    async stop() {
      child.kill('SIGTERM')
      const code = await inTime(exited, 'does not stop')
      if (code !== 0) fail(`ended with ${code} after SIGTERM`)
    },
    async [Symbol.asyncDispose]() {
      signal.removeEventListener('abort', kill)
      kill()
      await exited
    },
  }
}
