import { OracleError } from '../../oracle-error.ts'
import { formatNumber, OracleNumber } from '../../values/oracle-number.ts'

const MODEL = /^(FM)?(B)?([SLC$]|)([0-9,.GDVX$L]*?)(EEEE)?(MI|PR|S|L|C)?$/
const ROMAN: readonly (readonly [number, string])[] = [
  [1000, 'M'],
  [900, 'CM'],
  [500, 'D'],
  [400, 'CD'],
  [100, 'C'],
  [90, 'XC'],
  [50, 'L'],
  [40, 'XL'],
  [10, 'X'],
  [9, 'IX'],
  [5, 'V'],
  [4, 'IV'],
  [1, 'I'],
]

interface NumberModel {
  readonly fill: boolean
  readonly blankZero: boolean
  readonly sign: 'before' | 'after' | 'MI' | 'PR' | 'plain'
  readonly currency: string
  readonly integer: string
  readonly fraction: string
  readonly point: boolean
  readonly scientific: boolean
  readonly shift: number
}

function invalidModel(): OracleError {
  return new OracleError(1481, 'invalid number format model')
}

function parseModel(format: string): NumberModel {
  const found = MODEL.exec(format.toUpperCase())
  if (found === null) throw invalidModel()
  const [, fill, blank, lead = '', body = '', scientific, trail = ''] = found
  const currency = lead === '$' || body.includes('$') ? '$' : lead === 'L' || trail === 'L' ? '$' : ''
  const digits = body.replace(/[$L]/g, '')
  const parts = digits.split(/[.DV]/)
  if (parts.length > 2 || /[1-8X]/.test(digits)) throw invalidModel()
  const [integer = '', fraction = ''] = parts
  if (/[,G]/.test(fraction)) throw invalidModel()
  const sign =
    lead === 'S' ? 'before' : trail === 'S' ? 'after' : trail === 'MI' ? 'MI' : trail === 'PR' ? 'PR' : 'plain'
  const shift = digits.includes('V') ? fraction.length : 0
  return {
    fill: fill !== undefined,
    blankZero: blank !== undefined,
    sign,
    currency,
    integer: shift > 0 ? integer + fraction : integer,
    fraction: shift > 0 ? '' : fraction,
    point: shift === 0 && parts.length === 2,
    scientific: scientific !== undefined,
    shift,
  }
}

/** TO_CHAR of a number with a format model. A number too large for the model is shown as number signs. */
export function formatNumberModel(value: OracleNumber, format: string): string {
  const upper = format.toUpperCase()
  if (/^(FM)?RN$/.test(upper)) return formatRoman(value, format)
  if (/^TM9?$/.test(upper)) return formatNumber(value)
  if (/^TME$/.test(upper)) return exponential(value, undefined)
  if (/^(FM)?0*X+$/.test(upper)) return formatHexadecimal(value, format)
  const model = parseModel(format)
  const rounded = value
    .times(new OracleNumber(10).pow(model.shift))
    .toDecimalPlaces(model.scientific ? 40 : model.fraction.length, OracleNumber.ROUND_HALF_UP)
  if (model.scientific) return formatScientific(value, model)
  const text = layOut(rounded.abs(), model)
  if (text === undefined) return '#'.repeat(width(model))
  return withSign(text, rounded, model)
}

function width(model: NumberModel): number {
  const extra = model.sign === 'PR' ? 2 : 1
  return model.integer.length + model.fraction.length + (model.point ? 1 : 0) + model.currency.length + extra
}

/** The digits laid under the model, with blanks for what stays empty; undefined when they do not fit. */
function layOut(value: OracleNumber, model: NumberModel): string | undefined {
  const [whole = '0', decimals = ''] = value.toFixed(model.fraction.length).split('.')
  const places = model.integer.replace(/[,G]/g, '')
  const significant = whole === '0' ? '' : whole
  if (significant.length > places.length) return undefined
  const firstZero = places.indexOf('0')
  const zeroFrom = firstZero === -1 ? places.length : firstZero
  const noFraction = model.fraction === ''
  const shown = significant === '' && firstZero === -1 && noFraction && places.length > 0 ? '0' : significant
  const padded = shown.padStart(places.length - zeroFrom, '0')
  let digit = places.length
  let integer = ''
  for (const mark of [...model.integer].reverse()) {
    if (mark === ',' || mark === 'G') {
      integer = (places.length - digit < padded.length ? ',' : ' ') + integer
      continue
    }
    digit -= 1
    integer = (padded[padded.length - (places.length - digit)] ?? ' ') + integer
  }
  const fraction = model.fill ? trimFraction(decimals, model.fraction) : decimals
  if (model.blankZero && value.isZero()) return ' '.repeat(integer.length + decimals.length + 1)
  return integer + (model.point ? '.' : '') + fraction
}

function trimFraction(decimals: string, pattern: string): string {
  const keep = pattern.lastIndexOf('0') + 1
  let end = decimals.length
  while (end > keep && decimals[end - 1] === '0') end -= 1
  return decimals.slice(0, end)
}

function withSign(text: string, value: OracleNumber, model: NumberModel): string {
  const negative = value.isNegative() && !value.isZero()
  const trimmed = text.trimStart()
  const blanks = ' '.repeat(text.length - trimmed.length)
  const body = model.currency + trimmed
  const joined = {
    before: `${blanks}${negative ? '-' : '+'}${body}`,
    after: `${blanks}${body}${negative ? '-' : '+'}`,
    MI: `${blanks}${body}${negative ? '-' : ' '}`,
    PR: negative ? `${blanks}<${body}>` : `${blanks} ${body} `,
    plain: `${blanks}${negative ? '-' : ' '}${body}`,
  }[model.sign]
  return model.fill ? joined.trim() : joined
}

function exponential(value: OracleNumber, digits: number | undefined): string {
  const text = digits === undefined ? value.toExponential() : value.toExponential(digits)
  return text.replace(/e([+-])(\d+)$/, (_, sign: string, power: string) => `E${sign}${power.padStart(2, '0')}`)
}

function formatScientific(value: OracleNumber, model: NumberModel): string {
  const text = exponential(value.abs(), model.fraction.length)
  const signed = `${value.isNegative() && !value.isZero() ? '-' : ' '}${text}`
  return model.fill ? signed.trim() : ` ${signed}`
}

function formatHexadecimal(value: OracleNumber, format: string): string {
  const fill = /^fm/i.test(format)
  const places = format.replace(/^fm/i, '')
  const digits = value.toDecimalPlaces(0).toHexadecimal().slice(2)
  if (value.isNegative() || digits.length > places.length) return '#'.repeat(places.length + 1)
  const shown = places.includes('x') ? digits.toLowerCase() : digits.toUpperCase()
  const padded = places.startsWith('0') ? shown.padStart(places.length, '0') : shown
  return fill ? padded : padded.padStart(places.length + 1)
}

function formatRoman(value: OracleNumber, format: string): string {
  let rest = value.toDecimalPlaces(0).toNumber()
  if (rest < 1 || rest > 3999) return '#'.repeat(15)
  let text = ''
  for (const [amount, letters] of ROMAN) {
    while (rest >= amount) {
      text += letters
      rest -= amount
    }
  }
  const cased = /rn/.test(format) ? text.toLowerCase() : text
  return /^fm/i.test(format) ? cased : cased.padStart(15)
}

const PLAIN_NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/

/** Reads a number as an implicit conversion does. @throws OracleError ORA-01722 */
export function parseNumber(text: string): OracleNumber {
  const trimmed = text.trim()
  if (!PLAIN_NUMBER.test(trimmed)) throw invalidNumber()
  return limited(new OracleNumber(trimmed))
}

/** Reads a number by a format model, as TO_NUMBER does. @throws OracleError ORA-01722, ORA-01481 */
export function parseNumberModel(text: string, format: string): OracleNumber {
  const upper = format.toUpperCase()
  const trimmed = text.trim()
  if (/^(FM)?0*X+$/.test(upper)) {
    if (!/^[0-9a-f]+$/i.test(trimmed)) throw invalidNumber()
    return new OracleNumber(`0x${trimmed}`)
  }
  const model = parseModel(format)
  const negative = /^-|-$|^<.*>$/.test(trimmed)
  const bare = trimmed
    .replace(/^[<+-]|[>+-]$/g, '')
    .replace(model.currency, '')
    .replace(/,/g, '')
  if (!/^(?:\d+\.?\d*|\.\d+)(?:E[+-]?\d+)?$/i.test(bare)) throw invalidNumber()
  const [whole = '', decimals = ''] = bare.split('.')
  const places = model.integer.replace(/[,G]/g, '').length
  if (whole.replace(/^0+/, '').length > places || decimals.length > model.fraction.length) throw invalidNumber()
  if (trimmed.includes(',') && !/[,G]/.test(model.integer)) throw invalidNumber()
  const value = new OracleNumber(bare)
  return limited(negative ? value.negated() : value)
}

function invalidNumber(): OracleError {
  return new OracleError(1722, 'invalid number')
}

/** @throws OracleError ORA-01426 for a magnitude that NUMBER cannot hold; what is too small becomes zero. */
export function limited(value: OracleNumber): OracleNumber {
  if (value.isZero()) return value
  if (!value.isFinite() || value.e > 125) throw new OracleError(1426, 'numeric overflow')
  return value.e < -130 ? new OracleNumber(0) : value
}
