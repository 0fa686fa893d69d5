import { describe, expect, it } from 'vitest'
import { parseIntervalLiteral } from '../src/language/interval-literal.ts'
import { PLSQL_LEXIS, SQL_LEXIS, tokenize } from '../src/language/lexer.ts'
import { matchesLike } from '../src/language/like.ts'
import { parseDateLiteral, parseTimestampLiteral } from '../src/language/time-literal.ts'
import { Interval } from '../src/values/interval.ts'

const values = (text: string, lexis = PLSQL_LEXIS) => tokenize(text, lexis).map(({ value }) => value)

describe('the lexer of SQL and PL/SQL', () => {
  it('reads labels in PL/SQL and the mark of an outer join in SQL', () => {
    expect(values('<<a>> b( + )')).toEqual(['<<', 'A', '>>', 'B', '(', '+', ')', ''])
    expect(values('<<a>> b( + )', SQL_LEXIS)).toEqual(['<', '<', 'A', '>', '>', 'B', '(+)', ''])
  })

  it('tells a range from a decimal point in both', () => {
    expect(values('1..2.5')).toEqual(['1', '..', '2.5', ''])
    expect(values('1..2.5', SQL_LEXIS)).toEqual(['1', '..', '2.5', ''])
  })

  it('takes an unknown character as a symbol in PL/SQL and as ORA-00911 in SQL', () => {
    expect(values('a ! b')).toEqual(['A', '!', 'B', ''])
    expect(() => tokenize('a ! b', SQL_LEXIS)).toThrow('ORA-00911: !: invalid character after a')
  })

  it('lets a comment last to the end in PL/SQL and gives ORA-01742 in SQL', () => {
    expect(values('a /* b')).toEqual(['A', ''])
    expect(() => tokenize('a /* b', SQL_LEXIS)).toThrow('ORA-01742')
  })

  it('gives offsets in UTF-16 units, and errors in bytes', () => {
    expect(tokenize("é 'x'", SQL_LEXIS)[1]).toEqual({ kind: 'string', value: 'x', start: 2, end: 5 })
    expect(() => tokenize("é 'x", SQL_LEXIS)).toThrow(expect.objectContaining({ number: 1756, offset: 3 }))
  })
})

describe('LIKE', () => {
  it('keeps a pattern with an escape character apart from one without', () => {
    expect(matchesLike('/x', '/x', null)).toBe(true)
    expect(matchesLike('x', 'x', '/')).toBe(true)
    expect(matchesLike('/x', 'x', '/')).toBe(false)
  })

  it('wants one escape character, and a wildcard or itself behind it', () => {
    expect(() => matchesLike('a', 'a', '!!')).toThrow('ORA-01425')
    expect(() => matchesLike('a', '!a', '!')).toThrow('ORA-01424')
    expect(matchesLike('10%!', '10!%!!', '!')).toBe(true)
  })

  // An algorithm that tried every way to split the text would not end within the time limit of a test.
  it('answers a pattern of many wildcards without trying every way to split the text', () => {
    expect(matchesLike('a'.repeat(2000), `${'%a'.repeat(30)}%b`, null)).toBe(false)
  })
})

describe('literals of times', () => {
  it('reads a timestamp with and without fraction and zone', () => {
    const plain = parseTimestampLiteral('2026-01-31 10:00:00')
    expect([plain.type.name, plain.value.hour, plain.value.offsetMinutes]).toEqual(['TIMESTAMP', 10, undefined])
    const zoned = parseTimestampLiteral('2026-01-31 10:00:00.5 -01:30')
    expect(zoned.type.name).toBe('TIMESTAMP WITH TIME ZONE')
    expect([zoned.value.nanosecond, zoned.value.offsetMinutes]).toEqual([500_000_000, -90])
    expect(parseTimestampLiteral('2026-01-31 10:00:00Z').value.offsetMinutes).toBe(0)
  })

  it.each([
    ['2026-13-01', 'ORA-01843'],
    ['2026-02-30', 'ORA-01839'],
    ['2026-02-32', 'ORA-01847'],
    ['2026-02', 'ORA-01840'],
    ['2026-02-01 10:00', 'ORA-01830'],
  ])('refuses DATE %s with %s', (text, message) => {
    expect(() => parseDateLiteral(text)).toThrow(message)
  })
})

describe('literals of intervals', () => {
  it.each([
    ['1-2', 'YEAR', 'MONTH', new Interval('months', 14n)],
    ['-3', 'MONTH', 'MONTH', new Interval('months', -3n)],
    ['1 02:30', 'DAY', 'MINUTE', new Interval('nanoseconds', 95_400_000_000_000n)],
    ['-0.25', 'SECOND', 'SECOND', new Interval('nanoseconds', -250_000_000n)],
    ['1.5', 'DAY', 'DAY', undefined],
    ['1', 'DAY', 'HOUR', undefined],
    ['1', 'SECOND', 'DAY', undefined],
  ])('reads %s from %s to %s', (text, from, to, interval) => {
    expect(parseIntervalLiteral(text, from, to)).toEqual(interval)
  })
})
