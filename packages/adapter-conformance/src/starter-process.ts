import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** A starter as a process of its own, as `npm start` runs it. */
export interface StarterProcess extends AsyncDisposable {
  readonly child: ChildProcess
  /** Resolves to the address once the server listens; rejects when it ends without. */
  readonly url: Promise<string>
  /** Resolves to the exit code, or to the signal's name. */
  readonly exit: Promise<number | string>
  /** All that it has written to standard error so far. */
  readonly errors: () => string
  /** Sends a signal and resolves to the exit code and the milliseconds that it took. */
  stop(signal: NodeJS.Signals): Promise<{ readonly code: number | string; readonly tookMs: number }>
}

/** @param folder - the folder of the starter, absolute. */
export function startStarter(folder: string, environment: Readonly<Record<string, string>>): StarterProcess {
  const options = ['--conditions=@select-ai/source', '--import', 'tsx']
  const child = spawn(process.execPath, [...options, 'src/server.ts'], {
    cwd: folder,
    env: { PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text
  })
  const exit = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string)
  const url = new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const address = /"msg":"Server listening at (http:[^"]+)/.exec(line)?.[1]
      if (address) resolve(address)
    })
    exit.then((code) => reject(new Error(`the server ended with ${code}: ${errors}`)))
  })
  url.catch(() => {})
  return {
    child,
    url,
    exit,
    errors: () => errors,
    async stop(signal) {
      const since = performance.now()
      child.kill(signal)
      return { code: await exit, tookMs: performance.now() - since }
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await exit
    },
  }
}
