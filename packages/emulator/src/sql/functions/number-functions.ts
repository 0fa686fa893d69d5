import type { Decimal } from 'decimal.js'
import { OracleError } from '../../oracle-error.ts'
import { OracleNumber } from '../../values/oracle-number.ts'
import { NUMBER } from '../../values/oracle-type.ts'
import { limited } from '../values/number-format.ts'
import type { SqlValue } from '../values/sql-value.ts'
import { always } from './result-type.ts'
import type { ScalarFunction } from './scalar-function.ts'

type Numbers = readonly [OracleNumber, OracleNumber]

const ONE = new OracleNumber(1)
/** Powers of ten between which a NUMBER lies, with room for rounding. */
const LARGEST_POWER = 127
const SMALLEST_POWER = -140
const FAR_FROM_ZERO = 1e15
/** TANH is 1 to forty digits from here on. */
const FLAT_TANGENT = 60

function unary(name: string, run: (value: OracleNumber) => OracleNumber): ScalarFunction {
  return {
    name,
    parameters: ['number'],
    returns: always(NUMBER),
    run: ([value]) => limited(run(value as OracleNumber)),
  }
}

function binary(name: string, run: (left: OracleNumber, right: OracleNumber) => OracleNumber): ScalarFunction {
  return {
    name,
    parameters: ['number', 'number'],
    returns: always(NUMBER),
    run: (values) => limited(run(...(values as unknown as Numbers))),
  }
}

function outOfRange(): OracleError {
  return new OracleError(1428, 'argument is out of range')
}

function power(base: OracleNumber, exponent: OracleNumber): OracleNumber {
  if (base.isNegative() && !exponent.isInteger()) throw outOfRange()
  if (base.isZero() && exponent.isNegative()) throw outOfRange()
  if (base.isZero() || exponent.isZero() || base.equals(1)) return base.pow(exponent.isZero() ? 0 : 1)
  const digits = exponent.toNumber() * Math.log10(base.abs().toNumber() || Number.MIN_VALUE)
  if (digits > LARGEST_POWER) throw overflow()
  return digits < SMALLEST_POWER ? new OracleNumber(0) : base.pow(exponent)
}

/** e to a power; powers that no NUMBER can hold are not worked out digit by digit. */
function exponential(value: OracleNumber): OracleNumber {
  if (value.greaterThan(LARGEST_POWER * Math.LN10)) throw overflow()
  return value.lessThan(SMALLEST_POWER * Math.LN10) ? new OracleNumber(0) : value.exp()
}

function overflow(): OracleError {
  return new OracleError(1426, 'numeric overflow')
}

/** Hyperbolic functions grow like powers of e. */
function hyperbolic(run: (value: OracleNumber) => OracleNumber): (value: OracleNumber) => OracleNumber {
  return (value) => {
    if (value.abs().greaterThan(LARGEST_POWER * Math.LN10)) throw overflow()
    return run(value)
  }
}

/** Far from zero the neighbouring numbers lie further apart than a turn, so double precision loses nothing more. */
function trigonometric(
  exact: (value: OracleNumber) => OracleNumber,
  far: (value: number) => number,
): (value: OracleNumber) => OracleNumber {
  return (value) => (value.abs().greaterThan(FAR_FROM_ZERO) ? new OracleNumber(far(value.toNumber())) : exact(value))
}

/** MOD keeps the sign of the first argument; by zero it gives the first argument back. */
function modulo(left: OracleNumber, right: OracleNumber): OracleNumber {
  return right.isZero() ? left : left.modulo(right)
}

function remainder(left: OracleNumber, right: OracleNumber): OracleNumber {
  if (right.isZero()) throw new OracleError(1476, 'divisor is equal to zero')
  return left.minus(right.times(left.dividedBy(right).toDecimalPlaces(0, OracleNumber.ROUND_HALF_EVEN)))
}

function logarithm(base: OracleNumber, value: OracleNumber): OracleNumber {
  if (!value.greaterThan(0) || !base.greaterThan(0) || base.equals(1)) throw outOfRange()
  return value.log(base)
}

function naturalLogarithm(value: OracleNumber): OracleNumber {
  if (!value.greaterThan(0)) throw outOfRange()
  return value.ln()
}

function squareRoot(value: OracleNumber): OracleNumber {
  if (value.isNegative() && !value.isZero()) throw outOfRange()
  return value.sqrt()
}

/** Rounds or cuts at a decimal place; negative places stand left of the point. */
export function toPlaces(
  value: OracleNumber,
  places: OracleNumber | undefined,
  rounding: Decimal.Rounding,
): OracleNumber {
  const count = (places ?? new OracleNumber(0)).trunc().toNumber()
  if (count >= 0) return value.toDecimalPlaces(Math.min(count, 160), rounding)
  const unit = new OracleNumber(10).pow(-count)
  return value.dividedBy(unit).toDecimalPlaces(0, rounding).times(unit)
}

/** WIDTH_BUCKET: buckets are counted from 1; 0 and count + 1 lie outside. */
function widthBucket(values: readonly SqlValue[]): OracleNumber {
  const [value, low, high, count] = values as readonly OracleNumber[]
  if (value === undefined || low === undefined || high === undefined || count === undefined) throw outOfRange()
  if (!count.greaterThan(0) || low.equals(high)) throw outOfRange()
  if (value.lessThan(low)) return new OracleNumber(0)
  if (value.greaterThanOrEqualTo(high)) return count.trunc().plus(1)
  return value.minus(low).times(count.trunc()).dividedBy(high.minus(low)).floor().plus(1)
}

export const numberFunctions: readonly ScalarFunction[] = [
  unary('ABS', (value) => value.abs()),
  unary('CEIL', (value) => value.ceil()),
  unary('FLOOR', (value) => value.floor()),
  unary('SIGN', (value) => new OracleNumber(value.isZero() ? 0 : value.isNegative() ? -1 : 1)),
  unary('SQRT', squareRoot),
  unary('EXP', exponential),
  unary('LN', naturalLogarithm),
  unary(
    'SIN',
    trigonometric((value) => value.sin(), Math.sin),
  ),
  unary(
    'COS',
    trigonometric((value) => value.cos(), Math.cos),
  ),
  unary(
    'TAN',
    trigonometric((value) => value.tan(), Math.tan),
  ),
  unary('ASIN', (value) => bounded(value).asin()),
  unary('ACOS', (value) => bounded(value).acos()),
  unary('ATAN', (value) => value.atan()),
  unary(
    'SINH',
    hyperbolic((value) => value.sinh()),
  ),
  unary(
    'COSH',
    hyperbolic((value) => value.cosh()),
  ),
  unary('TANH', (value) =>
    value.abs().greaterThan(FLAT_TANGENT) ? new OracleNumber(value.isNegative() ? -1 : 1) : value.tanh(),
  ),
  binary('ATAN2', (left, right) => OracleNumber.atan2(left, right)),
  binary('POWER', power),
  binary('MOD', modulo),
  binary('REMAINDER', remainder),
  binary('LOG', logarithm),
  binary('BITAND', (left, right) => new OracleNumber(String(BigInt(left.toFixed(0)) & BigInt(right.toFixed(0))))),
  {
    name: 'BIN_TO_NUM',
    parameters: ['number'],
    variadic: true,
    returns: always(NUMBER),
    run: (bits) => (bits as readonly OracleNumber[]).reduce((total, bit) => total.times(2).plus(binaryDigit(bit))),
  },
  {
    name: 'ROUND_TIES_TO_EVEN',
    parameters: ['number', 'number'],
    optional: 1,
    returns: always(NUMBER),
    run: ([value, places]) =>
      toPlaces(value as OracleNumber, places as OracleNumber | undefined, OracleNumber.ROUND_HALF_EVEN),
  },
  // There is no NaN here.
  { name: 'NANVL', parameters: ['number', 'number'], returns: always(NUMBER), run: ([value]) => value ?? null },
  {
    name: 'WIDTH_BUCKET',
    parameters: ['number', 'number', 'number', 'number'],
    returns: always(NUMBER),
    run: widthBucket,
  },
]

function binaryDigit(value: OracleNumber): OracleNumber {
  if (value.isZero() || value.equals(ONE)) return value
  throw outOfRange()
}

function bounded(value: OracleNumber): OracleNumber {
  if (value.abs().greaterThan(ONE)) throw outOfRange()
  return value
}
