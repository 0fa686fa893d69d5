import type { ColumnShape } from './table-shape.ts'

const MONEY = /PRICE|COST|AMOUNT|SALARY|BALANCE|REVENUE|BUDGET|FEE|TOTAL|RATE|WEIGHT|HEIGHT|LATITUDE|LONGITUDE/

/** How far apart the values of a number column are: 1 for whole numbers. */
export function stepOf({ name, type, precision, scale }: ColumnShape): number {
  if (type !== 'NUMBER') return 0.01
  if (precision === undefined) return MONEY.test(name) ? 0.01 : 1
  return scale !== undefined && scale > 0 ? 10 ** -Math.min(scale, 2) : 1
}
