import { Decimal } from 'decimal.js'

/** NUMBER arithmetic: 40 significant decimal digits, rounded half up, as the database computes. */
export const OracleNumber: typeof Decimal = Decimal.clone({
  precision: 40,
  rounding: Decimal.ROUND_HALF_UP,
  toExpNeg: -130,
  toExpPos: 126,
})
export type OracleNumber = Decimal

const POSITIVE_EXPONENT = 193
const NEGATIVE_EXPONENT = 62
const NEGATIVE_END = 102
const MAXIMUM_DIGIT_PAIRS = 20

/** Oracle's own byte form of a NUMBER: a base-100 exponent byte and base-100 digits. It sorts bytewise in numeric order. */
export function encodeNumber(value: OracleNumber): Uint8Array {
  if (value.isZero()) return Uint8Array.of(0x80)
  const negative = value.isNegative()
  // An odd number of digits before the point leaves half of the first pair unused: one digit less fits.
  const plain = value.abs().toSignificantDigits(MAXIMUM_DIGIT_PAIRS * 2 - (value.e % 2 === 0 ? 1 : 0))
  const text = plain.toFixed()
  let digits = text.replace('.', '')
  const point = text.indexOf('.')
  let integerDigits = point === -1 ? digits.length : point
  const leading = /^0*/.exec(digits)?.[0].length ?? 0
  digits = digits.slice(leading)
  integerDigits -= leading
  if (((integerDigits % 2) + 2) % 2 === 1) {
    digits = `0${digits}`
    integerDigits += 1
  }
  if (digits.length % 2 === 1) digits += '0'
  const pairs: number[] = []
  for (let index = 0; index < digits.length; index += 2) pairs.push(Number(digits.slice(index, index + 2)))
  while (pairs.at(-1) === 0) pairs.pop()
  pairs.length = Math.min(pairs.length, MAXIMUM_DIGIT_PAIRS)
  const exponent = integerDigits / 2 - 1
  if (!negative) return Uint8Array.from([POSITIVE_EXPONENT + exponent, ...pairs.map((pair) => pair + 1)])
  const bytes = [NEGATIVE_EXPONENT - exponent, ...pairs.map((pair) => 101 - pair)]
  if (pairs.length < MAXIMUM_DIGIT_PAIRS) bytes.push(NEGATIVE_END)
  return Uint8Array.from(bytes)
}

export function decodeNumber(bytes: Uint8Array): OracleNumber {
  const first = bytes[0]
  if (first === undefined) throw new RangeError('a NUMBER has at least one byte')
  // The smallest numbers begin with this byte as well.
  if (first === 0x80 && bytes.length === 1) return new OracleNumber(0)
  const negative = first < 0x80
  const exponent = negative ? NEGATIVE_EXPONENT - first : first - POSITIVE_EXPONENT
  let digits = ''
  for (let index = 1; index < bytes.length; index += 1) {
    const byte = bytes[index] as number
    if (negative && byte === NEGATIVE_END) break
    digits += String(negative ? 101 - byte : byte - 1).padStart(2, '0')
  }
  return new OracleNumber(`${negative ? '-' : ''}${digits}e${(exponent + 1) * 2 - digits.length}`)
}

/** The text that TO_CHAR and string concatenation give: no leading zero before the point, no trailing zeros. */
export function formatNumber(value: OracleNumber): string {
  const rounded = value.toSignificantDigits(40)
  const text = rounded.toFixed()
  if (text.replace(/[-.]/g, '').length > 40 && (rounded.e > 39 || rounded.e < -39)) {
    return rounded
      .toExponential()
      .replace(/e([+-])(\d+)$/, (_, sign: string, exponent: string) => `E${sign}${exponent.padStart(2, '0')}`)
      .replace(/^(-?)0\./, '$1.')
  }
  return text.replace(/^(-?)0\./, '$1.')
}
