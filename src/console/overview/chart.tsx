/** The last day as bars, one an hour, by what became of the messages. Drawn on the server; the numbers stand in its text. */
import { useTranslations } from 'next-intl'
import type { Outcomes } from '#domain/overview/counts.ts'

const outcomes = ['sent', 'open', 'failed'] as const
const width = 10
const height = 100

const sizeOf = ({ sent, failed, open }: Outcomes) => sent + failed + open

/** A round number that the highest bar fits under. */
function topOf(hours: readonly Outcomes[]): number {
  const most = Math.max(...hours.map(sizeOf), 1)
  const unit = 10 ** Math.floor(Math.log10(most))
  return [1, 2, 5, 10].map((times) => times * unit).find((round) => round >= most) ?? most
}

function Bar({ of, at, top, title }: { of: Outcomes; at: number; top: number; title: string }) {
  let below = 0
  return (
    <g className="hour">
      <title>{title}</title>
      <rect className="hour-room" x={at * width} y={0} width={width} height={height} />
      {outcomes.map((outcome) => {
        if (of[outcome] === 0) return null
        const share = (height * of[outcome]) / top
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

type Props = { hours: readonly Outcomes[]; label: string; isSmall?: boolean }

/** Bars of these hours, the oldest first. `isSmall` leaves out scale and hours. */
export function HourBars({ hours, label, isSmall }: Props) {
  const t = useTranslations('Overview')
  const top = topOf(hours)
  const picture = (
    <svg viewBox={`0 0 ${hours.length * width} ${height}`} preserveAspectRatio="none" role="img" aria-label={label}>
      {hours.map((of, at) => {
        const title = t('hour', { hours: hours.length - at, ...of })
        // biome-ignore lint/suspicious/noArrayIndexKey: an hour is its place
        return <Bar key={at} of={of} at={at} top={top} title={title} />
      })}
    </svg>
  )
  if (isSmall) return <div className="bars bars-small">{picture}</div>
  return (
    <div className="bars">
      <div className="bars-scale" aria-hidden="true">
        <span>{top}</span>
        <span>0</span>
      </div>
      {picture}
      <div className="bars-hours" aria-hidden="true">
        <span>{t('hoursAgo', { hours: hours.length })}</span>
        <span>{t('hoursAgo', { hours: hours.length / 2 })}</span>
        <span>{t('now')}</span>
      </div>
    </div>
  )
}

/** All channels together, with the words for the colours. */
export function DayChart({ hours }: { hours: readonly Outcomes[] }) {
  const t = useTranslations('Overview')
  const total = hours.reduce((sum, of) => sum + sizeOf(of), 0)
  return (
    <section className="section" aria-labelledby="last-day">
      <div className="head">
        <div>
          <h2 id="last-day">{t('lastDayTitle')}</h2>
          <p>{t('lastDay')}</p>
        </div>
        <ul className="legend">
          {outcomes.map((outcome) => (
            <li key={outcome} data-outcome={outcome}>
              {t(outcome)}
            </li>
          ))}
        </ul>
      </div>
      {total === 0 ? (
        <p className="muted small">{t('noMessages')}</p>
      ) : (
        <HourBars hours={hours} label={t('chart', { count: total })} />
      )}
    </section>
  )
}
