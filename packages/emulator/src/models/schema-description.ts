import type { OracleType } from '../values/oracle-type.ts'

/** What a model is told about the objects of a profile: taken from the catalog, comments and constraints included. */
export interface SchemaDescription {
  readonly tables: readonly TableDescription[]
}

/** A table or view of the profile. */
export interface TableDescription {
  /** Upper case, as all names here. */
  readonly owner: string
  readonly name: string
  readonly comment?: string
  readonly annotations?: readonly AnnotationDescription[]
  readonly columns: readonly ColumnDescription[]
  readonly primaryKey: readonly string[]
  readonly foreignKeys: readonly ForeignKey[]
}

/** A column of a table or view. */
export interface ColumnDescription {
  readonly name: string
  readonly type: OracleType
  readonly comment?: string
  readonly annotations?: readonly AnnotationDescription[]
}

/** An annotation of a table, view or column, such as `UNIT` with the value `euro`. Some have no value. */
export interface AnnotationDescription {
  readonly name: string
  readonly value?: string
}

/** A foreign key; its columns and those it references are in the same order. */
export interface ForeignKey {
  readonly columns: readonly string[]
  readonly references: { readonly owner: string; readonly table: string; readonly columns: readonly string[] }
}

/** Reads descriptions from the catalog. An entry without `name` stands for all tables and views of the owner. */
export interface SchemaReader {
  describe(objects: readonly { readonly owner: string; readonly name?: string }[]): SchemaDescription
}
