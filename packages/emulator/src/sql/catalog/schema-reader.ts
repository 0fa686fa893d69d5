import type {
  AnnotationDescription,
  ForeignKey,
  SchemaDescription,
  SchemaReader,
  TableDescription,
} from '../../models/schema-description.ts'
import type { Catalog } from './catalog.ts'
import type { Annotation, CatalogObject } from './catalog-entry.ts'

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
    ...notes(object),
    columns: object.columns.map((column) => ({ name: column.name, type: column.type, ...notes(column) })),
    primaryKey: primary?.columns ?? [],
    foreignKeys,
  }
}

/** The comment and the annotations, as far as there are any. */
function notes({
  comment,
  annotations,
}: {
  readonly comment: string | undefined
  readonly annotations: readonly Annotation[]
}): {
  readonly comment?: string
  readonly annotations?: readonly AnnotationDescription[]
} {
  return {
    ...(comment === undefined ? {} : { comment }),
    ...(annotations.length === 0 ? {} : { annotations: annotations.map(describeAnnotation) }),
  }
}

function describeAnnotation({ name, value }: Annotation): AnnotationDescription {
  return value === undefined ? { name } : { name, value }
}
