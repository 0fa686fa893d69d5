// The database of the benchmark, in a process of its own. Its model answers at once, so that what is left is the way there.
import { type Model, startEmulator } from '@select-ai/emulator'

const model: Model = {
  name: 'instant',
  chat: async ({ prompt }) => `You asked: ${prompt}`,
  generateSql: async () => ({ refusal: 'This model only chats.' }),
  explainSql: async () => '',
  narrate: async () => '',
}

const emulator = await startEmulator({ model, ledger: { statements: 0 } })
process.send?.(emulator.connectString)
process.once('disconnect', () => void emulator.close())
