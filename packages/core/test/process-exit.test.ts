import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { startEmulator } from '@select-ai/emulator'
import { expect, it } from 'vitest'
import { ScriptedModel } from './scripted-model.ts'

const script = `
  import { createPool } from '@select-ai/core'
  const pool = await createPool({ poolMin: 2 })
  console.log(await pool.profile('OCI_AI_PROFILE').chat('hello'))
  await pool.close()
`

it('a process that closed its pool ends by itself, at once', async () => {
  await using emulator = await startEmulator({ model: new ScriptedModel() })
  const child = spawn(process.execPath, ['--conditions=@select-ai/source', '--import=tsx', '--input-type=module'], {
    cwd: import.meta.dirname,
    env: {
      ...process.env,
      SELECT_AI_USER: 'DEMO',
      SELECT_AI_PASSWORD: 'demo',
      SELECT_AI_DB_CONNECT_STRING: emulator.connectString,
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.on('data', (data) => {
    output += data
  })
  child.stdin.end(script)
  const [exitCode] = await once(child, 'exit')
  expect(output.trim()).toBe('echo of 5 characters')
  expect(exitCode).toBe(0)
  await emulator.ledger.waitFor((ledger) => ledger.open === 0)
  expect(emulator.ledger.loggedOff).toBe(emulator.ledger.opened)
})
