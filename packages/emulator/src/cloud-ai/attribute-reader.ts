/** Makes the value that is kept of the one that the caller gave; `UNFIT` for one that cannot be. */
export type AttributeReader = (value: unknown) => unknown

/** Returned by a reader for a value that does not fit. */
export const UNFIT: unique symbol = Symbol('unfit')

export const text: AttributeReader = (value) => (typeof value === 'string' && value !== '' ? value : UNFIT)

export const truth: AttributeReader = (value) => {
  if (typeof value === 'boolean') return value
  const word = String(value).toLowerCase()
  if (['true', 'yes', 'y', '1', 'on'].includes(word)) return true
  return ['false', 'no', 'n', '0', 'off'].includes(word) ? false : UNFIT
}

export function numberBetween(lowest: number, highest: number, whole: boolean): AttributeReader {
  return (value) => {
    if (typeof value !== 'number' && (typeof value !== 'string' || value.trim() === '')) return UNFIT
    const given = Number(value)
    const fits = Number.isFinite(given) && given >= lowest && given <= highest && (!whole || Number.isInteger(given))
    return fits ? given : UNFIT
  }
}

export function oneOf(...words: string[]): AttributeReader {
  return (value) => (typeof value === 'string' && words.includes(value.toLowerCase()) ? value.toLowerCase() : UNFIT)
}
