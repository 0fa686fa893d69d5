import { describeView, type ViewRow } from '../../execution/dictionary-view.ts'
import { PUBLIC } from '../../execution/public-grantee.ts'
import { suppliedOwner } from '../../execution/supplied-owner.ts'
import { varchar2 } from '../../values/oracle-type.ts'
import type { DictionaryRequest, DictionaryView } from './dictionary.ts'

const NAME = varchar2(128)
const OWN_TYPES = { SYNONYM_NAME: NAME, TABLE_OWNER: NAME, TABLE_NAME: NAME, DB_LINK: NAME }

/** Public synonyms: those that were created, and those by which packages go without their owner. */
function rows({ catalog }: DictionaryRequest): readonly ViewRow[] {
  const supplied = catalog.packageGrants.packages().map((name) => synonymRow(name, suppliedOwner(name), name))
  const created = [...catalog.publicSynonyms()].map(([name, target]) => synonymRow(name, target.owner, target.name))
  return [...supplied, ...created]
}

function synonymRow(name: string, owner: string, object: string): ViewRow {
  return { OWNER: PUBLIC, SYNONYM_NAME: name, TABLE_OWNER: owner, TABLE_NAME: object, DB_LINK: null }
}

/** SYNONYMS: all are public, so that USER_SYNONYMS is empty. */
export const synonymViews: readonly DictionaryView[] = [
  describeView('USER_SYNONYMS', OWN_TYPES, () => []),
  describeView('ALL_SYNONYMS', { OWNER: NAME, ...OWN_TYPES }, rows),
  describeView('DBA_SYNONYMS', { OWNER: NAME, ...OWN_TYPES }, rows),
]
