/** Keywords that begin a clause of a SELECT. */
const CLAUSES = ['SELECT', 'FROM', 'WHERE', 'GROUP BY', 'HAVING', 'ORDER BY', 'OFFSET', 'FETCH'] as const
const OTHER_FORMS = ['WITH', 'UNION', 'INTERSECT', 'MINUS', 'CONNECT BY', 'START WITH', 'MODEL', 'PIVOT']

export type ClauseName = (typeof CLAUSES)[number]

const PIECE =
  /'(?:[^']|'')*'|"[^"]*"|--[^\n]*|\/\*[\s\S]*?\*\/|[()]|,|(?:GROUP|ORDER|CONNECT|START)\s+(?:BY|WITH)\b|[\p{L}_$#][\p{L}\p{N}_$#]*|\s+|./giu

/** The clauses of a plain SELECT, without their keywords; undefined for a statement of another form. */
export function clausesOf(sql: string): ReadonlyMap<ClauseName, string> | undefined {
  const clauses = new Map<ClauseName, string>()
  let current: ClauseName | undefined
  for (const { text, depth } of pieces(sql)) {
    const word = text.replace(/\s+/g, ' ').toUpperCase()
    if (depth === 0 && OTHER_FORMS.includes(word)) return undefined
    const clause = depth === 0 ? CLAUSES.find((name) => name === word) : undefined
    if (clause !== undefined) {
      current = clause
      clauses.set(clause, '')
    } else if (current !== undefined) clauses.set(current, `${clauses.get(current) ?? ''}${text}`)
    else if (text.trim() !== '') return undefined
  }
  return clauses.has('FROM') ? clauses : undefined
}

/** Splits a clause at a separator that stands outside brackets and texts. */
export function splitClause(text: string, separator: ',' | 'AND' | 'JOIN'): string[] {
  const parts = ['']
  let between = false
  for (const { text: piece, depth } of pieces(text)) {
    const word = piece.toUpperCase()
    if (depth === 0 && word === 'BETWEEN') between = true
    if (depth === 0 && word === separator) {
      if (word === 'AND' && between) between = false
      else {
        parts.push('')
        continue
      }
    }
    parts[parts.length - 1] += piece
  }
  return parts.map((part) => part.trim()).filter((part) => part !== '')
}

function* pieces(sql: string): Generator<{ text: string; depth: number }> {
  let depth = 0
  for (const [text] of sql.matchAll(PIECE)) {
    if (text.startsWith('--') || text.startsWith('/*')) continue
    if (text === ')') depth -= 1
    yield { text, depth }
    if (text === '(') depth += 1
  }
}
