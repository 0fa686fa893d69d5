import { OracleError } from '../oracle-error.ts'
import type { OracleDateTime } from '../values/oracle-date-time.ts'

const LONGEST_MINUTES = 15 * 60
const MINUTE = 60_000
const formats = new Map<string, Intl.DateTimeFormat>()

/**
 * Minutes east of UTC in a time zone, which is `+02:00`, `UTC` or a region such as `Europe/Berlin`, at an instant.
 * @throws OracleError ORA-01882 for an unknown region, ORA-01874
 */
export function zoneMinutes(zone: string, utcMilliseconds: number): number {
  const trimmed = zone.trim()
  if (/^(UTC|GMT|Z|DBTIMEZONE|LOCAL)$/i.test(trimmed)) return 0
  const found = /^([+-]?)(\d{1,2}):(\d{2})$/.exec(trimmed)
  if (found === null) return regionMinutes(trimmed, utcMilliseconds)
  const minutes = Number(found[2]) * 60 + Number(found[3])
  if (minutes > LONGEST_MINUTES) throw new OracleError(1874, 'time zone hour must be between -15 and 15')
  return found[1] === '-' ? -minutes : minutes
}

/** Minutes east of UTC where clocks show a time. An hour that clocks show twice is taken for that before they were set back. */
export function zoneMinutesAt(zone: string, time: OracleDateTime): number {
  const shown = time.toUtcMilliseconds()
  const before = zoneMinutes(zone, shown - LONGEST_MINUTES * MINUTE)
  const instant = shown - before * MINUTE
  return zoneMinutes(zone, instant)
}

function regionMinutes(region: string, utcMilliseconds: number): number {
  const parts = formatOf(region).formatToParts(utcMilliseconds)
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? ''
  const found = /([+-])(\d{2}):(\d{2})/.exec(name)
  if (found === null) return 0
  const minutes = Number(found[2]) * 60 + Number(found[3])
  return found[1] === '-' ? -minutes : minutes
}

function formatOf(region: string): Intl.DateTimeFormat {
  const known = formats.get(region)
  if (known !== undefined) return known
  try {
    const format = new Intl.DateTimeFormat('en-GB', { timeZone: region, timeZoneName: 'longOffset' })
    formats.set(region, format)
    return format
  } catch {
    throw new OracleError(1882, 'timezone region not found')
  }
}
