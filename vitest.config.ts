import { defineConfig, type ViteUserConfig } from 'vitest/config'

const conditions = ['@select-ai/source', 'module', 'node', 'development|production']

const config: ViteUserConfig = defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'packages',
          include: ['packages/*/test/**/*.test.ts', 'scripts/**/*.test.ts'],
          globalSetup: './packages/create-select-ai/test/pack-templates-once.ts',
        },
      },
      {
        extends: true,
        test: {
          name: 'lowest-peers',
          include: ['packages/{fastify,hono,koa}/test/conformance.test.ts'],
          provide: { peers: 'lowest' },
        },
        resolve: { alias: [{ find: /^(fastify|hono|koa)(?=$|\/)/, replacement: '$1-lowest' }] },
      },
      { extends: true, test: { name: 'templates', include: ['templates/*/test/**/*.test.ts'], testTimeout: 60_000 } },
    ],
    testTimeout: 20_000,
    hookTimeout: 20_000,
    reporters: ['default', './scripts/totals-reporter.ts'],
  },
  resolve: { conditions },
  ssr: { resolve: { conditions } },
})

export default config
