import type { AnnotationChange } from './syntax-tree.ts'
import type { TokenReader } from './token-reader.ts'

/** Reads ANNOTATIONS (...) of a table, view or column; nothing when it does not stand here. */
export function parseAnnotations(reader: TokenReader): readonly AnnotationChange[] {
  if (!reader.isWord('ANNOTATIONS') || !reader.isSymbolAt(1, '(')) return []
  reader.next()
  reader.expectOpen()
  const changes = [parseAnnotation(reader)]
  while (reader.takeSymbol(',')) changes.push(parseAnnotation(reader))
  reader.expectClose()
  return changes
}

function parseAnnotation(reader: TokenReader): AnnotationChange {
  const action = parseAction(reader)
  const lenient = reader.takeWords('IF', 'NOT', 'EXISTS') || reader.takeWords('IF', 'EXISTS')
  const name = reader.identifier()
  const hasValue = action !== 'drop' && reader.current.kind === 'string'
  return { action, name, value: hasValue ? reader.string() : undefined, lenient }
}

function parseAction(reader: TokenReader): AnnotationChange['action'] {
  // These words are names of annotations too, when nothing but their value follows.
  if (reader.isSymbolAt(1, ',') || reader.isSymbolAt(1, ')')) return 'add'
  if (reader.takeWords('DROP')) return 'drop'
  if (reader.takeWords('REPLACE')) return 'replace'
  reader.takeWords('ADD')
  return 'add'
}
