import { OracleError } from '../oracle-error.ts'

/** A piece of a pattern: one character as it is, any one character, or any number of any characters. */
type PatternItem = { readonly character: string } | 'one' | 'many'

const CACHED_PATTERNS = 500
const cache = new Map<string, readonly PatternItem[]>()

/**
 * Whether a text matches a LIKE pattern, in time proportional to the product of their lengths at worst.
 * @param escapeMark - the character of ESCAPE; null when there is none
 * @throws OracleError ORA-01424 for an escape character before an ordinary one, ORA-01425 for an escape of another length
 */
export function matchesLike(text: string, pattern: string, escapeMark: string | null): boolean {
  const items = cachedItems(pattern, escapeMark)
  const characters = [...text]
  let at = 0
  let item = 0
  let resumeItem = -1
  let resumeAt = 0
  while (at < characters.length) {
    const wanted = items[item]
    if (wanted === 'many') {
      resumeItem = item
      resumeAt = at
      item += 1
    } else if (wanted !== undefined && (wanted === 'one' || wanted.character === characters[at])) {
      item += 1
      at += 1
    } else if (resumeItem !== -1) {
      resumeAt += 1
      at = resumeAt
      item = resumeItem + 1
    } else {
      return false
    }
  }
  return items.slice(item).every((rest) => rest === 'many')
}

/** A query asks for one pattern row after row. */
function cachedItems(pattern: string, escapeMark: string | null): readonly PatternItem[] {
  if (escapeMark !== null && [...escapeMark].length !== 1) {
    throw new OracleError(1425, 'escape character must be character string of length 1')
  }
  // The length keeps the pattern `/x` without a mark apart from `x` with the mark `/`.
  const key = `${escapeMark?.length ?? 0}${escapeMark ?? ''}${pattern}`
  const known = cache.get(key)
  if (known !== undefined) return known
  const items = patternItems([...pattern], escapeMark)
  if (cache.size >= CACHED_PATTERNS) cache.clear()
  cache.set(key, items)
  return items
}

function patternItems(pattern: readonly string[], escapeMark: string | null): readonly PatternItem[] {
  const items: PatternItem[] = []
  for (let index = 0; index < pattern.length; index += 1) {
    const character = pattern[index] as string
    if (character === escapeMark) {
      index += 1
      const escaped = pattern[index]
      if (escaped === undefined || !['%', '_', escapeMark].includes(escaped)) {
        throw new OracleError(1424, 'missing or illegal character following the escape character')
      }
      items.push({ character: escaped })
    } else if (character === '%') items.push('many')
    else items.push(character === '_' ? 'one' : { character })
  }
  return items
}
