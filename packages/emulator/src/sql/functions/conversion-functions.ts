import { formatDateTime } from '../../language/date-format.ts'
import { parseDateTime } from '../../language/date-parse.ts'
import { parseIntervalLiteral } from '../../language/interval-literal.ts'
import { OracleError } from '../../oracle-error.ts'
import { Interval } from '../../values/interval.ts'
import { OracleDateTime } from '../../values/oracle-date-time.ts'
import { formatNumber, OracleNumber } from '../../values/oracle-number.ts'
import { BOOLEAN, CLOB, DATE, NUMBER, type OracleType, varchar2 } from '../../values/oracle-type.ts'
import { formatNumberModel, parseNumber, parseNumberModel } from '../values/number-format.ts'
import type { SqlValue } from '../values/sql-value.ts'
import { withOffset } from '../values/stored-value.ts'
import { defaultFormat, formatInterval, hexToRaw, sessionNow, withoutFraction } from './conversion.ts'
import { always, textLike } from './result-type.ts'
import type { FunctionContext, ScalarFunction } from './scalar-function.ts'

const TIMESTAMP: OracleType = { name: 'TIMESTAMP', scale: 9 }
const TIMESTAMP_ZONE: OracleType = { name: 'TIMESTAMP WITH TIME ZONE', scale: 9 }

function toCharacters(value: SqlValue, format: SqlValue | undefined, context: FunctionContext): SqlValue {
  const model = typeof format === 'string' ? format : undefined
  if (value instanceof OracleDateTime) {
    const zoned = value.offsetMinutes !== undefined
    return formatDateTime(value, model ?? defaultFormat(zoned ? 'zoned' : 'date', context))
  }
  if (value instanceof Interval) return formatInterval(value)
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex').toUpperCase()
  if (value instanceof OracleNumber) return model === undefined ? formatNumber(value) : formatNumberModel(value, model)
  if (model === undefined || value === null) return value
  return formatNumberModel(parseNumber(value), model)
}

/** TO_DATE and its kin: text is read by the format, times pass. */
function timeReader(name: string, family: 'date' | 'timestamp' | 'zoned', returns: OracleType): ScalarFunction {
  return {
    name,
    parameters: ['any', 'text', 'text'],
    optional: 2,
    returns: always(returns),
    run: ([value, format], context) => {
      const model = typeof format === 'string' ? format : defaultFormat(family, context)
      const text = value instanceof OracleNumber ? formatNumber(value) : value
      const time = typeof text === 'string' ? parseDateTime(text, model, sessionNow(context)) : text
      if (!(time instanceof OracleDateTime))
        throw new OracleError(932, `inconsistent datatypes: expected ${returns.name}`)
      if (family === 'zoned')
        return time.offsetMinutes === undefined ? withOffset(time, context.settings.timeZoneMinutes) : time
      const local = withOffset(time, undefined)
      return family === 'date' ? withoutFraction(local) : local
    },
  }
}

const TRUE_WORDS = ['true', 'yes', 'on', '1', 't', 'y']
const FALSE_WORDS = ['false', 'no', 'off', '0', 'f', 'n']

function toBoolean(value: SqlValue): SqlValue {
  if (typeof value === 'boolean' || value === null) return value
  if (value instanceof OracleNumber) return !value.isZero()
  const word = typeof value === 'string' ? value.trim().toLowerCase() : ''
  if (TRUE_WORDS.includes(word)) return true
  if (FALSE_WORDS.includes(word)) return false
  throw new OracleError(61800, 'invalid boolean literal')
}

function readInterval(text: string, from: string, to: string): Interval {
  const interval = parseIntervalLiteral(text, from, to)
  if (interval === undefined) throw new OracleError(1867, 'the interval is invalid')
  return interval
}

export const conversionFunctions: readonly ScalarFunction[] = [
  {
    name: 'TO_CHAR',
    parameters: ['any', 'text', 'text'],
    optional: 2,
    returns: (types) => (types.length === 1 ? textLike()(types) : varchar2(75)),
    run: ([value, format], context) => toCharacters(value ?? null, format, context),
  },
  {
    name: 'TO_NUMBER',
    parameters: ['any', 'text', 'text'],
    optional: 2,
    returns: always(NUMBER),
    run: ([value, format]) => {
      if (value instanceof OracleNumber) return value
      if (typeof value !== 'string') throw new OracleError(1722, 'invalid number')
      return typeof format === 'string' ? parseNumberModel(value, format) : parseNumber(value)
    },
  },
  timeReader('TO_DATE', 'date', DATE),
  timeReader('TO_TIMESTAMP', 'timestamp', TIMESTAMP),
  timeReader('TO_TIMESTAMP_TZ', 'zoned', TIMESTAMP_ZONE),
  { name: 'TO_CLOB', parameters: ['text'], returns: always(CLOB), run: ([text]) => text ?? null },
  { name: 'TO_NCLOB', parameters: ['text'], returns: always(CLOB), run: ([text]) => text ?? null },
  {
    name: 'TO_BOOLEAN',
    parameters: ['any'],
    returns: always(BOOLEAN),
    run: ([value]) => toBoolean(value ?? null),
  },
  {
    name: 'TO_DSINTERVAL',
    parameters: ['text'],
    returns: always({ name: 'INTERVAL DAY TO SECOND' }),
    run: ([text]) => readInterval(text as string, 'DAY', 'SECOND'),
  },
  {
    name: 'TO_YMINTERVAL',
    parameters: ['text'],
    returns: always({ name: 'INTERVAL YEAR TO MONTH' }),
    run: ([text]) => readInterval(text as string, 'YEAR', 'MONTH'),
  },
  { name: 'ROWIDTOCHAR', parameters: ['text'], returns: always(varchar2(18)), run: ([text]) => text ?? null },
  { name: 'CHARTOROWID', parameters: ['text'], returns: always(varchar2(18)), run: ([text]) => text ?? null },
  { name: 'TO_NCHAR', parameters: ['text'], returns: textLike(), run: ([text]) => text ?? null },
  {
    name: 'HEXTORAW',
    parameters: ['text'],
    returns: always({ name: 'RAW', length: 2000 }),
    run: ([text]) => hexToRaw(text as string),
  },
  {
    name: 'RAWTOHEX',
    parameters: ['raw'],
    returns: always(varchar2(4000)),
    run: ([raw]) =>
      Buffer.from(raw as Uint8Array)
        .toString('hex')
        .toUpperCase(),
  },
]
