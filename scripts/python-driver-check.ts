// Runs python-driver-check.py against an emulator: `pnpm run check:python`. Needs Debian's package python3-oracledb, or
// any Python that has oracledb, named by the variable PYTHON.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { startEmulator } from '@select-ai/emulator'

const python = process.env.PYTHON ?? 'python3'
const user = 'DEMO'
const password = 'a password for one run'

await using emulator = await startEmulator({ user, password })
const child = spawn(python, [join(import.meta.dirname, 'python-driver-check.py')], {
  stdio: 'inherit',
  env: {
    ...process.env,
    EMULATOR_CONNECT_STRING: emulator.connectString,
    EMULATOR_USER: user,
    EMULATOR_PASSWORD: password,
  },
})
child.once('error', (error) => {
  console.error(`cannot start ${python}: ${error.message}`)
  process.exitCode = 1
})
const [code] = await once(child, 'close')
const { opened, open } = emulator.ledger
console.log(`${opened} sessions opened, ${open} still open`)
if (code !== 0 || open !== 0) process.exitCode = 1
