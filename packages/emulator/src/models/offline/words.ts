import { abbreviations } from './english.ts'

/** `PROMO_BEGIN_DATE` as a person would say it: `promotion begin date`. */
export function spoken(name: string): string {
  return name
    .toLowerCase()
    .split('_')
    .filter((word) => word !== '')
    .map((word) => (Object.hasOwn(abbreviations, word) ? (abbreviations[word] ?? word) : word))
    .join(' ')
}

/** The plural of an English noun. */
export function plural(noun: string): string {
  if (/[^aeiou]y$/.test(noun)) return `${noun.slice(0, -1)}ies`
  return /(?:s|x|ch|sh)$/.test(noun) ? `${noun}es` : `${noun}s`
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(parts: readonly string[]): string {
  if (parts.length <= 1) return parts[0] ?? ''
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}
