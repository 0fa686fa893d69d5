import { expect, test } from 'vitest'
import { generate } from '../../packages/core/src/sql/statements.ts'
import { statement } from '../bench/ask-by-hand.ts'

test('the benchmark compares with a handler that sends the same statement', () => {
  expect(statement).toBe(generate)
})
