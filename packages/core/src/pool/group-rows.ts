/** The rows of each key, in the order in which the keys come first. */
export function groupRows<Row>(rows: readonly Row[], keyOf: (row: Row) => string): readonly (readonly Row[])[] {
  const rowsByKey = new Map<string, Row[]>()
  for (const row of rows) {
    const known = rowsByKey.get(keyOf(row))
    if (known === undefined) rowsByKey.set(keyOf(row), [row])
    else known.push(row)
  }
  return [...rowsByKey.values()]
}
