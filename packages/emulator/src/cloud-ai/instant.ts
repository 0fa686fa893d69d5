import { OracleDateTime } from '../values/oracle-date-time.ts'

/** A time in UTC as a TIMESTAMP WITH TIME ZONE. */
export function instant({ year, month, day, hour, minute, second, nanosecond }: OracleDateTime): OracleDateTime {
  return new OracleDateTime(year, month, day, hour, minute, second, nanosecond, 0)
}
