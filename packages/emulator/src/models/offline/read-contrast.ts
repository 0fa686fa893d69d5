import { finestUnit } from './read-periods.ts'
import type { Reading } from './reading.ts'

/** Understands `compare 2022 and 2023` and `compare Internet and Partners`: what is compared is shown side by side. */
export function readContrast(reading: Reading): void {
  if (!/^compare$/i.test(reading.text(0))) return
  const periods = reading.periods.filter(({ comparison }) => comparison === '=').map(({ period }) => period)
  const [first] = periods
  if (first !== undefined && periods.length > 1) {
    reading.dimensions.push({ kind: 'unit', unit: finestUnit(first), candidates: [] })
    return
  }
  const values = [...reading.open()].flatMap((index) => reading.meaning(index, 'value') ?? [])
  const [one, other] = values
  if (one !== undefined && one.column === other?.column) {
    reading.dimensions.push({ kind: 'columns', facts: one.facts, columns: [one.column] })
  }
}
