/** A call of a subprogram that creates an object, in PL/SQL; arguments that are undefined are left out. */
export function creatingCall(subprogram: string, values: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined)
  const lines = given.map(([name, value]) => `${name} => '${value.replaceAll("'", "''")}'`)
  return `  ${subprogram}(\n    ${lines.join(',\n    ')});`
}

/** A block that makes such calls, one after the other. */
export function creatingBlock(calls: readonly string[]): string {
  return `BEGIN\n${calls.join('\n')}\nEND;`
}
