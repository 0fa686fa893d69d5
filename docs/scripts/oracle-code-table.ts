import { readFileSync } from 'node:fs'
import { fromDriverError } from '../../packages/core/src/errors/from-driver-error.ts'
import { markdownTable } from './markdown-table.ts'

const source = new URL('../../packages/core/src/errors/from-driver-error.ts', import.meta.url)

/** Which class each number of Oracle or its driver becomes during a call: the numbers are read, their class is asked for. */
export function oracleCodeTable(): string {
  const codes = new Set(
    readFileSync(source, 'utf8')
      .match(/'(?:ORA|NJS|DPI)-\d+'/g)
      ?.map((quoted) => quoted.slice(1, -1)),
  )
  const byClass = new Map<string, string[]>()
  for (const code of [...codes].sort()) {
    const { name } = fromDriverError({ code, message: '' }, { phase: 'call', profile: 'SALES' })
    byClass.set(name, [...(byClass.get(name) ?? []), code])
  }
  byClass.delete('DatabaseError')
  const rows = [...byClass].sort().map(([name, codes]) => [`\`${name}\``, codes.map((code) => `\`${code}\``).join(' ')])
  return markdownTable(['Class', 'Numbers'], rows)
}
