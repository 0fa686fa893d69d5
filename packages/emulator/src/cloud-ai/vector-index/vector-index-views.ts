import { type DictionaryView, describeView, type ViewRow } from '../../execution/dictionary-view.ts'
import { OracleNumber } from '../../values/oracle-number.ts'
import { CLOB, NUMBER, type OracleType, varchar2 } from '../../values/oracle-type.ts'
import { instant } from '../instant.ts'
import type { VectorIndex, VectorIndexStore } from './vector-index-store.ts'

const NAME = varchar2(128)
const INSTANT: OracleType = { name: 'TIMESTAMP WITH TIME ZONE', scale: 6 }

const INDEX_COLUMNS = {
  INDEX_ID: NUMBER,
  INDEX_NAME: NAME,
  STATUS: varchar2(8),
  DESCRIPTION: CLOB,
  CREATED: INSTANT,
  LAST_MODIFIED: INSTANT,
}

const ATTRIBUTE_COLUMNS = {
  INDEX_ID: NUMBER,
  INDEX_NAME: NAME,
  ATTRIBUTE_NAME: NAME,
  ATTRIBUTE_VALUE: CLOB,
  LAST_MODIFIED: INSTANT,
}

/**
 * CLOUD_VECTOR_INDEXES and CLOUD_VECTOR_INDEX_ATTRIBUTES: USER_ shows the user's own, ALL_ also those that were shared, and
 * DBA_ all.
 */
export function vectorIndexViews(indexes: VectorIndexStore): readonly DictionaryView[] {
  const family = (
    name: string,
    types: Readonly<Record<string, OracleType>>,
    rows: (index: VectorIndex) => readonly ViewRow[],
  ): readonly DictionaryView[] => {
    const view = (prefix: string, columns: typeof types, isVisible: (user: string, index: VectorIndex) => boolean) =>
      describeView(`${prefix}_${name}`, columns, ({ user }) =>
        indexes.list().flatMap((index) => (isVisible(user, index) ? rows(index) : [])),
      )
    const withOwner = { OWNER: NAME, ...types }
    return [
      view('USER', types, (user, { owner }) => owner === user),
      view('ALL', withOwner, (user, index) => indexes.maySee(user, index)),
      view('DBA', withOwner, () => true),
    ]
  }
  return [
    ...family('CLOUD_VECTOR_INDEXES', INDEX_COLUMNS, (index) => [indexRow(index)]),
    ...family('CLOUD_VECTOR_INDEX_ATTRIBUTES', ATTRIBUTE_COLUMNS, attributeRows),
  ]
}

function indexRow(index: VectorIndex): ViewRow {
  return {
    OWNER: index.owner,
    INDEX_ID: new OracleNumber(index.id),
    INDEX_NAME: index.name,
    STATUS: index.status,
    DESCRIPTION: index.description,
    CREATED: instant(index.created),
    LAST_MODIFIED: instant(index.lastModified),
  }
}

function attributeRows(index: VectorIndex): readonly ViewRow[] {
  return Object.entries(index.attributes).map(([name, value]) => ({
    OWNER: index.owner,
    INDEX_ID: new OracleNumber(index.id),
    INDEX_NAME: index.name,
    ATTRIBUTE_NAME: name,
    ATTRIBUTE_VALUE: String(value),
    LAST_MODIFIED: instant(index.lastModified),
  }))
}
