import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: { include: ['test/**/*.test.ts'], testTimeout: 60_000 },
  ssr: { resolve: { conditions: ['@select-ai/source', 'module', 'node', 'development|production'] } },
})
