import type { SelectAIPool } from '@select-ai/core'
import Fastify from 'fastify'

// What an application writes that registers the plugin at its root and wants the property.
declare module 'fastify' {
  interface FastifyInstance {
    selectAI: SelectAIPool
  }
}

export const pool: SelectAIPool = Fastify().selectAI
