import type { ForeignKey, SchemaDescription, SchemaReader, TableDescription } from '../../models/schema-description.ts'
import type { Catalog } from './catalog.ts'
import type { CatalogObject } from './catalog-entry.ts'

/** Tells models about tables and views: whatever the catalog knows, whoever asks. */
export function schemaReader(catalog: Catalog): SchemaReader {
  return {
    describe: (objects): SchemaDescription => {
      const found = objects.flatMap(({ owner, name }) =>
        catalog.objects().filter((object) => object.owner === owner && (name === undefined || object.name === name)),
      )
      return { tables: [...new Set(found)].map(describeObject) }
    },
  }
}

function describeObject(object: CatalogObject): TableDescription {
  const constraints = object.kind === 'table' ? object.constraints : []
  const primary = constraints.find((constraint) => constraint.kind === 'primary')
  const foreignKeys = constraints.flatMap(({ columns, references }): ForeignKey[] =>
    references === undefined
      ? []
      : [{ columns, references: { owner: references.owner, table: references.table, columns: references.columns } }],
  )
  return {
    owner: object.owner,
    name: object.name,
    ...(object.comment === undefined ? {} : { comment: object.comment }),
    columns: object.columns.map(({ name, type, comment }) => ({
      name,
      type,
      ...(comment === undefined ? {} : { comment }),
    })),
    primaryKey: primary?.columns ?? [],
    foreignKeys,
  }
}
