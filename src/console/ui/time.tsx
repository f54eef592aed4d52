'use client'
/** A moment: relative in the text, exact with its zone on hover. Follows the clock once the page is alive. */
import { useLocale, useNow, useTimeZone, useTranslations } from 'next-intl'
import { useSyncExternalStore } from 'react'
import { formatClock, formatDay, formatExact, formatRelative } from './format-time.ts'

let tick = 0
const watchers = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

/** One clock for all times on a page: it moves twice a minute, and only while somebody looks at it. */
function watchClock(onTick: () => void): () => void {
  watchers.add(onTick)
  tick = Date.now()
  timer ??= setInterval(() => {
    tick = Date.now()
    for (const watcher of watchers) watcher()
  }, 30_000)
  return () => {
    watchers.delete(onTick)
    if (watchers.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

type Props = {
  at: Date | string
  /** `relative` unless said; `day` for 12 Nov 2026, `clock` for 10:02:11.031, `exact` for all of it. */
  as?: 'relative' | 'day' | 'clock' | 'exact'
}

export function Time({ at, as = 'relative' }: Props) {
  const t = useTranslations('Common')
  const locale = useLocale()
  const zone = useTimeZone() ?? 'UTC'
  const rendered = useNow()
  const now = useSyncExternalStore(
    watchClock,
    () => tick || rendered.getTime(),
    () => rendered.getTime(),
  )
  const date = new Date(at)
  const exact = formatExact(date, locale, zone)
  const text = {
    relative: () => formatRelative(date, new Date(now), locale, zone) ?? t('justNow'),
    day: () => formatDay(date, locale, zone),
    clock: () => formatClock(date, locale, zone),
    exact: () => exact,
  }[as]()
  return (
    <time dateTime={date.toISOString()} title={exact} suppressHydrationWarning>
      {text}
    </time>
  )
}
