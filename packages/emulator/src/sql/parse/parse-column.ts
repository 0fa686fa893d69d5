import { parseAnnotations } from './parse-annotations.ts'
import { parseInlineConstraint } from './parse-constraint.ts'
import { parseValue } from './parse-expression.ts'
import { parseSequenceOptions } from './parse-sequence.ts'
import { parseTypeName } from './parse-type-name.ts'
import type { ColumnDefinition, ConstraintDefinition, Expression, IdentityDefinition, TypeName } from './syntax-tree.ts'
import type { TokenReader } from './token-reader.ts'

/** Reads the definition of a column: its name, type, default, identity and constraints. */
export function parseColumn(reader: TokenReader): ColumnDefinition {
  const name = reader.identifier()
  const typed =
    reader.current.kind === 'word' &&
    !reader.isWord('DEFAULT', 'NOT', 'NULL', 'PRIMARY', 'UNIQUE', 'CHECK', 'CONSTRAINT', 'REFERENCES', 'ANNOTATIONS')
  const type: { type?: TypeName } = typed ? { type: parseTypeName(reader) } : {}
  let fallback: { default: Expression; defaultText: string } | undefined
  let identity: IdentityDefinition | undefined
  const constraints: ConstraintDefinition[] = []
  while (true) {
    if (reader.takeWords('DEFAULT')) {
      if (reader.takeWords('ON', 'NULL')) throw reader.error(3001, 'unimplemented feature')
      const start = reader.current.start
      const value = parseValue(reader)
      fallback = { default: value, defaultText: reader.text.slice(start, reader.lastEnd) }
    } else if (reader.isWord('GENERATED')) {
      identity = parseIdentity(reader)
    } else {
      const constraint = parseInlineConstraint(reader, name)
      if (constraint === undefined) break
      constraints.push(constraint)
    }
  }
  return { name, ...type, ...(fallback ?? {}), identity, constraints, annotations: parseAnnotations(reader) }
}

function parseIdentity(reader: TokenReader): IdentityDefinition {
  reader.next()
  const always = reader.takeWords('ALWAYS')
  let onNull = false
  if (!always) {
    reader.takeWords('BY')
    reader.expectWord('DEFAULT', 905, 'missing keyword')
    onNull = reader.takeWords('ON', 'NULL')
  }
  reader.expectWord('AS', 905, 'missing keyword')
  reader.expectWord('IDENTITY', 3001, 'unimplemented feature')
  if (!reader.takeSymbol('(')) return { always, onNull, options: {} }
  const options = parseSequenceOptions(reader)
  reader.expectClose()
  return { always, onNull, options }
}
