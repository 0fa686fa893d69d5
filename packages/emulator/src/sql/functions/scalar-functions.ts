import { characterFunctions } from './character-functions.ts'
import { conversionFunctions } from './conversion-functions.ts'
import { dateFunctions } from './date-functions.ts'
import { generalFunctions } from './general-functions.ts'
import { jsonFunctions } from './json-functions.ts'
import { numberFunctions } from './number-functions.ts'
import { regularExpressionFunctions } from './regular-expression-functions.ts'
import type { ScalarFunction } from './scalar-function.ts'

/** All scalar functions by upper-case name. */
export const scalarFunctions: ReadonlyMap<string, ScalarFunction> = new Map(
  [
    ...characterFunctions,
    ...conversionFunctions,
    ...dateFunctions,
    ...generalFunctions,
    ...jsonFunctions,
    ...numberFunctions,
    ...regularExpressionFunctions,
  ].map((scalar) => [scalar.name, scalar]),
)
