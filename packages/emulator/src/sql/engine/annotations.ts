import type { Annotation } from '../catalog/catalog-entry.ts'
import type { AnnotationChange } from '../parse/syntax-tree.ts'
import type { DefinitionContext } from './definition-context.ts'

/**
 * The annotations of a table, view or column after changes.
 * @throws OracleError ORA-11552 for one that is there already, ORA-11553 for one that is not
 */
export function annotated(
  before: readonly Annotation[],
  changes: readonly AnnotationChange[],
  context: DefinitionContext,
): readonly Annotation[] {
  return changes.reduce((annotations, change) => changed(annotations, change, context), before)
}

function changed(
  annotations: readonly Annotation[],
  { action, name: { name, start }, value, lenient }: AnnotationChange,
  { translation }: DefinitionContext,
): readonly Annotation[] {
  const isThere = annotations.some((annotation) => annotation.name === name)
  if (isThere === (action === 'add')) {
    if (lenient) return annotations
    if (isThere) throw translation.error(start, 11552, `annotation name '${name}' already exists`)
    throw translation.error(start, 11553, `annotation name '${name}' does not exist`)
  }
  if (action === 'add') return [...annotations, { name, value }]
  if (action === 'drop') return annotations.filter((annotation) => annotation.name !== name)
  return annotations.map((annotation) => (annotation.name === name ? { name, value } : annotation))
}
