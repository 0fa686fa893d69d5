import { OracleDateTime } from '../values/oracle-date-time.ts'

/** Stamps what happens. Each stamp is later than the one before, so that an order by time is the order of events. */
export class EventClock {
  readonly #now: () => Date
  #latest = { milliseconds: 0, microseconds: 0 }

  constructor(now: () => Date = () => new Date()) {
    this.#now = now
  }

  /** In UTC, to the microsecond. */
  stamp(): OracleDateTime {
    const milliseconds = Math.max(this.#now().getTime(), this.#latest.milliseconds)
    const isSame = milliseconds === this.#latest.milliseconds
    this.#latest = { milliseconds, microseconds: isSame ? Math.min(this.#latest.microseconds + 1, 999) : 0 }
    const { year, month, day, hour, minute, second, nanosecond } = OracleDateTime.fromUtc(new Date(milliseconds))
    return new OracleDateTime(year, month, day, hour, minute, second, nanosecond + this.#latest.microseconds * 1000, 0)
  }
}
