import { type Emulator, type EmulatorOptions, startEmulator } from '@select-ai/emulator'
import { type SelectAIOptions, selectAI } from '@select-ai/fastify'
import Fastify, { type FastifyInstance } from 'fastify'
import { expect } from 'vitest'
import { type HeldModel, heldModel } from './held-model.ts'

export const password = 'CANARY-password'

export interface Service extends AsyncDisposable {
  readonly app: FastifyInstance
  readonly url: string
  readonly emulator: Emulator
  readonly model: HeldModel
}

export interface ServiceOptions {
  readonly plugin?: SelectAIOptions
  readonly emulator?: EmulatorOptions
  /** Called before the server listens. */
  readonly prepare?: (app: FastifyInstance) => void
}

export const defaultRoutes: NonNullable<SelectAIOptions['routes']> = {
  actions: ['chat', 'show_sql', 'explain_sql', 'run_sql', 'narrate', 'show_prompt'],
  profiles: ['OCI_AI_PROFILE'],
}

/** An emulator, and a Fastify server with the plugin on a free port. Its disposal checks that no session was left behind. */
export async function startService({ plugin = {}, emulator: more, prepare }: ServiceOptions = {}): Promise<Service> {
  const model = heldModel()
  const emulator = await startEmulator({ password, model, ...more })
  const app = Fastify()
  app.register(selectAI, { routes: defaultRoutes, ...plugin, connection: connectionTo(emulator, plugin.connection) })
  prepare?.(app)
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  const dispose = async (): Promise<void> => {
    model.release()
    await app.close()
    await emulator.ledger.waitFor(({ open }) => open === 0)
    await emulator.close()
    expect(model.held).toBe(0)
  }
  return { app, url, emulator, model, [Symbol.asyncDispose]: dispose }
}

export function connectionTo(
  emulator: Emulator,
  more: SelectAIOptions['connection'] = {},
): NonNullable<SelectAIOptions['connection']> {
  return { user: 'DEMO', password, connectString: emulator.connectString, poolMin: 0, poolMax: 2, ...more }
}
