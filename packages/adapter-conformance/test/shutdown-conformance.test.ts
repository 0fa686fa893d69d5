import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { defineShutdownTests } from '@select-ai/adapter-conformance'

const templates = join(import.meta.dirname, '../../../templates')

for (const name of readdirSync(templates)) {
  const folder = join(templates, name)
  if (existsSync(join(folder, 'src/server.ts'))) defineShutdownTests(name, folder)
}
