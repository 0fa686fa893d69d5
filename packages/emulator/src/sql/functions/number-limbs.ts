import { OracleError } from '../../oracle-error.ts'
import { OracleNumber } from '../../values/oracle-number.ts'

const LIMB_DIGITS = 12
/** Decimal places that the lowest limb reaches down to. */
const PLACES = 60
/** Limbs from 10^-60 up to 10^36. */
export const LIMB_COUNT = 8

const LIMB = 10n ** BigInt(LIMB_DIGITS)
const SCALE = new OracleNumber(10).pow(PLACES)
const LIMIT = new OracleNumber(10).pow(LIMB_COUNT * LIMB_DIGITS - PLACES)

/**
 * Cuts a number into whole numbers of twelve digits, lowest first, all with its sign.
 * @throws OracleError ORA-01426 for a number with digits outside the limbs' range
 */
export function splitNumber(value: OracleNumber): readonly number[] {
  if (value.abs().greaterThanOrEqualTo(LIMIT) || value.decimalPlaces() > PLACES) {
    throw new OracleError(1426, 'numeric overflow')
  }
  let rest = BigInt(wide(value).times(SCALE).toFixed(0))
  const limbs: number[] = []
  for (let index = 0; index < LIMB_COUNT; index += 1) {
    limbs.push(Number(rest % LIMB))
    rest /= LIMB
  }
  return limbs
}

/** The number that sums of limbs stand for. */
export function joinLimbs(sums: readonly bigint[]): OracleNumber {
  const total = sums.reduceRight((higher, sum) => higher * LIMB + sum, 0n)
  return new OracleNumber(wide(String(total)).dividedBy(SCALE))
}

/** Arithmetic with more digits than a NUMBER has, so that nothing is rounded on the way. */
const Wide: typeof OracleNumber = OracleNumber.clone({ precision: 120 })

function wide(value: OracleNumber | string): OracleNumber {
  return new Wide(value)
}
