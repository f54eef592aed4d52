/**
 * What became of messages, a bar an hour or a day. Drawn on the server and read without a script: each bar is a choice of one
 * group, so that pointer, finger and arrow keys all lead from bar to bar, and its numbers are the choice's name.
 */
import { useFormatter, useLocale, useTimeZone, useTranslations } from 'next-intl'
import type { Bar, Counts } from '#domain/overview/counts.ts'
import { formatHour, formatShortDay, formatWeekday } from '../ui/format-time.ts'
import { Section } from '../ui/page-head.tsx'
import type { Period } from './period-switch.tsx'

const outcomes = ['sent', 'open', 'failed'] as const
const width = 10
const height = 100

const sizeOf = ({ sent, failed, open }: Counts) => sent + failed + open

/** A round number that the highest bar fits under. */
function topOf(bars: readonly Counts[]): number {
  const most = Math.max(...bars.map(sizeOf), 1)
  const unit = 10 ** Math.floor(Math.log10(most))
  return [1, 2, 5, 10].map((times) => times * unit).find((round) => round >= most) ?? most
}

/** Few of many are still to be seen. */
const least = 2

function Column({ of, at, top, title }: { of: Counts; at: number; top: number; title?: string | undefined }) {
  let below = 0
  return (
    <g>
      {title && <title>{title}</title>}
      {title && <rect className="bar-room" x={at * width} y={0} width={width} height={height} />}
      {outcomes.map((outcome) => {
        if (of[outcome] === 0) return null
        const share = Math.max(least, (height * of[outcome]) / top)
        below += share
        return (
          <rect
            key={outcome}
            data-outcome={outcome}
            x={at * width + 1}
            y={height - below}
            width={width - 2}
            height={share}
          />
        )
      })}
    </g>
  )
}

/** `titles` are told of the bars, where nothing beside the picture tells them. */
function Picture({ bars, titles, label }: { bars: readonly Bar[]; titles?: readonly string[]; label: string }) {
  const top = topOf(bars)
  return (
    <svg viewBox={`0 0 ${bars.length * width} ${height}`} preserveAspectRatio="none" role="img" aria-label={label}>
      {bars.map((of, at) => (
        <Column key={of.since.getTime()} of={of} at={at} top={top} title={titles?.[at]} />
      ))}
    </svg>
  )
}

/** When a bar is, and all of it in words. */
function useBarWords(period: Period) {
  const t = useTranslations('Overview')
  const locale = useLocale()
  const zone = useTimeZone() ?? 'UTC'
  const begin = ({ since }: Bar) => (period === '24h' ? formatHour : formatShortDay)(since, locale, zone)
  const time = (bar: Bar) =>
    period === '24h' ? `${begin(bar)}–${formatHour(bar.until, locale, zone)}` : formatWeekday(bar.since, locale, zone)
  return {
    begin,
    words: (bar: Bar) => t('bar', { time: time(bar), sent: bar.sent, open: bar.open, failed: bar.failed }),
  }
}

/** A channel's bars, small: without scale and times. */
export function SmallBars({ bars, period, label }: { bars: readonly Bar[]; period: Period; label: string }) {
  const { words } = useBarWords(period)
  return (
    <div className="bars-small">
      <Picture bars={bars} titles={bars.map(words)} label={label} />
    </div>
  )
}

/** All channels together, with the words for the colours. */
export function Chart({ bars, period }: { bars: readonly Bar[]; period: Period }) {
  const t = useTranslations('Overview')
  const format = useFormatter()
  const { begin, words } = useBarWords(period)
  const sums = outcomes.map((outcome) => ({ outcome, sum: bars.reduce((sum, bar) => sum + bar[outcome], 0) }))
  const count = sums.reduce((all, { sum }) => all + sum, 0)
  const label = t(`chart_${period}`, { count })
  const [first, middle, last] = [bars[0], bars[Math.floor(bars.length / 2)], bars.at(-1)]
  const legend = (
    <ul className="legend">
      {sums.map(({ outcome, sum }) => (
        <li key={outcome} data-outcome={outcome}>
          {t(outcome)} <strong>{format.number(sum)}</strong>
        </li>
      ))}
    </ul>
  )
  return (
    <Section id="became" title={t(`title_${period}`)} action={count > 0 && legend}>
      {count === 0 || !first || !middle || !last ? (
        <p className="muted small">{t(`noMessages_${period}`)}</p>
      ) : (
        <div className="bars" key={period}>
          <div className="bars-scale" aria-hidden="true">
            <span>{format.number(topOf(bars))}</span>
            <span>0</span>
          </div>
          <div className="bars-plot">
            <div aria-hidden="true">
              <Picture bars={bars} label={label} />
            </div>
            <div role="radiogroup" aria-label={label}>
              {bars.map((bar) => (
                <label key={bar.since.getTime()}>
                  <input className="unseen" type="radio" name="bar" autoComplete="off" defaultChecked={bar === last} />
                  <span>{words(bar)}</span>
                </label>
              ))}
            </div>
          </div>
          <div className="bars-times" aria-hidden="true">
            <span>{begin(first)}</span>
            <span>{begin(middle)}</span>
            <span>{t(`end_${period}`)}</span>
          </div>
        </div>
      )}
    </Section>
  )
}
