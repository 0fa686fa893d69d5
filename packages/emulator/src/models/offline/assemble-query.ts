import { listFrame } from './list-frame.ts'
import { hasMeasure, measuredFrame } from './measured-frame.ts'
import { placeConditions } from './place-conditions.ts'
import type { Condition, Query } from './query-form.ts'
import { valueCondition } from './read-negations.ts'
import type { Reading } from './reading.ts'

/** Puts together what was understood: which table the rows come from, what is shown, and which rows count. */
export function assembleQuery(reading: Reading): Query {
  const values = takeValues(reading)
  const frame = hasMeasure(reading) ? measuredFrame(reading) : listFrame(reading, values)
  const placed = placeConditions(reading, frame.base, [...reading.conditions, ...values])
  refuseLeftovers(reading)
  return { having: [], ...frame, ...placed, limit: reading.limit }
}

function takeValues(reading: Reading): Condition[] {
  return [...reading.open()].flatMap((index) => {
    const value = reading.meaning(index, 'value')
    if (value === undefined) return []
    reading.use(index)
    return [valueCondition(value, false)]
  })
}

const HARMLESS = new Set(['opener', 'and', 'money', 'distinct', 'everything', 'direction', 'altogether', 'both'])

function refuseLeftovers(reading: Reading): void {
  for (const index of reading.open()) {
    const mark = reading.marks[index]
    if (mark === undefined || (mark.kind === 'role' && HARMLESS.has(mark.role.kind))) continue
    reading.fail(`it is not clear what "${mark.text}" refers to`)
  }
}
