import { describeView, type ViewRow } from '../../execution/dictionary-view.ts'
import { OracleDateTime } from '../../values/oracle-date-time.ts'
import { OracleNumber } from '../../values/oracle-number.ts'
import { DATE, NUMBER, type OracleType, varchar2 } from '../../values/oracle-type.ts'
import type { OracleValue } from '../../values/oracle-value.ts'
import type { Annotation, CatalogColumn, CatalogConstraint, CatalogObject, CatalogTable } from './catalog-entry.ts'
import type { DictionaryRequest, DictionaryView } from './dictionary.ts'
import { viewPair } from './view-pair.ts'

const NAME = varchar2(128)
const LONG_TEXT = varchar2(4000)
const VERSION = 'Oracle Database 23ai Free, emulated for development and tests: no Oracle database'

function visible({ catalog, user }: DictionaryRequest): readonly CatalogObject[] {
  return catalog.objects().filter((object) => catalog.maySee(user, object.owner, object.name))
}

function visibleTables(request: DictionaryRequest): readonly CatalogTable[] {
  return visible(request).filter((object) => object.kind === 'table')
}

function number(value: number | undefined): OracleValue {
  return value === undefined ? null : new OracleNumber(value)
}

function date(value: Date): OracleValue {
  const { year, month, day, hour, minute, second } = OracleDateTime.fromUtc(value)
  return new OracleDateTime(year, month, day, hour, minute, second)
}

const INTERVAL_NAMES: Readonly<Record<string, string>> = {
  'INTERVAL DAY TO SECOND': 'INTERVAL DAY(2) TO SECOND(6)',
  'INTERVAL YEAR TO MONTH': 'INTERVAL YEAR(2) TO MONTH',
}

function dataType(type: OracleType): string {
  if ('scale' in type && type.name !== 'NUMBER') return type.name.replace('TIMESTAMP', `TIMESTAMP(${type.scale})`)
  return INTERVAL_NAMES[type.name] ?? type.name
}

function columnRow(object: CatalogObject, column: CatalogColumn, index: number): ViewRow {
  const { type } = column
  const length =
    'length' in type
      ? type.length
      : type.name === 'NUMBER'
        ? 22
        : type.name === 'DATE'
          ? 7
          : type.name.startsWith('TIMESTAMP')
            ? 11
            : 4000
  const characters = 'length' in type && type.name !== 'RAW'
  const exact = type.name === 'NUMBER' && type.precision > 0
  return {
    OWNER: object.owner,
    TABLE_NAME: object.name,
    COLUMN_NAME: column.name,
    DATA_TYPE: dataType(type),
    DATA_LENGTH: number(length),
    DATA_PRECISION: exact && 'precision' in type ? number(type.precision) : null,
    DATA_SCALE: exact || (type.name !== 'NUMBER' && 'scale' in type) ? number((type as { scale: number }).scale) : null,
    NULLABLE: column.nullable ? 'Y' : 'N',
    COLUMN_ID: number(index + 1),
    DATA_DEFAULT: column.defaultText ?? null,
    CHAR_LENGTH: number(characters ? (column.inCharacters ? length / 4 : length) : 0),
    CHAR_USED: characters ? (column.inCharacters ? 'C' : 'B') : null,
    IDENTITY_COLUMN: column.identity === undefined ? 'NO' : 'YES',
  }
}

function annotationRows(object: CatalogObject): readonly ViewRow[] {
  const row = ({ name, value }: Annotation, column: string | null): ViewRow => ({
    OWNER: object.owner,
    OBJECT_NAME: object.name,
    OBJECT_TYPE: object.kind.toUpperCase(),
    COLUMN_NAME: column,
    ANNOTATION_NAME: name,
    ANNOTATION_VALUE: value ?? null,
  })
  return [
    ...object.annotations.map((annotation) => row(annotation, null)),
    ...object.columns.flatMap((column) => column.annotations.map((annotation) => row(annotation, column.name))),
  ]
}

const CONSTRAINT_CODES = { primary: 'P', unique: 'U', foreign: 'R', check: 'C', 'not-null': 'C' } as const

function constraintRow(table: CatalogTable, constraint: CatalogConstraint): ViewRow {
  const { references, kind } = constraint
  const condition = kind === 'not-null' ? `"${constraint.columns[0]}" IS NOT NULL` : constraint.condition
  return {
    OWNER: table.owner,
    CONSTRAINT_NAME: constraint.name,
    CONSTRAINT_TYPE: CONSTRAINT_CODES[kind],
    TABLE_NAME: table.name,
    SEARCH_CONDITION: condition ?? null,
    R_OWNER: references?.owner ?? null,
    R_CONSTRAINT_NAME: references?.constraint ?? null,
    DELETE_RULE: kind === 'foreign' ? (constraint.onDelete ?? 'NO ACTION') : null,
    STATUS: 'ENABLED',
    DEFERRABLE: 'NOT DEFERRABLE',
    VALIDATED: 'VALIDATED',
    GENERATED: constraint.generated ? 'GENERATED NAME' : 'USER NAME',
    INDEX_NAME: kind === 'primary' || kind === 'unique' ? constraint.name : null,
  }
}

function objectRows(request: DictionaryRequest): readonly ViewRow[] {
  const row = (
    owner: string,
    name: string,
    id: number,
    type: string,
    created: Date,
    others: ViewRow = {},
  ): ViewRow => ({
    OWNER: owner,
    OBJECT_NAME: name,
    OBJECT_ID: number(id),
    OBJECT_TYPE: type,
    CREATED: date(created),
    LAST_DDL_TIME: date(created),
    STATUS: 'VALID',
    TEMPORARY: 'N',
    GENERATED: 'N',
    ...others,
  })
  const sequences = request.catalog.sequences().filter((each) => request.catalog.mayUseSequence(request.user, each))
  const units = request.catalog.units().filter((unit) => request.catalog.mayExecuteUnit(request.user, unit))
  const indexes = request.catalog
    .indexes()
    .filter((index) => request.catalog.maySee(request.user, index.tableOwner, index.table))
  return [
    ...visible(request).map((object) =>
      row(object.owner, object.name, object.id, object.kind.toUpperCase(), object.created),
    ),
    ...indexes.map((index) => row(index.owner, index.name, index.id, 'INDEX', index.created)),
    ...sequences.map((each) => row(each.owner, each.name, each.id, 'SEQUENCE', each.created)),
    ...units.map((unit) =>
      row(unit.owner, unit.name, unit.id, unit.kind, unit.created, {
        LAST_DDL_TIME: date(unit.changed),
        STATUS: unit.compilation.errors.length > 0 ? 'INVALID' : 'VALID',
      }),
    ),
  ]
}

/** The views of the data dictionary that the emulator has from the start. */
export const dictionaryViews: readonly DictionaryView[] = [
  ...viewPair(
    'TABLES',
    {
      OWNER: NAME,
      TABLE_NAME: NAME,
      TABLESPACE_NAME: varchar2(30),
      STATUS: varchar2(8),
      NUM_ROWS: NUMBER,
      TEMPORARY: varchar2(1),
      PARTITIONED: varchar2(3),
    },
    (request) =>
      visibleTables(request).map((table) => ({
        OWNER: table.owner,
        TABLE_NAME: table.name,
        TABLESPACE_NAME: 'USERS',
        STATUS: 'VALID',
        TEMPORARY: 'N',
        PARTITIONED: 'NO',
      })),
  ),
  ...viewPair('VIEWS', { OWNER: NAME, VIEW_NAME: NAME, TEXT_LENGTH: NUMBER, TEXT: LONG_TEXT }, (request) =>
    visible(request).flatMap((view) =>
      view.kind === 'view'
        ? [{ OWNER: view.owner, VIEW_NAME: view.name, TEXT_LENGTH: number(view.text.length), TEXT: view.text }]
        : [],
    ),
  ),
  ...viewPair(
    'TAB_COLUMNS',
    {
      OWNER: NAME,
      TABLE_NAME: NAME,
      COLUMN_NAME: NAME,
      DATA_TYPE: NAME,
      DATA_LENGTH: NUMBER,
      DATA_PRECISION: NUMBER,
      DATA_SCALE: NUMBER,
      NULLABLE: varchar2(1),
      COLUMN_ID: NUMBER,
      DATA_DEFAULT: LONG_TEXT,
      CHAR_LENGTH: NUMBER,
      CHAR_USED: varchar2(1),
      IDENTITY_COLUMN: varchar2(3),
    },
    (request) =>
      visible(request).flatMap((object) => object.columns.map((column, index) => columnRow(object, column, index))),
  ),
  ...viewPair(
    'TAB_COMMENTS',
    { OWNER: NAME, TABLE_NAME: NAME, TABLE_TYPE: varchar2(11), COMMENTS: LONG_TEXT },
    (request) =>
      visible(request).map((object) => ({
        OWNER: object.owner,
        TABLE_NAME: object.name,
        TABLE_TYPE: object.kind.toUpperCase(),
        COMMENTS: object.comment ?? null,
      })),
  ),
  ...viewPair('COL_COMMENTS', { OWNER: NAME, TABLE_NAME: NAME, COLUMN_NAME: NAME, COMMENTS: LONG_TEXT }, (request) =>
    visible(request).flatMap((object) =>
      object.columns.map((column) => ({
        OWNER: object.owner,
        TABLE_NAME: object.name,
        COLUMN_NAME: column.name,
        COMMENTS: column.comment ?? null,
      })),
    ),
  ),
  ...viewPair(
    'ANNOTATIONS_USAGE',
    {
      OWNER: NAME,
      OBJECT_NAME: NAME,
      OBJECT_TYPE: varchar2(12),
      COLUMN_NAME: NAME,
      DOMAIN_OWNER: NAME,
      DOMAIN_NAME: NAME,
      ANNOTATION_NAME: varchar2(1024),
      ANNOTATION_VALUE: varchar2(4000),
    },
    (request) => visible(request).flatMap(annotationRows),
  ),
  ...viewPair(
    'CONSTRAINTS',
    {
      OWNER: NAME,
      CONSTRAINT_NAME: NAME,
      CONSTRAINT_TYPE: varchar2(1),
      TABLE_NAME: NAME,
      SEARCH_CONDITION: LONG_TEXT,
      R_OWNER: NAME,
      R_CONSTRAINT_NAME: NAME,
      DELETE_RULE: varchar2(9),
      STATUS: varchar2(8),
      DEFERRABLE: varchar2(14),
      VALIDATED: varchar2(13),
      GENERATED: varchar2(14),
      INDEX_NAME: NAME,
    },
    (request) =>
      visibleTables(request).flatMap((table) =>
        table.constraints.map((constraint) => constraintRow(table, constraint)),
      ),
  ),
  ...viewPair(
    'CONS_COLUMNS',
    { OWNER: NAME, CONSTRAINT_NAME: NAME, TABLE_NAME: NAME, COLUMN_NAME: LONG_TEXT, POSITION: NUMBER },
    (request) =>
      visibleTables(request).flatMap((table) =>
        table.constraints.flatMap((constraint) =>
          constraint.columns.map((column, index) => ({
            OWNER: table.owner,
            CONSTRAINT_NAME: constraint.name,
            TABLE_NAME: table.name,
            COLUMN_NAME: column,
            POSITION: constraint.kind === 'check' || constraint.kind === 'not-null' ? null : number(index + 1),
          })),
        ),
      ),
  ),
  ...viewPair(
    'OBJECTS',
    {
      OWNER: NAME,
      OBJECT_NAME: NAME,
      OBJECT_ID: NUMBER,
      OBJECT_TYPE: varchar2(23),
      CREATED: DATE,
      LAST_DDL_TIME: DATE,
      STATUS: varchar2(7),
      TEMPORARY: varchar2(1),
      GENERATED: varchar2(1),
    },
    objectRows,
  ),
  describeView(
    'V$VERSION',
    { BANNER: varchar2(128), BANNER_FULL: varchar2(256), BANNER_LEGACY: varchar2(128), CON_ID: NUMBER },
    () => [{ BANNER: VERSION, BANNER_FULL: VERSION, BANNER_LEGACY: VERSION, CON_ID: number(0) }],
  ),
]
