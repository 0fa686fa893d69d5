import { OracleError } from '../oracle-error.ts'
import { OracleDateTime } from '../values/oracle-date-time.ts'
import { DAYS, daysInMonth, fromJulianDay, MONTHS } from './calendar.ts'
import { type FormatElement, parseDateFormat } from './date-format.ts'

interface Fields {
  year?: number
  month?: number
  day?: number
  dayOfYear?: number
  julian?: number
  hour?: number
  hour12?: number
  afternoon?: boolean
  minute?: number
  second?: number
  secondOfDay?: number
  nanosecond?: number
  zoneHours?: number
  zoneMinutes?: number
  zoneNegative?: boolean
}

const WIDTHS: Readonly<Record<string, number>> = {
  YYYY: 4,
  SYYYY: 4,
  RRRR: 4,
  YYY: 3,
  YY: 2,
  RR: 2,
  Y: 1,
  MM: 2,
  DD: 2,
  DDD: 3,
  D: 1,
  J: 7,
  HH24: 2,
  HH12: 2,
  HH: 2,
  MI: 2,
  SS: 2,
  SSSSS: 5,
  TZM: 2,
}
const PUNCTUATION = /^[^\p{L}\p{N}]/u

/**
 * Reads a time by a format model. What the format leaves out is the first day of the current month, at midnight.
 * @throws OracleError ORA-01861, ORA-01858, ORA-01843 and their kin
 */
export function parseDateTime(text: string, format: string, today: OracleDateTime): OracleDateTime {
  const fields: Fields = {}
  let rest = text.trimStart()
  const elements = parseDateFormat(format)
  for (const [index, element] of elements.entries()) {
    if (rest === '') {
      if (mayBeMissing(element)) continue
      throw new OracleError(1840, 'input value not long enough for date format')
    }
    if (element.code === '' && /^\d/.test(rest) && namesFollow(elements, index)) throw noMatch()
    rest = readElement(rest, element, fields, today)
  }
  if (rest.trim() !== '') {
    throw new OracleError(1830, 'date format picture ends before converting entire input string')
  }
  return assemble(fields, today)
}

/** Punctuation may be left out before digits, but a name cannot begin with the digits that are there. */
function namesFollow(elements: readonly FormatElement[], index: number): boolean {
  return /^(MON|MONTH|DAY|DY|RM)$/.test(elements[index + 1]?.code ?? '')
}

function mayBeMissing(element: FormatElement): boolean {
  return element.code === '' || /^(HH|HH12|HH24|MI|SS|FF\d?|AM|PM|A\.M\.|P\.M\.|TZ.|X)$/.test(element.code)
}

function readElement(rest: string, element: FormatElement, fields: Fields, today: OracleDateTime): string {
  const { code } = element
  if (code === '') return readLiteral(rest, element)
  const input = element.exact ? rest : rest.replace(/^\s+/, '')
  if (code === 'MONTH' || code === 'MON' || code === 'RM') return readMonth(input, fields)
  if (code === 'DAY' || code === 'DY') return readDayName(input)
  if (/^[AP]\.?M/.test(code)) return readMeridian(input, fields)
  if (/^(AD|BC|A\.D\.|B\.C\.)$/.test(code)) return input.replace(/^(AD|A\.D\.)/i, '')
  if (code === 'X') return input.replace(/^[.,]/, '')
  if (code.startsWith('FF')) return readFraction(input, code, fields)
  if (code === 'TZR') return readZone(input, fields)
  if (code === 'TZH') return readZoneHours(input, fields)
  const width = WIDTHS[code]
  if (width === undefined) throw new OracleError(1820, 'format code cannot appear in date input format')
  return readNumber(input, code, width, element.exact, fields, today)
}

/** Punctuation of the format matches any punctuation of the input, or none. */
function readLiteral(rest: string, element: FormatElement): string {
  if (element.exact) {
    if (!rest.startsWith(element.text)) throw noMatch()
    return rest.slice(element.text.length)
  }
  let input = rest
  for (const character of element.text) {
    if (/\s/.test(character)) input = input.replace(/^\s+/, '')
    else if (PUNCTUATION.test(character)) input = PUNCTUATION.test(input) ? input.slice(1) : input
    else if (input.startsWith(character)) input = input.slice(1)
    else throw noMatch()
  }
  return input
}

function noMatch(): OracleError {
  return new OracleError(1861, 'literal does not match format string')
}

function readMonth(input: string, fields: Fields): string {
  const upper = input.toUpperCase()
  const index = MONTHS.findIndex((name) => upper.startsWith(name.slice(0, 3)))
  if (index === -1) throw new OracleError(1843, 'not a valid month')
  const name = MONTHS[index] as string
  fields.month = index + 1
  return input.slice(upper.startsWith(name) ? name.length : 3)
}

function readDayName(input: string): string {
  const upper = input.toUpperCase()
  const name = DAYS.find((day) => upper.startsWith(day.slice(0, 3)))
  if (name === undefined) throw new OracleError(1846, 'not a valid day of the week')
  return input.slice(upper.startsWith(name) ? name.length : 3)
}

function readMeridian(input: string, fields: Fields): string {
  const found = /^([AP])\.?M\.?/i.exec(input)
  if (found === null) throw new OracleError(1855, 'AM/A.M. or PM/P.M. required')
  fields.afternoon = found[1]?.toUpperCase() === 'P'
  return input.slice(found[0].length)
}

function readFraction(input: string, code: string, fields: Fields): string {
  const digits = /^\d+/.exec(input.slice(0, Number(code[2] ?? 9)))?.[0]
  if (digits === undefined) throw nonNumeric()
  fields.nanosecond = Number(digits.padEnd(9, '0'))
  return input.slice(digits.length)
}

function readZone(input: string, fields: Fields): string {
  const found = /^([+-])?(\d{1,2}):(\d{2})|^(UTC|GMT|Z)/i.exec(input)
  if (found === null) throw new OracleError(1882, 'timezone region not found')
  fields.zoneNegative = found[1] === '-'
  fields.zoneHours = Number(found[2] ?? 0)
  fields.zoneMinutes = Number(found[3] ?? 0)
  return input.slice(found[0].length)
}

function readZoneHours(input: string, fields: Fields): string {
  const found = /^([+-])?(\d{1,2})/.exec(input)
  if (found === null) throw nonNumeric()
  fields.zoneNegative = found[1] === '-'
  fields.zoneHours = Number(found[2])
  return input.slice(found[0].length)
}

function nonNumeric(): OracleError {
  return new OracleError(1858, 'a non-numeric character was found where a numeric was expected')
}

function readNumber(
  input: string,
  code: string,
  width: number,
  exact: boolean,
  fields: Fields,
  today: OracleDateTime,
): string {
  const digits = /^\d+/.exec(input.slice(0, code === 'RR' || code === 'YY' ? 4 : width))?.[0]
  if (digits === undefined) {
    if (code === 'MM' && /^\p{L}/u.test(input)) return readMonth(input, fields)
    throw nonNumeric()
  }
  const used = code === 'YY' && digits.length !== 4 ? digits.slice(0, 2) : digits
  const taken = code === 'RR' && used.length === 3 ? used.slice(0, 2) : used
  if (exact && taken.length !== width)
    throw new OracleError(1862, 'the numeric value does not match the length of the format item')
  store(Number(taken), taken.length, code, fields, today)
  return input.slice(taken.length)
}

function store(value: number, digits: number, code: string, fields: Fields, today: OracleDateTime): void {
  switch (code) {
    case 'YYYY':
    case 'SYYYY':
      fields.year = value
      return
    case 'YYY':
    case 'YY':
    case 'Y': {
      const modulus = code === 'YYY' ? 1000 : code === 'YY' ? 100 : 10
      fields.year = digits === 4 ? value : today.year - (today.year % modulus) + value
      return
    }
    case 'RR':
    case 'RRRR':
      fields.year = digits > 2 ? value : nearCentury(value, today.year)
      return
    case 'MM':
      fields.month = range(value, 1, 12, 1843, 'not a valid month')
      return
    case 'DD':
      fields.day = range(value, 1, 31, 1847, 'day of month must be between 1 and last day of month')
      return
    case 'DDD':
      fields.dayOfYear = range(value, 1, 366, 1848, 'day of year must be between 1 and 365 (366 for leap year)')
      return
    case 'J':
      fields.julian = range(value, 1, 5_373_484, 1854, 'julian date must be between 1 and 5373484')
      return
    case 'HH24':
      fields.hour = range(value, 0, 23, 1850, 'hour must be between 0 and 23')
      return
    case 'HH':
    case 'HH12':
      fields.hour12 = range(value, 1, 12, 1849, 'hour must be between 1 and 12')
      return
    case 'MI':
      fields.minute = range(value, 0, 59, 1851, 'minutes must be between 0 and 59')
      return
    case 'SS':
      fields.second = range(value, 0, 59, 1852, 'seconds must be between 0 and 59')
      return
    case 'SSSSS':
      fields.secondOfDay = range(value, 0, 86_399, 1853, 'seconds in day must be between 0 and 86399')
      return
    case 'TZM':
      fields.zoneMinutes = value
  }
}

function range(value: number, low: number, high: number, number: number, message: string): number {
  if (value < low || value > high) throw new OracleError(number, message)
  return value
}

/** RR: years 0 to 49 belong to the current half century's century, 50 to 99 to the one before. */
function nearCentury(value: number, currentYear: number): number {
  const century = currentYear - (currentYear % 100)
  const late = currentYear % 100 >= 50
  if (value < 50) return late ? century + 100 + value : century + value
  return late ? century + value : century - 100 + value
}

function assemble(fields: Fields, today: OracleDateTime): OracleDateTime {
  const year = range(
    fields.year ?? today.year,
    1,
    9999,
    1841,
    '(full) year must be between -4713 and +9999, and not be 0',
  )
  const { month, day } = dayOf(fields, year, today)
  const base = fields.julian === undefined ? { year, month, day } : fromJulianDay(fields.julian)
  const hour =
    fields.hour12 === undefined ? (fields.hour ?? 0) : (fields.hour12 % 12) + (fields.afternoon === true ? 12 : 0)
  const seconds = fields.secondOfDay ?? hour * 3600 + (fields.minute ?? 0) * 60 + (fields.second ?? 0)
  const zone =
    fields.zoneHours === undefined
      ? undefined
      : (fields.zoneHours * 60 + (fields.zoneMinutes ?? 0)) * (fields.zoneNegative === true ? -1 : 1)
  return new OracleDateTime(
    base.year,
    base.month,
    base.day,
    Math.floor(seconds / 3600),
    Math.floor(seconds / 60) % 60,
    seconds % 60,
    fields.nanosecond ?? 0,
    zone,
  )
}

function dayOf(fields: Fields, year: number, today: OracleDateTime): { month: number; day: number } {
  if (fields.dayOfYear !== undefined) {
    const date = new Date(Date.UTC(2000 + (year % 400), 0, fields.dayOfYear))
    return { month: date.getUTCMonth() + 1, day: date.getUTCDate() }
  }
  const month = fields.month ?? today.month
  const day = fields.day ?? 1
  if (day > daysInMonth(year, month)) throw new OracleError(1839, 'date not valid for month specified')
  return { month, day }
}
