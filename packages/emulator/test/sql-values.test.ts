import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, addMonths, daysBetween, fromJulianDay, julianDay, monthsBetween } from '../src/language/calendar.ts'
import { formatDateTime } from '../src/language/date-format.ts'
import { parseDateTime } from '../src/language/date-parse.ts'
import { SQL_LEXIS, tokenize } from '../src/language/lexer.ts'
import { OracleError } from '../src/oracle-error.ts'
import { joinLimbs, splitNumber } from '../src/sql/functions/number-limbs.ts'
import type { SqlValue } from '../src/sql/values/sql-value.ts'
import { decodeValue, encodeValue } from '../src/sql/values/stored-value.ts'
import { Interval } from '../src/values/interval.ts'
import { OracleDateTime } from '../src/values/oracle-date-time.ts'
import { OracleNumber } from '../src/values/oracle-number.ts'

const numbers = fc
  .tuple(fc.bigInt({ min: -(10n ** 38n), max: 10n ** 38n }), fc.integer({ min: -40, max: 40 }))
  .map(([digits, exponent]) => new OracleNumber(`${digits}e${exponent}`))

const times = fc
  .record({
    days: fc.integer({ min: -700_000, max: 2_900_000 }),
    seconds: fc.integer({ min: 0, max: 86_399 }),
    nanosecond: fc.integer({ min: 0, max: 999_999_999 }),
  })
  .map(({ days, seconds, nanosecond }) => {
    const { year, month, day, hour, minute, second } = OracleDateTime.fromUtc(
      new Date((days * 86_400 + seconds) * 1000),
    )
    return new OracleDateTime(year, month, day, hour, minute, second, nanosecond)
  })

function bytes(value: SqlValue): Uint8Array {
  const stored = encodeValue(value)
  if (!(stored instanceof Uint8Array)) throw new TypeError('stored as bytes')
  return stored
}

describe('stored values', () => {
  it('keep the smallest and the largest numbers', () => {
    for (const text of ['1e-130', '-1e-130', '9.5e-129', '9.99e125', '-9.99e125', '0']) {
      expect(decodeValue(bytes(new OracleNumber(text)))).toEqual(new OracleNumber(text))
    }
  })

  it('sort like the numbers they stand for, and come back whole', () => {
    fc.assert(
      fc.property(numbers, numbers, (left, right) => {
        expect(Math.sign(Buffer.compare(bytes(left), bytes(right)))).toBe(left.comparedTo(right))
        expect((decodeValue(bytes(left)) as OracleNumber).equals(left)).toBe(true)
      }),
    )
  })

  it('sort like the times they stand for, and come back whole', () => {
    fc.assert(
      fc.property(times, times, (left, right) => {
        const order = left.toUtcMilliseconds() - right.toUtcMilliseconds() || left.nanosecond - right.nanosecond
        expect(Math.sign(Buffer.compare(bytes(left), bytes(right)))).toBe(Math.sign(order))
        expect(decodeValue(bytes(left))).toEqual(left)
      }),
    )
  })

  it("keep a time's zone and sort by its instant", () => {
    const early = new OracleDateTime(2024, 1, 1, 23, 0, 0, 5, 120)
    const late = new OracleDateTime(2024, 1, 1, 22, 0, 0, 0, 0)
    expect(Buffer.compare(bytes(early), bytes(late))).toBe(-1)
    expect(decodeValue(bytes(early))).toEqual(early)
  })

  it('keep intervals of either sign in order', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n }),
        fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n }),
        (a, b) => {
          const [left, right] = [new Interval('nanoseconds', a), new Interval('nanoseconds', b)]
          expect(Math.sign(Buffer.compare(bytes(left), bytes(right)))).toBe(a < b ? -1 : a > b ? 1 : 0)
          expect(decodeValue(bytes(left))).toEqual(left)
        },
      ),
    )
    expect(decodeValue(bytes(new Interval('months', -14n)))).toEqual(new Interval('months', -14n))
  })

  it('are NULL for the empty string', () => {
    expect(encodeValue('')).toBeNull()
    expect(encodeValue(new Uint8Array())).toBeNull()
  })
})

describe('limbs of numbers', () => {
  it('sum exactly', () => {
    const decimals = fc
      .tuple(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), fc.integer({ min: -20, max: 5 }))
      .map(([digits, exponent]) => new OracleNumber(`${digits}e${exponent}`))
    fc.assert(
      fc.property(fc.array(decimals, { maxLength: 20 }), (values) => {
        const sums = Array<bigint>(8).fill(0n)
        for (const value of values) {
          for (const [index, limb] of splitNumber(value).entries()) sums[index] = (sums[index] ?? 0n) + BigInt(limb)
        }
        const expected = values.reduce((sum, value) => sum.plus(value), new OracleNumber(0))
        expect(joinLimbs(sums).minus(expected).abs().toNumber()).toBeLessThan(1e-15)
      }),
    )
  })

  it('refuse what they cannot hold', () => {
    expect(() => splitNumber(new OracleNumber('1e36'))).toThrow('ORA-01426')
    expect(() => splitNumber(new OracleNumber('1e-61'))).toThrow('ORA-01426')
  })
})

describe('calendar', () => {
  it('adds what it takes away', () => {
    const days = fc.integer({ min: -100_000, max: 100_000 })
    fc.assert(
      fc.property(times, days, (time, count) => {
        const start = new OracleDateTime(
          Math.max(time.year, 500),
          time.month,
          Math.min(time.day, 28),
          time.hour,
          time.minute,
          time.second,
        )
        fc.pre(start.year < 9000)
        expect(daysBetween(addDays(start, new OracleNumber(count)), start).toNumber()).toBe(count)
      }),
    )
  })

  it('counts months back and forth', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 28 }), fc.integer({ min: -1000, max: 1000 }), (day, months) => {
        const start = new OracleDateTime(2024, 3, day)
        expect(monthsBetween(addMonths(start, months), start).toNumber()).toBe(months)
      }),
    )
  })

  it('numbers days as Julian days', () => {
    expect(julianDay(new OracleDateTime(2000, 1, 1))).toBe(2_451_545)
    expect(fromJulianDay(2_451_545)).toEqual(new OracleDateTime(2000, 1, 1))
  })

  it('reads what it writes', () => {
    const format = 'YYYY-MM-DD HH24:MI:SS.FF9'
    fc.assert(
      fc.property(times, (time) => {
        expect(parseDateTime(formatDateTime(time, format), format, time)).toEqual(time)
      }),
    )
  })
})

describe('the lexer', () => {
  it('covers any text or says what is wrong with it', () => {
    const pieces = fc.constantFrom(
      "'",
      '"',
      'q',
      '[',
      ']',
      ' ',
      '\n',
      '--',
      '/*',
      '*/',
      ':',
      'a1',
      '1.5e3',
      '(+)',
      '||',
      '.',
      ';',
      'é',
      '\u{1f600}',
      '\\',
    )
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const text = parts.join('')
        try {
          const tokens = tokenize(text, SQL_LEXIS)
          expect(tokens.at(-1)).toEqual({ kind: 'end', value: '', start: text.length, end: text.length })
          for (const [index, token] of tokens.slice(1).entries())
            expect(token.start).toBeGreaterThanOrEqual(tokens[index]?.end ?? 0)
        } catch (error) {
          expect(error).toBeInstanceOf(OracleError)
        }
      }),
      { numRuns: 500 },
    )
  })
})
