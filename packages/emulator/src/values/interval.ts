const SECOND = 1_000_000_000n
/** Fields are carried as their distance from the middle of what their bytes hold. */
const MIDDLE = 0x8000_0000
const FIELD = 60

/** The fields of INTERVAL DAY TO SECOND; in a negative one all of them are negative or zero. */
export interface IntervalParts {
  /** Whole days. */
  readonly days: number
  /** 0 to 23. */
  readonly hours: number
  /** 0 to 59. */
  readonly minutes: number
  /** 0 to 59. */
  readonly seconds: number
  /** Fraction of the second, 0 to 999,999,999. */
  readonly nanoseconds: number
}

/** A span of time: INTERVAL YEAR TO MONTH has only months, INTERVAL DAY TO SECOND only nanoseconds. */
export class Interval {
  /** Which of the two types it is. */
  readonly kind: 'months' | 'nanoseconds'
  /** Years and months together; 0 in INTERVAL DAY TO SECOND. */
  readonly months: number
  /** Days and all smaller fields together; 0 in INTERVAL YEAR TO MONTH. */
  readonly nanoseconds: bigint

  constructor(kind: 'months' | 'nanoseconds', amount: bigint) {
    this.kind = kind
    this.months = kind === 'months' ? Number(amount) : 0
    this.nanoseconds = kind === 'nanoseconds' ? amount : 0n
  }

  /** A day-to-second interval by its fields. */
  static ofParts(parts: IntervalParts): Interval {
    const seconds = ((parts.days * 24 + parts.hours) * 60 + parts.minutes) * 60 + parts.seconds
    return new Interval('nanoseconds', BigInt(seconds) * SECOND + BigInt(parts.nanoseconds))
  }

  /** The fields of a day-to-second interval. */
  parts(): IntervalParts {
    const seconds = Number(this.nanoseconds / SECOND)
    const nanoseconds = Number(this.nanoseconds % SECOND)
    const minutes = Math.trunc(seconds / 60)
    const hours = Math.trunc(minutes / 60)
    return {
      days: Math.trunc(hours / 24),
      hours: hours % 24,
      minutes: minutes % 60,
      seconds: seconds % 60,
      nanoseconds,
    }
  }

  /** Reads an interval as Oracle Net carries it: five bytes for years and months, eleven for days to fractions of a second. */
  static fromBytes(bytes: Uint8Array): Interval {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const field = (index: number) => view.getUint8(index) - FIELD
    const first = view.getUint32(0) - MIDDLE
    if (bytes.length === 5) return new Interval('months', BigInt(first * 12 + field(4)))
    const nanoseconds = view.getUint32(7) - MIDDLE
    return Interval.ofParts({ days: first, hours: field(4), minutes: field(5), seconds: field(6), nanoseconds })
  }

  /** The bytes in which Oracle Net carries it. */
  toBytes(): Uint8Array {
    const bytes = new Uint8Array(this.kind === 'months' ? 5 : 11)
    const view = new DataView(bytes.buffer)
    if (this.kind === 'months') {
      view.setUint32(0, MIDDLE + Math.trunc(this.months / 12))
      view.setUint8(4, FIELD + (this.months % 12))
      return bytes
    }
    const { days, hours, minutes, seconds, nanoseconds } = this.parts()
    view.setUint32(0, MIDDLE + days)
    bytes.set([FIELD + hours, FIELD + minutes, FIELD + seconds], 4)
    view.setUint32(7, MIDDLE + nanoseconds)
    return bytes
  }

  /** `P1Y2M`, or `P1DT2H3M4.5S`, as ISO 8601 and JSON write it. */
  toString(): string {
    const sign = this.months < 0 || this.nanoseconds < 0n ? '-' : ''
    if (this.kind === 'months') {
      const months = Math.abs(this.months)
      return `${sign}P${Math.floor(months / 12)}Y${months % 12}M`
    }
    const { days, hours, minutes, seconds, nanoseconds } = this.parts()
    const [day, hour, minute, second] = [days, hours, minutes, seconds].map(Math.abs)
    const digits = String(Math.abs(nanoseconds)).padStart(9, '0').replace(/0+$/, '')
    return `${sign}P${day}DT${hour}H${minute}M${second}${digits === '' ? '' : `.${digits}`}S`
  }
}
