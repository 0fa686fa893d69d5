// Runs python-driver-check.py and then python-client-check.py, each against an emulator: `pnpm run check:python`. Needs
// Debian's package python3-oracledb, or any Python that has oracledb, named by the variable PYTHON. The second part is
// skipped where that Python has no select_ai.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmulator } from '@select-ai/emulator'

const python = process.env.PYTHON ?? 'python3'
const user = 'DEMO'
const otherUser = 'OTHER'
const password = 'a password for one run'

const documentsDirectory = await mkdtemp(join(tmpdir(), 'python-check-'))
await writeFile(join(documentsDirectory, 'handbook.txt'), 'The workshop opens at eight in the morning.\n')
try {
  for (const script of ['python-driver-check.py', 'python-client-check.py']) await check(script)
} finally {
  await rm(documentsDirectory, { recursive: true })
}

async function check(script: string): Promise<void> {
  await using emulator = await startEmulator({
    user,
    password,
    users: [{ user: otherUser, password }],
    documentsDirectory,
  })
  const child = spawn(python, [join(import.meta.dirname, script)], {
    stdio: 'inherit',
    env: {
      ...process.env,
      EMULATOR_CONNECT_STRING: emulator.connectString,
      EMULATOR_USER: user,
      EMULATOR_OTHER_USER: otherUser,
      EMULATOR_PASSWORD: password,
      PYTHONDONTWRITEBYTECODE: '1',
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
}
