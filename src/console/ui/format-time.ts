/** Times in words and in full. The same text on the server and in the browser for the same clock and zone. */
const formats = new Map<string, Intl.DateTimeFormat>()
const relatives = new Map<string, Intl.RelativeTimeFormat>()

/** British day-month order reads without doubt for everyone who reads English: 3 May 2026, 14:05. */
const languageOf = (locale: string) => (locale === 'en' ? 'en-GB' : locale)

function dateFormat(locale: string, zone: string, name: string, options: Intl.DateTimeFormatOptions) {
  const key = `${locale} ${zone} ${name}`
  let format = formats.get(key)
  if (!format) {
    format = new Intl.DateTimeFormat(languageOf(locale), { ...options, timeZone: zone })
    formats.set(key, format)
  }
  return format
}

function relativeFormat(locale: string) {
  let format = relatives.get(locale)
  if (!format) {
    format = new Intl.RelativeTimeFormat(languageOf(locale), { numeric: 'auto', style: 'short' })
    relatives.set(locale, format)
  }
  return format
}

/** The day alone: 12 Nov 2026. */
export const formatDay = (date: Date, locale: string, zone: string) =>
  dateFormat(locale, zone, 'day', { year: 'numeric', month: 'short', day: 'numeric' }).format(date)

/** The day of a year that is known: 12 Nov. */
export const formatShortDay = (date: Date, locale: string, zone: string) =>
  dateFormat(locale, zone, 'short day', { month: 'short', day: 'numeric' }).format(date)

/** The same with the day of the week: Thu, 12 Nov. */
export const formatWeekday = (date: Date, locale: string, zone: string) =>
  dateFormat(locale, zone, 'weekday', { weekday: 'short', month: 'short', day: 'numeric' }).format(date)

/** Where an hour of the clock begins: 10:00. */
export const formatHour = (date: Date, locale: string, zone: string) =>
  dateFormat(locale, zone, 'hour', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(date)

/** The moment in full, with its zone: 12 Nov 2026, 10:02:11 GMT+8. */
export const formatExact = (date: Date, locale: string, zone: string) =>
  dateFormat(locale, zone, 'exact', {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  }).format(date)

/** Hour to millisecond, for time lines: 10:02:11.031. */
export const formatClock = (date: Date, locale: string, zone: string) =>
  dateFormat(locale, zone, 'clock', {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    hourCycle: 'h23',
  }).format(date)

/** A moment of a log, as short as can be without doubt: 10:02:11 today, 12 Nov, 10:02 this year, else with the year. */
export function formatMoment(date: Date, now: Date, locale: string, zone: string): string {
  if (formatDay(date, locale, zone) === formatDay(now, locale, zone)) {
    return dateFormat(locale, zone, 'time', {
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    }).format(date)
  }
  const sameYear = formatYear(date, locale, zone) === formatYear(now, locale, zone)
  if (!sameYear) return formatDay(date, locale, zone)
  return dateFormat(locale, zone, 'moment', {
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(date)
}

/** A duration as a person says it: 141 ms, 17.6 s, 3 min. */
export function formatDuration(ms: number, locale: string): string {
  const [value, unit] =
    ms < 1000
      ? [ms, 'millisecond']
      : ms < 60_000
        ? [ms / 1000, 'second']
        : ms < 3_600_000
          ? [ms / 60_000, 'minute']
          : [ms / 3_600_000, 'hour']
  return new Intl.NumberFormat(languageOf(locale), {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: unit === 'second' ? 1 : 0,
  }).format(value)
}

const minute = 60
const hour = 60 * minute
const day = 24 * hour

/** How far from now, as a person would say it; undefined for less than a minute, and from a week on the day. */
export function formatRelative(date: Date, now: Date, locale: string, zone: string): string | undefined {
  const seconds = Math.round((date.getTime() - now.getTime()) / 1000)
  const size = Math.abs(seconds)
  if (size < 45) return undefined
  const format = relativeFormat(locale)
  if (size < hour) return format.format(Math.round(seconds / minute) || Math.sign(seconds), 'minute')
  if (size < day) return format.format(Math.round(seconds / hour), 'hour')
  if (size < 7 * day) return format.format(Math.round(seconds / day), 'day')
  const sameYear = formatYear(date, locale, zone) === formatYear(now, locale, zone)
  if (!sameYear) return formatDay(date, locale, zone)
  return formatShortDay(date, locale, zone)
}

const formatYear = (date: Date, locale: string, zone: string) =>
  dateFormat(locale, zone, 'year', { year: 'numeric' }).format(date)
