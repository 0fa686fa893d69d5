import { readFileSync } from 'node:fs'
import { transformerTwoslash } from '@shikijs/vitepress-twoslash'
import { type DefaultTheme, defineConfig, type UserConfig } from 'vitepress'
import llmstxt from 'vitepress-plugin-llms'

const apiPages: DefaultTheme.SidebarItem[] = JSON.parse(
  readFileSync(new URL('../api/typedoc-sidebar.json', import.meta.url), 'utf8'),
)

const guide: DefaultTheme.SidebarItem[] = [
  {
    text: 'Start',
    items: [
      { text: 'Getting started', link: '/guide/getting-started' },
      { text: 'Connect to Autonomous Database', link: '/guide/autonomous-database' },
      { text: 'Coming from Python', link: '/guide/coming-from-python' },
    ],
  },
  { text: 'Frameworks', items: [{ text: 'Fastify', link: '/guide/fastify' }] },
  {
    text: 'In production',
    items: [
      { text: 'Pool sizing', link: '/guide/pool-sizing' },
      { text: 'Lifecycle and shutdown', link: '/guide/lifecycle' },
      { text: 'Cancellation and deadlines', link: '/guide/cancellation' },
      { text: 'Streaming', link: '/guide/streaming' },
    ],
  },
  { text: 'Development', items: [{ text: 'Testing with the emulator', link: '/guide/testing' }] },
  {
    text: 'Look up',
    items: [
      { text: 'Settings', link: '/reference/settings' },
      { text: 'Errors', link: '/reference/errors' },
      { text: 'API', link: '/api/' },
    ],
  },
]

const config: UserConfig<DefaultTheme.Config> = defineConfig({
  title: 'Select AI for Node',
  description: 'Ask an Oracle database questions in plain language from any Node web service.',
  cleanUrls: true,
  head: [['link', { rel: 'icon', href: '/logo.svg', type: 'image/svg+xml' }]],
  themeConfig: {
    logo: '/logo.svg',
    search: {
      provider: 'local',
      options: {
        miniSearch: {
          // The API pages repeat each name many times; the tables of settings and errors are what a name is looked up in.
          searchOptions: {
            boostDocument: (id: string) => (id.startsWith('/api/') ? 0.2 : id.startsWith('/reference/') ? 2 : 1),
          },
        },
      },
    },
    nav: [
      { text: 'Guide', link: '/guide/getting-started', activeMatch: '^/guide/' },
      { text: 'Settings', link: '/reference/settings' },
      { text: 'Errors', link: '/reference/errors' },
      { text: 'API', link: '/api/', activeMatch: '^/api/' },
    ],
    sidebar: {
      '/guide/': guide,
      '/reference/': guide,
      '/api/': [{ text: 'API', link: '/api/', items: apiPages }],
    },
    outline: { level: [2, 3] },
    footer: { message: 'Released under the Universal Permissive License 1.0.' },
  },
  markdown: {
    // The hovers need js, which no page would load otherwise.
    languages: ['js', 'ts', 'sh', 'sql', 'json'],
    codeTransformers: [
      transformerTwoslash({
        // No cache: it would know a sample by its text alone, and not see that the packages have changed.
        throws: true,
        twoslashOptions: {
          // The values of NodeNext, NodeNext and ES2023 in the compiler's enumerations.
          compilerOptions: {
            module: 199,
            moduleResolution: 99,
            target: 10,
            lib: ['lib.es2023.d.ts', 'lib.esnext.disposable.d.ts'],
            types: ['node'],
            strict: true,
            customConditions: ['@select-ai/source'],
            allowImportingTsExtensions: true,
            noEmit: true,
          },
        },
      }),
    ],
  },
  vite: { plugins: [llmstxt({ ignoreFiles: ['.generated/**'] })] },
})

export default config
