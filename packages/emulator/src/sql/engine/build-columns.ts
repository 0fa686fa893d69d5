import type { CatalogColumn } from '../catalog/catalog-entry.ts'
import { Sequence } from '../catalog/sequence.ts'
import { columnType } from '../catalog/type-from-name.ts'
import type { ColumnDefinition } from '../parse/syntax-tree.ts'
import { translateValue } from '../translate/expression.ts'
import { defaultScope } from '../translate/scope.ts'
import { annotated } from './annotations.ts'
import type { DefinitionContext } from './definition-context.ts'

/** What gives the numbers of the identity column among `columns`, when there is one. */
export function identityOf(columns: readonly CatalogColumn[], id: number, owner: string): Sequence | undefined {
  const options = columns.find((column) => column.identity !== undefined)?.identity?.options
  return options && new Sequence(id, owner, `ISEQ$$_${id}`, options)
}

/** The columns of definitions; the engine names them from number `first` on. */
export function buildColumns(
  definitions: readonly ColumnDefinition[],
  first: number,
  context: DefinitionContext,
): CatalogColumn[] {
  const { translation } = context
  return definitions.map((definition, index) => {
    const { name, type } = definition
    const duplicate = definitions.findIndex((other) => other.name.name === name.name) !== index
    if (duplicate) throw translation.error(name.start, 957, 'duplicate column name')
    if (type === undefined && definition.identity === undefined)
      throw translation.error(name.start, 902, 'invalid datatype')
    if (definition.default !== undefined) translateValue(definition.default, defaultScope(), translation)
    return {
      name: name.name,
      type:
        type === undefined
          ? { name: 'NUMBER', precision: 38, scale: 0 }
          : columnType(type, (number, message) => translation.error(type.start, number, message)),
      inCharacters: type?.unit === 'CHAR',
      nullable: definition.identity === undefined,
      defaultText: definition.defaultText,
      identity: definition.identity,
      stored: `c${first + index}`,
      comment: undefined,
      annotations: annotated([], definition.annotations, context),
    }
  })
}
