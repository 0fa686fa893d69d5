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
      { text: 'In the terminal', link: '/guide/command-line' },
      { text: 'Coming from Python', link: '/guide/coming-from-python' },
    ],
  },
  {
    text: 'Frameworks',
    items: [
      { text: 'Fastify', link: '/guide/fastify' },
      { text: 'Hono', link: '/guide/hono' },
      { text: 'Koa', link: '/guide/koa' },
      { text: 'Express', link: '/guide/express' },
      { text: 'node:http', link: '/guide/http' },
      { text: 'Another framework', link: '/guide/adapter' },
    ],
  },
  {
    text: 'Select AI',
    items: [
      { text: 'Profiles', link: '/guide/profiles' },
      { text: 'Conversations', link: '/guide/conversations' },
      { text: 'Answers from documents', link: '/guide/vector-indexes' },
      { text: 'Agents', link: '/guide/agents' },
      { text: 'Agents over A2A', link: '/guide/a2a' },
      { text: 'Many questions, long texts', link: '/guide/many-questions' },
      { text: 'Feedback', link: '/guide/feedback' },
      { text: 'Synthetic data', link: '/guide/synthetic-data' },
      { text: 'Users and credentials', link: '/guide/administration' },
    ],
  },
  {
    text: 'In production',
    items: [
      { text: 'Pool sizing', link: '/guide/pool-sizing' },
      { text: 'Lifecycle and shutdown', link: '/guide/lifecycle' },
      { text: 'Streaming and cancellation', link: '/guide/streaming-and-cancellation' },
      { text: 'Deployment', link: '/guide/deployment' },
    ],
  },
  { text: 'Development', items: [{ text: 'Testing with the emulator', link: '/guide/testing' }] },
  {
    text: 'Look up',
    items: [
      { text: 'HTTP routes', link: '/reference/routes' },
      { text: 'Settings', link: '/reference/settings' },
      { text: 'Errors', link: '/reference/errors' },
      { text: 'Round trips', link: '/reference/round-trips' },
      { text: 'What each client can do', link: '/reference/parity' },
      { text: 'API', link: '/api/' },
    ],
  },
]

const config: UserConfig<DefaultTheme.Config> = defineConfig({
  title: 'Select AI for Node',
  description: 'Ask an Oracle database questions in plain language from any Node web service.',
  cleanUrls: true,
  // Paragraphs that the pages of the frameworks share, and tables that tests make.
  srcExclude: ['framework-parts/**', 'measured/**'],
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
      { text: 'HTTP routes', link: '/reference/routes' },
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
    notFound: {
      title: 'There is no such page',
      quote:
        'The address may have changed. The search finds pages by their words, and settings and errors by their names.',
      linkText: 'Start page',
    },
    footer: { message: 'Released under the Universal Permissive License 1.0.' },
  },
  markdown: {
    languages: ['js', 'ts', 'sh', 'sql', 'json', 'yaml', 'nginx'],
    codeTransformers: [
      transformerTwoslash({
        // No cache: it would know a sample by its text alone, and not see that the packages have changed.
        throws: true,
        // A hover says what something is. Examples, errors and the rest are on the API pages.
        processHoverDocs: (docs) => docs.split('\n\n', 1)[0] ?? '',
        twoslashOptions: {
          filterNode(node) {
            if (node.type === 'hover') delete node.tags
            return true
          },
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
  vite: { plugins: [llmstxt({ ignoreFiles: ['.generated/**', 'framework-parts/**'] })] },
})

export default config
