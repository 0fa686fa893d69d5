import { OracleError } from '../oracle-error.ts'
import { Interval } from '../values/interval.ts'
import { OracleDateTime } from '../values/oracle-date-time.ts'
import { OracleNumber } from '../values/oracle-number.ts'

export const MONTHS: readonly string[] = [
  'JANUARY',
  'FEBRUARY',
  'MARCH',
  'APRIL',
  'MAY',
  'JUNE',
  'JULY',
  'AUGUST',
  'SEPTEMBER',
  'OCTOBER',
  'NOVEMBER',
  'DECEMBER',
]
export const DAYS: readonly string[] = ['SUNDAY', 'MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY']

const DAY_MILLISECONDS = 86_400_000
const DAY_SECONDS = 86_400
const NANOSECONDS = 1_000_000_000n

export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate()
}

/** 0 is Sunday. */
export function weekday(value: OracleDateTime): number {
  return new Date(startOfDay(value).toUtcMilliseconds()).getUTCDay()
}

export function startOfDay(value: OracleDateTime): OracleDateTime {
  return new OracleDateTime(value.year, value.month, value.day)
}

export function dayOfYear(value: OracleDateTime): number {
  const first = new OracleDateTime(value.year, 1, 1)
  return (startOfDay(value).toUtcMilliseconds() - first.toUtcMilliseconds()) / DAY_MILLISECONDS + 1
}

/** The year and the week by ISO 8601: weeks begin on Monday, week 1 holds the first Thursday. */
export function isoWeek(value: OracleDateTime): { year: number; week: number } {
  const thursday = addWholeDays(startOfDay(value), 3 - ((weekday(value) + 6) % 7))
  return { year: thursday.year, week: Math.floor((dayOfYear(thursday) - 1) / 7) + 1 }
}

/** Days since 4712-01-01 BC, as format `J` gives them. */
export function julianDay(value: OracleDateTime): number {
  return Math.floor(startOfDay(value).toUtcMilliseconds() / DAY_MILLISECONDS) + 2_440_588
}

export function fromJulianDay(day: number): OracleDateTime {
  return checked(OracleDateTime.fromUtc(new Date((day - 2_440_588) * DAY_MILLISECONDS)))
}

export function addWholeDays(value: OracleDateTime, days: number): OracleDateTime {
  return moveSeconds(value, BigInt(days) * 86_400n)
}

/** DATE plus a number of days, rounded to seconds. */
export function addDays(value: OracleDateTime, days: OracleNumber): OracleDateTime {
  const seconds = days.times(DAY_SECONDS).toDecimalPlaces(0, OracleNumber.ROUND_HALF_UP)
  if (seconds.abs().greaterThan(DAY_SECONDS * 4_000_000)) throw yearOutOfRange()
  return moveSeconds(value, BigInt(seconds.toFixed()))
}

/** Days between two times, fractions included. */
export function daysBetween(left: OracleDateTime, right: OracleDateTime): OracleNumber {
  return new OracleNumber(secondsOf(left)).minus(new OracleNumber(secondsOf(right))).dividedBy(DAY_SECONDS)
}

/** The last day of a month stays the last day, as ADD_MONTHS does. */
export function addMonths(value: OracleDateTime, months: number): OracleDateTime {
  const { year, month } = monthAfter(value, months)
  const last = daysInMonth(year, month)
  const wasLast = value.day === daysInMonth(value.year, value.month)
  return withDate(value, year, month, wasLast ? last : Math.min(value.day, last))
}

export function addInterval(value: OracleDateTime, interval: Interval, sign: 1 | -1): OracleDateTime {
  if (interval.kind === 'months') return addIntervalMonths(value, interval.months * sign)
  const total = BigInt(value.nanosecond) + interval.nanoseconds * BigInt(sign)
  const seconds = floorDivide(total, NANOSECONDS)
  const moved = moveSeconds(value, seconds)
  const { year, month, day, hour, minute, second } = moved
  const rest = Number(total - seconds * NANOSECONDS)
  return checked(new OracleDateTime(year, month, day, hour, minute, second, rest, value.offsetMinutes))
}

/** Unlike ADD_MONTHS, an interval never changes the day; a day that the month lacks is an error. */
function addIntervalMonths(value: OracleDateTime, months: number): OracleDateTime {
  const { year, month } = monthAfter(value, months)
  if (value.day > daysInMonth(year, month)) throw new OracleError(1839, 'date not valid for month specified')
  return withDate(value, year, month, value.day)
}

function monthAfter(value: OracleDateTime, months: number): { year: number; month: number } {
  const index = value.year * 12 + (value.month - 1) + months
  return { year: Math.floor(index / 12), month: (((index % 12) + 12) % 12) + 1 }
}

function withDate(value: OracleDateTime, year: number, month: number, day: number): OracleDateTime {
  const { hour, minute, second, nanosecond, offsetMinutes } = value
  return checked(new OracleDateTime(year, month, day, hour, minute, second, nanosecond, offsetMinutes))
}

export function intervalBetween(left: OracleDateTime, right: OracleDateTime): Interval {
  return new Interval('nanoseconds', instantNanoseconds(left) - instantNanoseconds(right))
}

function instantNanoseconds(value: OracleDateTime): bigint {
  const seconds = BigInt(Math.floor(secondsOf(value))) - BigInt((value.offsetMinutes ?? 0) * 60)
  return seconds * NANOSECONDS + BigInt(value.nanosecond)
}

/** Months between two dates: whole when the days match or both are month ends, otherwise in days of 1/31 month. */
export function monthsBetween(left: OracleDateTime, right: OracleDateTime): OracleNumber {
  const whole = (left.year - right.year) * 12 + left.month - right.month
  const bothLast = left.day === daysInMonth(left.year, left.month) && right.day === daysInMonth(right.year, right.month)
  if (left.day === right.day || bothLast) return new OracleNumber(whole)
  const seconds = (left.day - right.day) * DAY_SECONDS + secondOfDay(left) - secondOfDay(right)
  return new OracleNumber(seconds).dividedBy(DAY_SECONDS * 31).plus(whole)
}

export function secondOfDay(value: OracleDateTime): number {
  return value.hour * 3600 + value.minute * 60 + value.second
}

/** @throws OracleError ORA-01841 when the year left the range of the calendar */
function checked(value: OracleDateTime): OracleDateTime {
  if (value.year < 1 || value.year > 9999) throw yearOutOfRange()
  return value
}

function yearOutOfRange(): OracleError {
  return new OracleError(1841, '(full) year must be between -4713 and +9999, and not be 0')
}

function secondsOf(value: OracleDateTime): number {
  return Math.floor(value.toUtcMilliseconds() / 1000)
}

function moveSeconds(value: OracleDateTime, seconds: bigint): OracleDateTime {
  const target = (BigInt(secondsOf(value)) + seconds) * 1000n
  if (target > 253_402_300_799_999n || target < -62_135_596_800_000n) throw yearOutOfRange()
  const moved = OracleDateTime.fromUtc(new Date(Number(target)))
  const { year, month, day, hour, minute, second } = moved
  return new OracleDateTime(year, month, day, hour, minute, second, value.nanosecond, value.offsetMinutes)
}

function floorDivide(value: bigint, divisor: bigint): bigint {
  const quotient = value / divisor
  return value % divisor < 0n ? quotient - 1n : quotient
}
