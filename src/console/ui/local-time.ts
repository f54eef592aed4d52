/** The clock on a reader's wall, as `datetime-local` inputs write it, and the moment it stands for in their time zone. */
const pattern = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2}))?$/

/** How far the zone's clock is ahead of UTC at a moment, in milliseconds. */
function offsetAt(moment: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(moment)
  const of = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value)
  const wall = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'))
  return wall - Math.floor(moment / 1000) * 1000
}

/**
 * The moment of `2026-11-12T10:00` in a time zone; undefined for what is no date. Where the clock is turned back and shows
 * a time twice, the first is meant; a time that is skipped counts as if the clock had not been turned yet.
 */
export function momentOf(local: string, zone: string): Date | undefined {
  const found = pattern.exec(local)
  if (!found) return undefined
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found
    .slice(1)
    .map((part) => Number(part ?? 0))
  const wall = Date.UTC(year, month - 1, day, hour, minute, second)
  const check = new Date(wall)
  if (check.getUTCMonth() !== month - 1 || check.getUTCDate() !== day || hour > 23 || minute > 59 || second > 59) {
    return undefined
  }
  const before = wall - offsetAt(wall - 86_400_000, zone)
  const after = wall - offsetAt(wall + 86_400_000, zone)
  const fits = [before, after].filter((moment) => moment + offsetAt(moment, zone) === wall)
  return new Date(Math.min(...(fits.length > 0 ? fits : [before])))
}
