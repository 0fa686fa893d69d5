import type { Decimal } from 'decimal.js'
import {
  addMonths,
  addWholeDays,
  DAYS,
  dayOfYear,
  daysInMonth,
  isoWeek,
  monthsBetween,
  startOfDay,
  weekday,
} from '../../language/calendar.ts'
import { zoneMinutes, zoneMinutesAt } from '../../language/time-zone.ts'
import { OracleError } from '../../oracle-error.ts'
import { Interval } from '../../values/interval.ts'
import { OracleDateTime } from '../../values/oracle-date-time.ts'
import { OracleNumber } from '../../values/oracle-number.ts'
import { DATE, NUMBER, varchar2 } from '../../values/oracle-type.ts'
import { parseNumber } from '../values/number-format.ts'
import { familyOf, type SqlType, type SqlValue } from '../values/sql-value.ts'
import { shiftMinutes, withOffset } from '../values/stored-value.ts'
import { sessionNow, withoutFraction } from './conversion.ts'
import { toPlaces } from './number-functions.ts'
import { always } from './result-type.ts'
import type { FunctionContext, ScalarFunction } from './scalar-function.ts'

const TIMESTAMP_ZONE: SqlType = { name: 'TIMESTAMP WITH TIME ZONE', scale: 6 }
const TIMESTAMP: SqlType = { name: 'TIMESTAMP', scale: 6 }

/** Stands for the operators AT TIME ZONE and AT LOCAL; the database has no function of that name. */
export const AT_TIME_ZONE = 'AT$TIME$ZONE'

function plain(value: unknown): OracleDateTime {
  return withOffset(value as OracleDateTime, undefined)
}

/** The first moment of the unit that a format names. @throws OracleError ORA-01898, ORA-01899 */
function truncateDate(value: OracleDateTime, format: string): OracleDateTime {
  const { year, month, day } = value
  switch (format.toUpperCase()) {
    case 'DDD':
    case 'DD':
    case 'J':
      return startOfDay(value)
    case 'YYYY':
    case 'YEAR':
    case 'SYYYY':
    case 'SYEAR':
    case 'YYY':
    case 'YY':
    case 'Y':
      return new OracleDateTime(year, 1, 1)
    case 'IYYY':
    case 'IYY':
    case 'IY':
    case 'I':
      return isoYearStart(isoWeek(value).year)
    case 'Q':
      return new OracleDateTime(year, Math.floor((month - 1) / 3) * 3 + 1, 1)
    case 'MONTH':
    case 'MON':
    case 'MM':
    case 'RM':
      return new OracleDateTime(year, month, 1)
    case 'CC':
    case 'SCC':
      return new OracleDateTime(Math.floor((year - 1) / 100) * 100 + 1, 1, 1)
    case 'WW':
      return addWholeDays(startOfDay(value), -((dayOfYear(value) - 1) % 7))
    case 'IW':
      return addWholeDays(startOfDay(value), -((weekday(value) + 6) % 7))
    case 'W':
      return addWholeDays(startOfDay(value), -((day - 1) % 7))
    case 'DAY':
    case 'DY':
    case 'D':
      return addWholeDays(startOfDay(value), -weekday(value))
    case 'HH':
    case 'HH12':
    case 'HH24':
      return new OracleDateTime(year, month, day, value.hour)
    case 'MI':
      return new OracleDateTime(year, month, day, value.hour, value.minute)
  }
  throw new OracleError(1898, 'too many precision specifiers')
}

function isoYearStart(year: number): OracleDateTime {
  const fourth = new OracleDateTime(year, 1, 4)
  return addWholeDays(fourth, -((weekday(fourth) + 6) % 7))
}

/** Rounds up from the middle of the unit: noon, the 16th of a month, July, the second month's 16th of a quarter. */
function roundDate(value: OracleDateTime, format: string): OracleDateTime {
  const low = truncateDate(value, format)
  const unit = format.toUpperCase()
  if (['MONTH', 'MON', 'MM', 'RM'].includes(unit)) return value.day >= 16 ? addMonths(low, 1) : low
  if (/^S?Y(YYY|YY|Y|EAR)?$/.test(unit)) return value.month >= 7 ? addMonths(low, 12) : low
  if (unit === 'Q') {
    const middle = new OracleDateTime(low.year, low.month + 1, 16)
    return value.toUtcMilliseconds() >= middle.toUtcMilliseconds() ? addMonths(low, 3) : low
  }
  if (unit.endsWith('CC')) return (value.year - 1) % 100 >= 50 ? new OracleDateTime(low.year + 100, 1, 1) : low
  if (/^I(YYY|YY|Y)?$/.test(unit)) return value.month >= 7 ? isoYearStart(isoWeek(value).year + 1) : low
  const length = /^HH/.test(unit) ? 3600 : unit === 'MI' ? 60 : /^(DDD|DD|J)$/.test(unit) ? 86_400 : 604_800
  const elapsed = (plain(value).toUtcMilliseconds() - low.toUtcMilliseconds()) / 1000
  if (elapsed * 2 < length) return low
  return withoutFraction(OracleDateTime.fromUtc(new Date(low.toUtcMilliseconds() + length * 1000)))
}

function nextDay(value: OracleDateTime, name: string): OracleDateTime {
  const upper = name.trim().toUpperCase()
  const wanted = DAYS.findIndex(
    (day) => day.slice(0, 3) === upper.slice(0, 3) && day.startsWith(upper.slice(0, day.length)),
  )
  if (wanted === -1 || upper.length < 3) throw new OracleError(1846, 'not a valid day of the week')
  return addWholeDays(value, ((wanted - weekday(value) + 6) % 7) + 1)
}

function lastDay(value: OracleDateTime): OracleDateTime {
  const { year, month, hour, minute, second } = value
  return new OracleDateTime(year, month, daysInMonth(year, month), hour, minute, second)
}

function dateOrNumber(types: readonly SqlType[]): SqlType {
  const family = familyOf(types[0] ?? NUMBER)
  return family === 'date' || family === 'timestamp' || family === 'zoned' ? DATE : NUMBER
}

/** ROUND and TRUNC work on numbers and on dates; text counts as a number. */
function rounding(
  name: string,
  onDate: (value: OracleDateTime, format: string) => OracleDateTime,
  mode: Decimal.Rounding,
): ScalarFunction {
  return {
    name,
    parameters: ['any', 'any'],
    optional: 1,
    returns: dateOrNumber,
    run: ([value, places]) => {
      if (value instanceof OracleDateTime) return onDate(plain(value), typeof places === 'string' ? places : 'DD')
      const count = places === undefined ? undefined : numberOf(places)
      return toPlaces(numberOf(value), count, mode)
    },
  }
}

function numberOf(value: SqlValue | undefined): OracleNumber {
  if (value instanceof OracleNumber) return value
  if (typeof value === 'string') return parseNumber(value)
  throw new OracleError(932, 'inconsistent datatypes: expected NUMBER')
}

function current(name: string, returns: SqlType, run: (context: FunctionContext) => OracleDateTime): ScalarFunction {
  return { name, parameters: [], bare: true, returns: always(returns), run: (_, context) => run(context) }
}

function utcNow(context: FunctionContext): OracleDateTime {
  return OracleDateTime.fromUtc(context.now)
}

/** The field of a time or an interval. */
export function extractField(value: OracleDateTime | Interval, field: string): OracleNumber {
  if (value instanceof Interval) return extractFromInterval(value, field)
  switch (field) {
    case 'YEAR':
      return new OracleNumber(value.year)
    case 'MONTH':
      return new OracleNumber(value.month)
    case 'DAY':
      return new OracleNumber(value.day)
    case 'HOUR':
      return new OracleNumber(value.hour)
    case 'MINUTE':
      return new OracleNumber(value.minute)
    case 'SECOND':
      return new OracleNumber(value.nanosecond).dividedBy(1e9).plus(value.second)
    case 'TIMEZONE_HOUR':
      return new OracleNumber(Math.trunc((value.offsetMinutes ?? 0) / 60))
    default:
      return new OracleNumber((value.offsetMinutes ?? 0) % 60)
  }
}

function extractFromInterval(value: Interval, field: string): OracleNumber {
  const units: Readonly<Record<string, readonly [bigint, bigint]>> = {
    DAY: [86_400_000_000_000n, 0n],
    HOUR: [3_600_000_000_000n, 24n],
    MINUTE: [60_000_000_000n, 60n],
  }
  if (field === 'YEAR') return new OracleNumber(Math.trunc(value.months / 12))
  if (field === 'MONTH') return new OracleNumber(value.months % 12)
  const unit = units[field]
  if (unit === undefined) return new OracleNumber(String(value.nanoseconds % 60_000_000_000n)).dividedBy(1e9)
  const whole = value.nanoseconds / unit[0]
  return new OracleNumber(String(unit[1] === 0n ? whole : whole % unit[1]))
}

export const dateFunctions: readonly ScalarFunction[] = [
  current('SYSDATE', DATE, (context) => withoutFraction(utcNow(context))),
  current('SYSTIMESTAMP', TIMESTAMP_ZONE, (context) => withOffset(utcNow(context), 0)),
  current('CURRENT_DATE', DATE, (context) => withoutFraction(sessionNow(context))),
  current('CURRENT_TIMESTAMP', TIMESTAMP_ZONE, (context) =>
    withOffset(sessionNow(context), context.settings.timeZoneMinutes),
  ),
  current('LOCALTIMESTAMP', TIMESTAMP, sessionNow),
  {
    name: 'SESSIONTIMEZONE',
    parameters: [],
    bare: true,
    returns: always(varchar2(75)),
    run: (_, context) => zoneText(context.settings.timeZoneMinutes),
  },
  { name: 'DBTIMEZONE', parameters: [], bare: true, returns: always(varchar2(6)), run: () => '+00:00' },
  {
    name: 'ADD_MONTHS',
    parameters: ['datetime', 'number'],
    returns: always(DATE),
    run: ([date, months]) => addMonths(withoutFraction(plain(date)), (months as OracleNumber).trunc().toNumber()),
  },
  {
    name: 'MONTHS_BETWEEN',
    parameters: ['datetime', 'datetime'],
    returns: always(NUMBER),
    run: ([left, right]) => monthsBetween(plain(left), plain(right)),
  },
  { name: 'LAST_DAY', parameters: ['datetime'], returns: always(DATE), run: ([date]) => lastDay(plain(date)) },
  {
    name: 'NEXT_DAY',
    parameters: ['datetime', 'text'],
    returns: always(DATE),
    run: ([date, name]) => nextDay(withoutFraction(plain(date)), name as string),
  },
  rounding('TRUNC', truncateDate, OracleNumber.ROUND_DOWN),
  rounding('ROUND', roundDate, OracleNumber.ROUND_HALF_UP),
  {
    name: 'FROM_TZ',
    parameters: ['datetime', 'text'],
    returns: always(TIMESTAMP_ZONE),
    run: ([time, zone]) => withOffset(time as OracleDateTime, zoneMinutesAt(zone as string, time as OracleDateTime)),
  },
  {
    name: AT_TIME_ZONE,
    parameters: ['datetime', 'text'],
    optional: 1,
    returns: always(TIMESTAMP_ZONE),
    run: ([time, zone], { settings: { timeZoneMinutes: local } }) => {
      const from = (time as OracleDateTime).offsetMinutes ?? local
      const instant = (time as OracleDateTime).toUtcMilliseconds() - from * 60_000
      const to = zone === undefined ? local : zoneMinutes(zone as string, instant)
      return withOffset(shiftMinutes(time as OracleDateTime, to - from), to)
    },
  },
  {
    name: 'SYS_EXTRACT_UTC',
    parameters: ['datetime'],
    returns: always(TIMESTAMP),
    run: ([time]) => shiftMinutes(time as OracleDateTime, -((time as OracleDateTime).offsetMinutes ?? 0)),
  },
  {
    name: 'NUMTODSINTERVAL',
    parameters: ['number', 'text'],
    returns: always({ name: 'INTERVAL DAY TO SECOND' }),
    run: ([amount, unit]) => {
      const seconds = { DAY: 86_400, HOUR: 3600, MINUTE: 60, SECOND: 1 }[(unit as string).trim().toUpperCase()]
      if (seconds === undefined) throw new OracleError(1760, 'illegal argument for function')
      return new Interval('nanoseconds', BigInt((amount as OracleNumber).times(seconds).times(1e9).toFixed(0)))
    },
  },
  {
    name: 'NUMTOYMINTERVAL',
    parameters: ['number', 'text'],
    returns: always({ name: 'INTERVAL YEAR TO MONTH' }),
    run: ([amount, unit]) => {
      const months = { YEAR: 12, MONTH: 1 }[(unit as string).trim().toUpperCase()]
      if (months === undefined) throw new OracleError(1760, 'illegal argument for function')
      return new Interval('months', BigInt((amount as OracleNumber).times(months).toFixed(0)))
    },
  },
]

export function zoneText(minutes: number): string {
  const size = Math.abs(minutes)
  return `${minutes < 0 ? '-' : '+'}${String(Math.floor(size / 60)).padStart(2, '0')}:${String(size % 60).padStart(2, '0')}`
}
