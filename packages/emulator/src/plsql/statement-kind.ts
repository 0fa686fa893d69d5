/** Whether a statement is for the PL/SQL engine: a block, with or without label, or a CALL. */
export function isPlsql(text: string): boolean {
  const head = /^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/)*(?:(<<)|([A-Za-z]+))/.exec(text)
  if (head === null) return false
  if (head[1] !== undefined) return true
  return ['BEGIN', 'DECLARE', 'CALL'].includes((head[2] as string).toUpperCase())
}
