import { join } from 'node:path'
import { packTemplates } from '../../../scripts/pack-templates.ts'
import { repositoryRoot } from '../../../scripts/workspace.ts'

/** The scaffolder's templates are made by its build, which tests do not wait for. */
export default function packTemplatesOnce(): void {
  packTemplates(repositoryRoot, join(import.meta.dirname, '..', 'templates'))
}
