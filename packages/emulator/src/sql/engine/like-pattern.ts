import { OracleError } from '../../oracle-error.ts'

const cache = new Map<string, RegExp>()

/** The regular expression for a LIKE pattern. @throws OracleError ORA-01424, ORA-01425 */
export function likePattern(pattern: string, mark: string | undefined): RegExp {
  const key = `${mark ?? ''}/${pattern}`
  const known = cache.get(key)
  if (known !== undefined) return known
  if (mark !== undefined && [...mark].length !== 1) {
    throw new OracleError(1425, 'escape character must be character string of length 1')
  }
  const compiled = new RegExp(`^${source(pattern, mark)}$`, 'su')
  if (cache.size > 500) cache.clear()
  cache.set(key, compiled)
  return compiled
}

function source(pattern: string, mark: string | undefined): string {
  let text = ''
  let escaped = false
  for (const character of pattern) {
    if (escaped) {
      if (character !== '%' && character !== '_' && character !== mark) throw wrongEscape()
      text += literal(character)
      escaped = false
    } else if (character === mark) escaped = true
    else if (character === '%') text += '.*'
    else if (character === '_') text += '.'
    else text += literal(character)
  }
  if (escaped) throw wrongEscape()
  return text
}

function literal(character: string): string {
  return /[\\^$.*+?()[\]{}|/]/.test(character) ? `\\${character}` : character
}

function wrongEscape(): OracleError {
  return new OracleError(1424, 'missing or illegal character following the escape character')
}
