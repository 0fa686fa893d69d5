import type { UnitHost } from '../../execution/stored-unit.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { CatalogTable } from '../catalog/catalog-entry.ts'
import type { Translation } from '../translate/translation.ts'
import type { ServerUsers } from './server-users.ts'
import type { Running, Storage } from './storage.ts'

/** What a definition statement works with. */
export interface DefinitionContext {
  readonly catalog: Catalog
  readonly storage: Storage
  readonly translation: Translation
  readonly user: string
  readonly schema: string
  readonly running: Running
  units(): UnitHost
  /** Must be called before rows of a table are changed. */
  willChange(table: CatalogTable): void
  readonly serverUsers: ServerUsers
}
