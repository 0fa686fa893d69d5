import type { Expression } from '../parse/syntax-tree.ts'
import { Interval } from '../values/sql-value.ts'
import { literalOf } from '../values/stored-value.ts'
import type { Operand } from './scope.ts'
import type { Translation } from './translation.ts'

const SECONDS: Readonly<Record<string, bigint>> = { DAY: 86_400n, HOUR: 3600n, MINUTE: 60n, SECOND: 1n }
const FIELDS = ['DAY', 'HOUR', 'MINUTE', 'SECOND']
const NANOSECONDS = 1_000_000_000n

/** Reads INTERVAL '3' DAY, INTERVAL '1-2' YEAR TO MONTH and their kin. @throws OracleError ORA-01867 */
export function intervalLiteral(node: Extract<Expression, { kind: 'interval' }>, translation: Translation): Operand {
  const months = node.from === 'YEAR' || node.from === 'MONTH'
  const value = months ? readMonths(node.value, node.from, node.to) : readSpan(node.value, node.from, node.to)
  if (value === undefined) throw translation.error(node.start, 1867, 'the interval is invalid')
  const name = months ? 'INTERVAL YEAR TO MONTH' : 'INTERVAL DAY TO SECOND'
  return { sql: literalOf(value), type: { name }, nullable: false }
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
