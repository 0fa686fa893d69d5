/** A name as the database keeps it: upper case unless it stands in double quotes. */
export function foldName(name: string): string {
  const text = name.trim()
  return /^"([^"]+)"$/.exec(text)?.[1] ?? text.toUpperCase()
}
