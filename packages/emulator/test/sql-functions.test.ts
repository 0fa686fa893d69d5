import { describe, expect, it } from 'vitest'
import { useEngine } from './sql-fixture.ts'

const database = useEngine()

type Case = readonly [expression: string, value: string | null]

function cases(title: string, list: readonly Case[]): void {
  describe(title, () => {
    it.each(list)('%s is %s', async (expression, expected) => {
      expect(await database.user().value(expression)).toBe(expected)
    })
  })
}

cases('numbers', [
  ['10 / 4', '2.5'],
  ['1 / 3 * 3', '0.9999999999999999999999999999999999999999'],
  ['0.1 + 0.2', '0.3'],
  ['99999999999999999999999999999999999999 + 1', '100000000000000000000000000000000000000'],
  ['-5 + 2 * 3', '1'],
  ['1 - -1', '2'],
  ['round(15.195, 2)', '15.2'],
  ['round(-15.5)', '-16'],
  ['round(1234, -2)', '1200'],
  ['trunc(-15.79, 1)', '-15.7'],
  ['mod(-11, 4)', '-3'],
  ['mod(5, 0)', '5'],
  ['remainder(11, 4)', '-1'],
  ['ceil(-1.2)', '-1'],
  ['floor(-1.2)', '-2'],
  ['power(2, -1)', '0.5'],
  ['sign(-0.1)', '-1'],
  ['abs(-7)', '7'],
  ['log(10, 1000)', '3'],
  ["'3' * '4'", '12'],
  ['1e3', '1000'],
  ['null + 1', null],
  ['bitand(6, 3)', '2'],
  ['width_bucket(5, 0, 10, 4)', '3'],
])

cases('text', [
  ["'a' || null || 'b'", 'ab'],
  ["null || ''", null],
  ["''", null],
  ["length('')", null],
  ["length('æøå')", '3'],
  ["lengthb('æøå')", '6'],
  ["substr('hello', 0, 2)", 'he'],
  ["substr('hello', -3)", 'llo'],
  ["substr('hello', 10)", null],
  ["substr('hello', 2, 0)", null],
  ["instr('corporate floor', 'or', 3, 2)", '14'],
  ["instr('corporate floor', 'or', -3, 2)", '2'],
  ["instr('abc', 'x')", '0'],
  ["initcap('hello wORLD-wide')", 'Hello World-Wide'],
  ["lpad('abc', 2)", 'ab'],
  ["lpad('7', 3, '0')", '007'],
  ["rpad('ab', 5, 'xy')", 'abxyx'],
  ["trim('  a ')", 'a'],
  ["trim(leading '0' from '0070')", '70'],
  ["trim(both 'x' from 'xax')", 'a'],
  ["ltrim('xyxa', 'xy')", 'a'],
  ["rtrim('a..', '.')", 'a'],
  ["replace('banana', 'an')", 'ba'],
  ["replace('banana', 'a', 'o')", 'bonono'],
  ["translate('2KRW229', '0123456789', '9999999999')", '9KRW999'],
  ["concat('a', 'b')", 'ab'],
  ['chr(65)', 'A'],
  ["ascii('A')", '65'],
  ["upper('straße')", 'STRASSE'],
  ["reverse('abc')", 'cba'],
  ["soundex('Smythe')", 'S530'],
  ["q'[it's]'", "it's"],
  ["q'{a}' || nq'!b!'", 'ab'],
])

cases('regular expressions', [
  ["regexp_replace('abc123', '[[:digit:]]+', '#')", 'abc#'],
  ["regexp_replace('2024-05', '(\\d+)-(\\d+)', '\\2/\\1')", '05/2024'],
  ["regexp_replace('aaa', 'a', 'b', 1, 2)", 'aba'],
  ["regexp_substr('a,b,c', '[^,]+', 1, 2)", 'b'],
  ["regexp_substr('key=value', '(\\w+)=(\\w+)', 1, 1, null, 2)", null],
  ["regexp_substr('key=value', '(\\w+)=(\\w+)', 1, 1, 'c', 2)", 'value'],
  ["regexp_instr('abc', 'c')", '3'],
  ["regexp_count('banana', 'an')", '2'],
  ["case when regexp_like('Hello', '^h', 'i') then 'yes' end", 'yes'],
  ["case when not regexp_like('Hello', '^h') then 'no' end", 'no'],
])

cases('choices', [
  ["nvl(null, 'x')", 'x'],
  ["nvl2('a', 1, 2)", '1'],
  ["coalesce(null, null, 'z')", 'z'],
  ['nullif(1, 1)', null],
  ["decode(null, null, 'same', 'other')", 'same'],
  ["decode(2, 1, 'one', 2, 'two')", 'two'],
  ["decode(3, 1, 'one', 2, 'two')", null],
  ["greatest(1, '3', 2)", '3'],
  ["least('b', 'a')", 'a'],
  ['greatest(1, null)', null],
  ["case 3 when 1 then 'a' else 'b' end", 'b'],
  ["case when null = null then 'equal' else 'unknown' end", 'unknown'],
  ["case when 1 in (2, null) then 'in' when 1 not in (2, null) then 'out' else 'unknown' end", 'unknown'],
  ["case when 'abc' like 'a_c' and '50%' like '50\\%' escape '\\' then 'like' end", 'like'],
  ["case when 'ABC' like 'abc' then 1 else 0 end", '0'],
  ["case when 5 between 1 and 5 then 'in' end", 'in'],
])

cases('dates', [
  ["date '2024-02-28' + 1", '2024-02-29'],
  ["date '2024-03-01' - date '2024-02-01'", '29'],
  ["to_date('2024-05-06 13:30', 'YYYY-MM-DD HH24:MI') + 1/24", '2024-05-06 14:30:00'],
  ["add_months(date '2024-01-31', 1)", '2024-02-29'],
  ["add_months(date '2024-02-29', 12)", '2025-02-28'],
  ["months_between(date '2024-03-15', date '2024-01-15')", '2'],
  ["round(months_between(date '2024-03-01', date '2024-01-15'), 4)", '1.5484'],
  ["last_day(date '2023-02-10')", '2023-02-28'],
  ["next_day(date '2024-01-01', 'MONDAY')", '2024-01-08'],
  ["trunc(date '2024-05-15', 'Q')", '2024-04-01'],
  ["trunc(date '2024-05-15', 'IW')", '2024-05-13'],
  ["round(date '2024-05-16', 'MM')", '2024-06-01'],
  ["round(to_date('2024-05-16 12:00', 'YYYY-MM-DD HH24:MI'))", '2024-05-17'],
  ["extract(month from date '2024-05-15')", '5'],
  ["extract(second from timestamp '2024-01-01 00:00:01.5')", '1.5'],
  ["date '2024-01-31' + interval '1' day", '2024-02-01'],
  ["date '2024-01-01' - interval '1-2' year to month", '2022-11-01'],
  ["timestamp '2024-01-01 00:00:00' + interval '1 02:03:04.5' day to second", '2024-01-02 02:03:04.5'],
  ["timestamp '2024-01-02 00:00:00' - timestamp '2024-01-01 12:00:00'", 'P0DT12H0M0S'],
  ["timestamp '2024-01-01 10:00:00 +02:00'", '2024-01-01 10:00:00+120'],
  ["timestamp '2024-01-01 10:00:00 +02:00' at time zone 'UTC'", '2024-01-01 08:00:00+0'],
  ["timestamp '2024-01-01 10:00:00 +02:00' at time zone '-03:00'", '2024-01-01 05:00:00-180'],
  ["timestamp '2024-01-01 10:00:00 +02:00' at local", '2024-01-01 08:00:00+0'],
  ["timestamp '2024-07-01 10:00:00 +00:00' at time zone 'Europe/Berlin'", '2024-07-01 12:00:00+120'],
  ["timestamp '2024-01-01 10:00:00 +00:00' at time zone 'america/new_york'", '2024-01-01 05:00:00-300'],
  ["from_tz(timestamp '2024-01-01 10:00:00', 'Europe/Berlin')", '2024-01-01 10:00:00+60'],
  ["from_tz(timestamp '2024-03-31 01:59:59', 'Europe/Berlin')", '2024-03-31 01:59:59+60'],
  ["from_tz(timestamp '2024-03-31 03:00:00', 'Europe/Berlin')", '2024-03-31 03:00:00+120'],
  ["from_tz(timestamp '2024-10-27 02:30:00', 'Europe/Berlin')", '2024-10-27 02:30:00+120'],
  ["from_tz(timestamp '2024-10-27 03:00:00', 'Europe/Berlin')", '2024-10-27 03:00:00+60'],
  ["from_tz(timestamp '2024-11-03 01:30:00', 'America/New_York')", '2024-11-03 01:30:00-240'],
  ["cast(timestamp '2024-01-01 10:00:00' at time zone '+01:00' as timestamp)", '2024-01-01 11:00:00'],
  ["case when timestamp '2024-01-01 10:00:00 +02:00' = timestamp '2024-01-01 08:00:00 +00:00' then 'same' end", 'same'],
  ["case when date '2024-01-01' < timestamp '2024-01-01 00:00:01' then 'before' end", 'before'],
  ["case when date '2024-01-01' = '01-JAN-24' then 'same' end", 'same'],
  ['trunc(sysdate) - trunc(sysdate)', '0'],
])

cases('conversions', [
  ["to_char(1234567.891, 'FM9,999,999.99')", '1,234,567.89'],
  ["to_char(1234.5, '99999.00')", '  1234.50'],
  ["to_char(-5, '99')", ' -5'],
  ["to_char(5, 'S99')", ' +5'],
  ["to_char(-5, '99PR')", ' <5>'],
  ["to_char(0.5, '0.00')", ' 0.50'],
  ["to_char(0.5, '.99')", ' .50'],
  ["to_char(0, '99')", '  0'],
  ["to_char(1234, '999')", '####'],
  ["to_char(12, 'FM000')", '012'],
  ["to_char(255, 'FMXX')", 'FF'],
  ["to_char(14, 'FMRN')", 'XIV'],
  ["to_char(12345, '9.99EEEE')", '  1.23E+04'],
  ["to_char(1234, '$9,999')", ' $1,234'],
  ['to_char(.5)', '.5'],
  ['to_char(-.5)', '-.5'],
  ["to_char(date '2024-02-09', 'FMDay, DD Month YYYY')", 'Friday, 9 February 2024'],
  ["to_char(date '2024-02-09', 'DY DDTH \"of\" MON')", 'FRI 09TH of FEB'],
  ["to_char(date '2024-12-30', 'IYYY-IW WW Q DDD J')", '2025-01 53 4 365 2460675'],
  ["to_char(to_date('13:05', 'HH24:MI'), 'HH:MI AM')", '01:05 PM'],
  ["to_char(timestamp '2024-01-01 01:02:03.045', 'SS.FF3')", '03.045'],
  ["to_char(timestamp '2024-01-01 01:02:03 -05:30', 'TZH:TZM')", '-05:30'],
  ["to_char(date '2024-01-02')", '02-JAN-24'],
  ["to_number('1,234.50', '9,999.99')", '1234.5'],
  ["to_number(' -12 ')", '-12'],
  ["to_date('09-FEB-49', 'DD-MON-RR')", '2049-02-09'],
  ["to_date('09-FEB-50', 'DD-MON-RR')", '1950-02-09'],
  ["to_date('20240209', 'YYYYMMDD')", '2024-02-09'],
  ["to_date('9 february 2024', 'DD MONTH YYYY')", '2024-02-09'],
  ["to_timestamp('2024-01-02 03:04:05.678', 'YYYY-MM-DD HH24:MI:SS.FF3')", '2024-01-02 03:04:05.678'],
  ["cast('12.5' as number(5, 0))", '13'],
  ["cast('abcdef' as varchar2(3))", 'abc'],
  ["cast('x' as char(3)) || '.'", 'x  .'],
  ["cast(date '2024-01-02' as timestamp)", '2024-01-02'],
  ["to_clob('x') || 1", 'x1'],
  ["hextoraw('ff00')", 'ff00'],
  ["rawtohex(hextoraw('ff00'))", 'FF00'],
  ["rawtohex(standard_hash('a', 'MD5'))", '0CC175B9C0F1B6A831C399E269772661'],
])

describe('the session', () => {
  it('tells about itself', async () => {
    const demo = database.user()
    expect(await demo.value('user')).toBe('DEMO')
    expect(await demo.value("sys_context('userenv', 'session_user')")).toBe('DEMO')
    expect(await demo.value("sys_context('USERENV', 'MODULE')")).toBeNull()
    expect((await demo.error("select sys_context('USERENV', 'NO_SUCH') from dual")).number).toBe(2003)
  })

  it('gives one time to a whole statement', async () => {
    const [row] = await database.user().rows('select min(systimestamp), max(systimestamp) from store.sales')
    expect(row?.[0]).toBe(row?.[1])
  })
})

describe('CHAR columns', () => {
  it('are filled with blanks, which comparisons overlook', async () => {
    const demo = database.user()
    expect(await demo.rows("select code || '.', length(code) from store.shops where code = 'OSL'")).toEqual([
      ['OSL .', '4'],
    ])
  })
})

describe('aggregates of spread', () => {
  it('work on samples and populations', async () => {
    const demo = database.user()
    const from = '(select level n from dual connect by level <= 4)'
    expect(
      await demo.rows(
        `select variance(n), var_pop(n), round(stddev(n), 6), round(stddev_pop(n) * stddev_pop(n), 30) from ${from}`,
      ),
    ).toEqual([['1.66666666666666666666666666666666666667', '1.25', '1.290994', '1.25']])
    expect(await demo.rows('select stddev(1), stddev_samp(1), var_samp(null) from dual')).toEqual([['0', null, null]])
  })
})
