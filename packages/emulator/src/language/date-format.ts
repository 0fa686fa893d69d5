import { OracleError } from '../oracle-error.ts'
import type { OracleDateTime } from '../values/oracle-date-time.ts'
import { DAYS, dayOfYear, isoWeek, julianDay, MONTHS, secondOfDay, weekday } from './calendar.ts'

export interface FormatElement {
  /** The element in upper case, or empty for text that stands for itself. */
  readonly code: string
  /** The text for itself, or the element as written, whose case decides that of names. */
  readonly text: string
  /** True when FM stands before: no padding. */
  readonly fill: boolean
  /** True when FX stands before: exact matching. */
  readonly exact: boolean
}

const CODES =
  `SYYYY YYYY Y,YYY YYY YY Y IYYY IYY IY I RRRR RR SYEAR YEAR SCC CC Q MM MONTH MON RM WW IW W DDD DD DAY DY D J
HH24 HH12 HH MI SSSSS SS FF1 FF2 FF3 FF4 FF5 FF6 FF7 FF8 FF9 FF AM PM A.M. P.M. AD BC A.D. B.C. TZH TZM TZR TZD TS DS DL X FM FX E EE`
    .split(/\s+/)
    .sort((left, right) => right.length - left.length)
const SUFFIX = /^(?:THSP|SPTH|TH|SP)/i
const LITERALS = '-/,.;: '
const ROMAN = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII']
const UNSUPPORTED = new Set(['TS', 'DS', 'DL', 'E', 'EE', 'TZD', 'SYEAR', 'YEAR'])
const cache = new Map<string, readonly FormatElement[]>()

/** Splits a datetime format model. @throws OracleError ORA-01821 */
export function parseDateFormat(format: string): readonly FormatElement[] {
  const known = cache.get(format)
  if (known !== undefined) return known
  const elements: FormatElement[] = []
  let position = 0
  let fill = false
  let exact = false
  while (position < format.length) {
    const rest = format.slice(position)
    const element = readElement(rest)
    position += element.length
    if (element.code === 'FM') fill = !fill
    else if (element.code === 'FX') exact = !exact
    else elements.push({ code: element.code, text: element.text, fill, exact })
  }
  if (cache.size > 500) cache.clear()
  cache.set(format, elements)
  return elements
}

function readElement(rest: string): { code: string; text: string; length: number } {
  if (rest.startsWith('"')) {
    const end = rest.indexOf('"', 1)
    const close = end === -1 ? rest.length : end
    return { code: '', text: rest.slice(1, close), length: Math.min(close + 1, rest.length) }
  }
  const upper = rest.toUpperCase()
  const code = CODES.find((candidate) => upper.startsWith(candidate))
  if (code !== undefined) {
    if (UNSUPPORTED.has(code)) throw unrecognized()
    const suffix = SUFFIX.exec(rest.slice(code.length))?.[0] ?? ''
    if (/SP/i.test(suffix)) throw unrecognized()
    return { code: code + suffix.toUpperCase(), text: rest.slice(0, code.length), length: code.length + suffix.length }
  }
  const character = rest[0] as string
  if (!LITERALS.includes(character)) throw unrecognized()
  return { code: '', text: character, length: 1 }
}

function unrecognized(): OracleError {
  return new OracleError(1821, 'date format not recognized')
}

/** Writes a time by a format model, with English names. */
export function formatDateTime(value: OracleDateTime, format: string): string {
  return parseDateFormat(format)
    .map((element) => formatElement(value, element))
    .join('')
}

function formatElement(value: OracleDateTime, element: FormatElement): string {
  if (element.code === '') return element.text
  const ordinal = element.code.endsWith('TH') && element.code !== 'MONTH'
  const code = ordinal ? element.code.slice(0, -2) : element.code
  const text = elementText(value, code, element)
  if (!ordinal) return text
  const suffix = ordinalSuffix(Number(text))
  return text + (element.text === element.text.toUpperCase() ? suffix : suffix.toLowerCase())
}

const NUMERIC: Readonly<Record<string, readonly [width: number, read: (value: OracleDateTime) => number]>> = {
  YYYY: [4, (value) => value.year],
  RRRR: [4, (value) => value.year],
  YYY: [3, (value) => value.year % 1000],
  YY: [2, (value) => value.year % 100],
  RR: [2, (value) => value.year % 100],
  Y: [1, (value) => value.year % 10],
  IYYY: [4, (value) => isoWeek(value).year],
  IYY: [3, (value) => isoWeek(value).year % 1000],
  IY: [2, (value) => isoWeek(value).year % 100],
  I: [1, (value) => isoWeek(value).year % 10],
  CC: [2, (value) => Math.ceil(value.year / 100)],
  Q: [1, (value) => Math.ceil(value.month / 3)],
  MM: [2, (value) => value.month],
  WW: [2, (value) => Math.ceil(dayOfYear(value) / 7)],
  IW: [2, (value) => isoWeek(value).week],
  W: [1, (value) => Math.ceil(value.day / 7)],
  DDD: [3, dayOfYear],
  DD: [2, (value) => value.day],
  D: [1, (value) => weekday(value) + 1],
  J: [7, julianDay],
  HH24: [2, (value) => value.hour],
  HH12: [2, (value) => value.hour % 12 || 12],
  HH: [2, (value) => value.hour % 12 || 12],
  MI: [2, (value) => value.minute],
  SS: [2, (value) => value.second],
  SSSSS: [5, secondOfDay],
  TZM: [2, (value) => Math.abs(value.offsetMinutes ?? 0) % 60],
}

function elementText(value: OracleDateTime, code: string, element: FormatElement): string {
  const numeric = NUMERIC[code]
  if (numeric !== undefined) {
    const number = String(numeric[1](value))
    return element.fill ? number : number.padStart(numeric[0], '0')
  }
  if (code.startsWith('FF')) return fraction(value, Number(code[2] ?? 6))
  const name = nameText(value, code)
  if (name !== undefined) return matchCase(element.fill ? name.trimEnd() : name, element.text)
  if (code === 'SYYYY') return ` ${String(value.year).padStart(4, '0')}`
  if (code === 'SCC') return ` ${String(Math.ceil(value.year / 100)).padStart(2, '0')}`
  if (code === 'Y,YYY')
    return String(value.year)
      .padStart(4, '0')
      .replace(/(\d)(\d{3})$/, '$1,$2')
  if (code === 'X') return '.'
  const offset = value.offsetMinutes ?? 0
  const hours = `${offset < 0 ? '-' : '+'}${String(Math.floor(Math.abs(offset) / 60)).padStart(2, '0')}`
  if (code === 'TZH') return hours
  if (code === 'TZR') return `${hours}:${String(Math.abs(offset) % 60).padStart(2, '0')}`
  throw unrecognized()
}

function nameText(value: OracleDateTime, code: string): string | undefined {
  switch (code) {
    case 'MONTH':
      return (MONTHS[value.month - 1] as string).padEnd(9)
    case 'MON':
      return (MONTHS[value.month - 1] as string).slice(0, 3)
    case 'DAY':
      return (DAYS[weekday(value)] as string).padEnd(9)
    case 'DY':
      return (DAYS[weekday(value)] as string).slice(0, 3)
    case 'RM':
      return (ROMAN[value.month - 1] as string).padEnd(4)
    case 'AM':
    case 'PM':
      return value.hour < 12 ? 'AM' : 'PM'
    case 'A.M.':
    case 'P.M.':
      return value.hour < 12 ? 'A.M.' : 'P.M.'
    case 'AD':
    case 'BC':
      return 'AD'
    case 'A.D.':
    case 'B.C.':
      return 'A.D.'
  }
  return undefined
}

function fraction(value: OracleDateTime, digits: number): string {
  return String(value.nanosecond).padStart(9, '0').slice(0, digits)
}

/** `MONTH` writes upper case, `Month` a capital, `month` lower case. */
function matchCase(text: string, pattern: string): string {
  const letters = pattern.replace(/[^a-z]/gi, '')
  if (letters === letters.toLowerCase()) return text.toLowerCase()
  const second = letters[1]
  if (second !== undefined && second === second.toLowerCase()) return text.slice(0, 1) + text.slice(1).toLowerCase()
  return text
}

function ordinalSuffix(number: number): string {
  const tens = number % 100
  if (tens >= 11 && tens <= 13) return 'TH'
  return ['TH', 'ST', 'ND', 'RD'][number % 10] ?? 'TH'
}
