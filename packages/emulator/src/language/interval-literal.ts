import { Interval } from '../values/interval.ts'

const SECONDS: Readonly<Record<string, bigint>> = { DAY: 86_400n, HOUR: 3600n, MINUTE: 60n, SECOND: 1n }
const FIELDS = ['DAY', 'HOUR', 'MINUTE', 'SECOND']
const NANOSECONDS = 1_000_000_000n

/**
 * Reads INTERVAL '3' DAY, INTERVAL '1-2' YEAR TO MONTH and their kin.
 * @param text - what stands between the quotes
 * @param from - the leading field, in upper case
 * @param to - the last field; the leading one when there is no TO
 * @returns undefined when the text does not fit the fields, which is ORA-01867
 */
export function parseIntervalLiteral(text: string, from: string, to: string): Interval | undefined {
  return from === 'YEAR' || from === 'MONTH' ? readMonths(text, from, to) : readSpan(text, from, to)
}

function readMonths(text: string, from: string, to: string): Interval | undefined {
  const found = /^\s*([+-]?)(\d+)(?:-(\d+))?\s*$/.exec(text)
  if (found === null || (found[3] !== undefined) !== (from !== to)) return undefined
  const first = BigInt(found[2] as string)
  const amount = from === 'YEAR' ? first * 12n + BigInt(found[3] ?? 0) : first
  return new Interval('months', found[1] === '-' ? -amount : amount)
}

function readSpan(text: string, from: string, to: string): Interval | undefined {
  const [first, last] = [FIELDS.indexOf(from), FIELDS.indexOf(to)]
  const found = /^\s*([+-]?)\s*([\d\s:.]+)$/.exec(text)
  if (found === null || first === -1 || last < first) return undefined
  const parts = (found[2] as string).trim().split(/[\s:]+/)
  if (parts.length !== last - first + 1) return undefined
  let total = 0n
  for (const [index, part] of parts.entries()) {
    const field = FIELDS[first + index] as string
    const digits = (field === 'SECOND' ? /^(\d+)(?:\.(\d{1,9}))?$/ : /^(\d+)$/).exec(part)
    if (digits === null) return undefined
    total += BigInt(digits[1] as string) * (SECONDS[field] as bigint) * NANOSECONDS
    total += BigInt((digits[2] ?? '').padEnd(9, '0'))
  }
  return new Interval('nanoseconds', found[1] === '-' ? -total : total)
}
