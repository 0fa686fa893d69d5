import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** The server as a process of its own. */
export interface ServerProcess extends AsyncDisposable {
  readonly child: ChildProcess
  /** Resolves to the address once the server listens; rejects when it ends without. */
  readonly url: Promise<string>
  /** Resolves to the exit code, or to the signal's name. */
  readonly exit: Promise<number | string>
  /** What has been written so far. */
  readonly output: { stdout: string; stderr: string }
}

export function startServerProcess(environment: Record<string, string>): ServerProcess {
  const options = ['--conditions=@select-ai/source', '--import', 'tsx']
  const child = spawn(process.execPath, [...options, 'src/server.ts'], {
    cwd: join(import.meta.dirname, '..'),
    env: { PATH: process.env.PATH ?? '', PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output = { stdout: '', stderr: '' }
  const exit = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string)
  child.stderr.on('data', (chunk) => {
    output.stderr += chunk
  })
  const url = new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      output.stdout += `${line}\n`
      const address = /Server listening at (http:[^"]+)/.exec(line)?.[1]
      if (address) resolve(address)
    })
    exit.then((code) => reject(new Error(`the server ended with ${code}: ${output.stderr}`)))
  })
  url.catch(() => {})
  const dispose = async (): Promise<void> => {
    child.kill('SIGKILL')
    await exit
  }
  return { child, url, exit, output, [Symbol.asyncDispose]: dispose }
}
