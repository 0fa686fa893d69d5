import { OracleError } from '../../oracle-error.ts'

const CLASSES: Readonly<Record<string, string>> = {
  alpha: '\\p{L}',
  digit: '0-9',
  alnum: '\\p{L}0-9',
  upper: '\\p{Lu}',
  lower: '\\p{Ll}',
  space: '\\s',
  blank: ' \\t',
  punct: '!-\\/:-@\\[-`{-~',
  cntrl: '\\x00-\\x1f\\x7f',
  graph: '!-~',
  print: ' -~',
  xdigit: '0-9A-Fa-f',
}
const LONGEST_PATTERN_BYTES = 512
const cache = new Map<string, RegExp>()

/**
 * Turns a POSIX extended pattern with match parameters (`i`, `c`, `n`, `m`, `x`) into a JavaScript one, always global.
 * @throws OracleError ORA-12725, ORA-12726, ORA-12728 and ORA-12729 for a pattern that cannot be read, ORA-12733 for one that is too long, ORA-01760 for a wrong
 * parameter
 */
export function regularExpression(pattern: string, parameters: string): RegExp {
  const key = `${parameters}/${pattern}`
  const known = cache.get(key)
  if (known !== undefined) return known
  const compiled = compile(pattern, parameters)
  if (cache.size > 500) cache.clear()
  cache.set(key, compiled)
  return compiled
}

function compile(pattern: string, parameters: string): RegExp {
  if (!/^[icnmx]*$/.test(parameters)) throw new OracleError(1760, 'illegal argument for function')
  if (Buffer.byteLength(pattern) > LONGEST_PATTERN_BYTES) throw new OracleError(12733, 'regular expression too long')
  let flags = 'gu'
  let insensitive = false
  for (const letter of parameters) {
    if (letter === 'i') insensitive = true
    if (letter === 'c') insensitive = false
  }
  if (insensitive) flags += 'i'
  if (parameters.includes('n')) flags += 's'
  if (parameters.includes('m')) flags += 'm'
  const source = parameters.includes('x') ? pattern.replace(/\s+/g, '') : pattern
  try {
    return new RegExp(translatePattern(source), flags)
  } catch (error) {
    throw error instanceof OracleError ? error : unreadable(String(error))
  }
}

/** @param reason - what JavaScript says of the pattern */
function unreadable(reason: string): OracleError {
  if (/parenthesis|unterminated group|unmatched '\)'/i.test(reason)) {
    return new OracleError(12725, 'unmatched parentheses in regular expression')
  }
  if (/out of order in character class/i.test(reason)) {
    return new OracleError(12728, 'invalid range in regular expression')
  }
  return new OracleError(12726, 'unmatched bracket in regular expression')
}

function translatePattern(pattern: string): string {
  let result = ''
  for (let index = 0; index < pattern.length; index += 1) {
    const character = pattern[index] as string
    if (character === '[') {
      const end = closingBracket(pattern, index)
      result += translateBracket(pattern.slice(index + 1, end))
      index = end
    } else if (character === '\\') {
      index += 1
      result += escapeText(pattern[index] ?? '\\')
    } else if (character === '{' && !/^\{\d+(?:,\d*)?\}/.test(pattern.slice(index))) result += '\\{'
    else if (character === '}' && !/\{\d+(?:,\d*)?$/.test(pattern.slice(0, index))) result += '\\}'
    else if (character === ']') result += '\\]'
    else result += character === '/' ? '\\/' : character
  }
  return result
}

/** Perl's classes and back references keep their meaning; any other escaped character stands for itself. */
function escapeText(character: string): string {
  if (/[1-9dDwWsSnbBtA]/.test(character)) return character === 'A' ? '^' : `\\${character}`
  return /[\\^$.*+?()[\]{}|/]/.test(character) ? `\\${character}` : character
}

function closingBracket(pattern: string, start: number): number {
  let index = start + 1
  if (pattern[index] === '^') index += 1
  if (pattern[index] === ']') index += 1
  while (index < pattern.length) {
    if (pattern.startsWith('[:', index)) {
      const end = pattern.indexOf(':]', index)
      if (end === -1) break
      index = end + 2
    } else if (pattern[index] === ']') return index
    else index += 1
  }
  throw new OracleError(12726, 'unmatched bracket in regular expression')
}

function translateBracket(body: string): string {
  const negated = body.startsWith('^')
  const inner = (negated ? body.slice(1) : body)
    .replace(/\\/g, '\\\\')
    .replace(/\[:(\w+):\]|[[\]&~!#%,:;<=>@`^]/g, (found, name: string | undefined) => {
      if (name === undefined) return /[[\]^]/.test(found) ? `\\${found}` : found
      const known = CLASSES[name]
      if (known === undefined) throw new OracleError(12729, 'invalid character class in regular expression')
      return known
    })
  const dash = inner.replace(/^-|-$/g, '\\-')
  return `[${negated ? '^' : ''}${dash}]`
}
