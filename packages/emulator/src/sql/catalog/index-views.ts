import { describeView, type ViewRow } from '../../execution/dictionary-view.ts'
import { OracleNumber } from '../../values/oracle-number.ts'
import { NUMBER, varchar2 } from '../../values/oracle-type.ts'
import type { CatalogIndex } from './catalog-entry.ts'
import type { DictionaryRequest, DictionaryView } from './dictionary.ts'
import { viewPair } from './view-pair.ts'

const NAME = varchar2(128)

type ShownIndex = Omit<CatalogIndex, 'id' | 'terms' | 'created'>

/** The indexes that were created, and those that primary and unique keys have. */
function shownIndexes({ catalog, user }: DictionaryRequest): readonly ShownIndex[] {
  const ofKeys = catalog
    .tables()
    .flatMap(({ owner, name: table, constraints }) =>
      constraints
        .filter(({ kind }) => kind === 'primary' || kind === 'unique')
        .map(({ name, columns }): ShownIndex => ({ owner, name, tableOwner: owner, table, unique: true, columns })),
    )
  return [...catalog.indexes(), ...ofKeys].filter((index) => catalog.maySee(user, index.tableOwner, index.table))
}

const FUNCTION = 'SYS_EXPRESSION'

function indexRow({ owner, name, tableOwner, table, unique, columns }: ShownIndex): ViewRow {
  return {
    OWNER: owner,
    INDEX_NAME: name,
    INDEX_TYPE: columns.includes(FUNCTION) ? 'FUNCTION-BASED NORMAL' : 'NORMAL',
    TABLE_OWNER: tableOwner,
    TABLE_NAME: table,
    TABLE_TYPE: 'TABLE',
    UNIQUENESS: unique ? 'UNIQUE' : 'NONUNIQUE',
    STATUS: 'VALID',
    VISIBILITY: 'VISIBLE',
  }
}

const COLUMN_TYPES = {
  INDEX_NAME: NAME,
  TABLE_NAME: NAME,
  COLUMN_NAME: varchar2(4000),
  COLUMN_POSITION: NUMBER,
  DESCEND: varchar2(4),
}

function columnRows({ owner, name, tableOwner, table, columns }: ShownIndex): readonly ViewRow[] {
  return columns.map((column, index) => ({
    INDEX_OWNER: owner,
    INDEX_NAME: name,
    TABLE_OWNER: tableOwner,
    TABLE_NAME: table,
    COLUMN_NAME: column === FUNCTION ? `SYS_NC${String(index + 1).padStart(5, '0')}$` : column,
    COLUMN_POSITION: new OracleNumber(index + 1),
    DESCEND: 'ASC',
  }))
}

/** USER_ and ALL_INDEXES and their columns. */
export const indexViews: readonly DictionaryView[] = [
  ...viewPair(
    'INDEXES',
    {
      OWNER: NAME,
      INDEX_NAME: NAME,
      INDEX_TYPE: varchar2(27),
      TABLE_OWNER: NAME,
      TABLE_NAME: NAME,
      TABLE_TYPE: varchar2(11),
      UNIQUENESS: varchar2(9),
      STATUS: varchar2(8),
      VISIBILITY: varchar2(9),
    },
    (request) => shownIndexes(request).map(indexRow),
  ),
  describeView('ALL_IND_COLUMNS', { INDEX_OWNER: NAME, TABLE_OWNER: NAME, ...COLUMN_TYPES }, (request) =>
    shownIndexes(request).flatMap(columnRows),
  ),
  describeView('USER_IND_COLUMNS', COLUMN_TYPES, (request) =>
    shownIndexes(request)
      .filter(({ owner }) => owner === request.user)
      .flatMap(columnRows),
  ),
]
