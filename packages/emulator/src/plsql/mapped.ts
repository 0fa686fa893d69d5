import type { Compiled, Evaluate } from './compile-context.ts'
import { chain, type Eventual } from './eventual.ts'
import type { Frame } from './execution.ts'
import type { PlsqlType } from './plsql-type.ts'
import type { PlsqlValue } from './plsql-value.ts'

/** An expression over the value of another one. */
export function mapped(
  operand: Compiled,
  type: PlsqlType | undefined,
  map: (value: PlsqlValue, frame: Frame) => Eventual<PlsqlValue>,
): Compiled {
  return { type, evaluate: (frame) => chain(operand.evaluate(frame), (value) => map(value, frame)) }
}

/** An expression over the values of two others, evaluated from left to right. */
export function mappedPair(
  left: Compiled,
  right: Compiled,
  type: PlsqlType | undefined,
  map: (left: PlsqlValue, right: PlsqlValue, frame: Frame) => PlsqlValue,
): Compiled {
  const evaluate: Evaluate = (frame) =>
    chain(left.evaluate(frame), (first) => chain(right.evaluate(frame), (second) => map(first, second, frame)))
  return { type, evaluate }
}
