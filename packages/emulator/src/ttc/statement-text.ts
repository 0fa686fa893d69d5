/** What can be told from a statement's text alone; drivers tell it in the same way, so the layout of a request follows from it. */
export interface StatementShape {
  readonly isPlsql: boolean
  /** Per bind, in order: whether it receives a RETURNING value and so has no value in the request. */
  readonly returning: readonly boolean[]
}

const TOKEN =
  /--[^\n]*|\/\*[\s\S]*?\*\/|[qQ]'(?:\[[\s\S]*?\]'|\{[\s\S]*?\}'|<[\s\S]*?>'|\([\s\S]*?\)'|([\s\S])[\s\S]*?\1')|'[^']*'|"[^"]*"|:\s*(?:"[^"]*"|\p{N}+|\p{L}[\p{L}\p{N}$_#]*)|\p{L}[\p{L}\p{N}$_#]*|\S/gu
const PLSQL_WORDS = new Set(['BEGIN', 'DECLARE', 'CALL'])
const DML_WORDS = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE'])

/** Reads which binds belong to a RETURNING ... INTO clause, and whether the statement is PL/SQL. */
export function shapeOf(sql: string): StatementShape {
  let firstWord: string | undefined
  let sawReturning = false
  let sawInto = false
  let afterString = false
  const returning: boolean[] = []
  const names = new Set<string>()
  for (const [token] of sql.matchAll(TOKEN)) {
    if (token.startsWith('--') || token.startsWith('/*')) continue
    const isBind = token.length > 1 && token.startsWith(':') && !afterString
    afterString = token.endsWith("'")
    if (isBind) {
      const name = token.slice(1).trim()
      const key = name.startsWith('"') ? name.slice(1, -1) : name.toUpperCase()
      const isPlsql = firstWord !== undefined && PLSQL_WORDS.has(firstWord)
      if (!isPlsql || !names.has(key)) returning.push(sawInto)
      names.add(key)
      continue
    }
    if (!/^\p{L}/u.test(token) || afterString) continue
    const word = token.toUpperCase()
    firstWord ??= word
    if (!DML_WORDS.has(firstWord)) continue
    if (word === 'RETURNING' || word === 'RETURN') sawReturning = true
    else if (sawReturning && word === 'INTO') sawInto = true
  }
  return { isPlsql: firstWord !== undefined && PLSQL_WORDS.has(firstWord), returning }
}
