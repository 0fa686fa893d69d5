/** A DATE or a TIMESTAMP: calendar fields as the database keeps them, in no time zone unless `offsetMinutes` is set. */
export class OracleDateTime {
  readonly year: number
  /** 1 to 12. */
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly nanosecond: number
  /** Minutes east of UTC for TIMESTAMP WITH TIME ZONE, otherwise undefined. */
  readonly offsetMinutes: number | undefined

  constructor(
    year: number,
    month: number,
    day: number,
    hour = 0,
    minute = 0,
    second = 0,
    nanosecond = 0,
    offsetMinutes?: number,
  ) {
    this.year = year
    this.month = month
    this.day = day
    this.hour = hour
    this.minute = minute
    this.second = second
    this.nanosecond = nanosecond
    this.offsetMinutes = offsetMinutes
  }

  /** Reads the instant's UTC fields. */
  static fromUtc(instant: Date): OracleDateTime {
    return new OracleDateTime(
      instant.getUTCFullYear(),
      instant.getUTCMonth() + 1,
      instant.getUTCDate(),
      instant.getUTCHours(),
      instant.getUTCMinutes(),
      instant.getUTCSeconds(),
      instant.getUTCMilliseconds() * 1_000_000,
    )
  }

  /** Milliseconds since 1970-01-01 of the fields read as UTC; nanoseconds below a millisecond are dropped. */
  toUtcMilliseconds(): number {
    const date = new Date(0)
    date.setUTCFullYear(this.year, this.month - 1, this.day)
    date.setUTCHours(this.hour, this.minute, this.second, Math.floor(this.nanosecond / 1_000_000))
    return date.getTime()
  }

  /** `2024-02-29T13:05:00`, with a fraction or an offset when there is one. */
  toIsoText(): string {
    const date = `${String(this.year).padStart(4, '0')}-${two(this.month)}-${two(this.day)}`
    const digits = String(this.nanosecond).padStart(9, '0').replace(/0+$/, '')
    const fraction = digits === '' ? '' : `.${digits}`
    return `${date}T${two(this.hour)}:${two(this.minute)}:${two(this.second)}${fraction}${offsetText(this.offsetMinutes)}`
  }

  /** The seven bytes of a DATE, or eleven with nanoseconds; both sort bytewise in time order. */
  toBytes(withFraction: boolean): Uint8Array {
    const bytes = new Uint8Array(withFraction ? 11 : 7)
    bytes[0] = Math.floor(this.year / 100) + 100
    bytes[1] = (this.year % 100) + 100
    bytes[2] = this.month
    bytes[3] = this.day
    bytes[4] = this.hour + 1
    bytes[5] = this.minute + 1
    bytes[6] = this.second + 1
    if (withFraction) new DataView(bytes.buffer).setUint32(7, this.nanosecond)
    return bytes
  }

  /** Reads a value as Oracle Net carries it: 7 bytes, or 11 with fractions of a second. A time zone behind them is not read. */
  static fromBytes(bytes: Uint8Array): OracleDateTime {
    const [century = 100, year = 100, month = 1, day = 1, hour = 1, minute = 1, second = 1] = bytes
    const nanosecond =
      bytes.length >= 11 ? new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(7) : 0
    return new OracleDateTime(
      (century - 100) * 100 + (year - 100),
      month,
      day,
      hour - 1,
      minute - 1,
      second - 1,
      nanosecond,
    )
  }
}

function two(field: number): string {
  return String(field).padStart(2, '0')
}

function offsetText(minutes: number | undefined): string {
  if (minutes === undefined) return ''
  const distance = Math.abs(minutes)
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(distance / 60))}:${two(distance % 60)}`
}
