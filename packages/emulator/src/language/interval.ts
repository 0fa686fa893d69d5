/** A span of time: INTERVAL YEAR TO MONTH has only months, INTERVAL DAY TO SECOND only nanoseconds. */
export class Interval {
  readonly months: number
  readonly nanoseconds: bigint
  readonly kind: 'months' | 'nanoseconds'

  constructor(kind: 'months' | 'nanoseconds', amount: bigint) {
    this.kind = kind
    this.months = kind === 'months' ? Number(amount) : 0
    this.nanoseconds = kind === 'nanoseconds' ? amount : 0n
  }
}
