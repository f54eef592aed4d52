/** A card as a chat program shows one from a service: a title, the day, what is told line by line, and that a tap leads on. */
import { useTranslations } from 'next-intl'
import './service-card.css'

type Props = {
  title: string
  at: Date | string
  lines: readonly { label: string; value: string }[]
  /** Whether a tap leads somewhere. */
  hasMore: boolean
}

/** As the program writes it, whatever the reader's language. */
const day = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', month: 'long', day: 'numeric' })

export function ServiceCard({ title, at, lines, hasMore }: Props) {
  const t = useTranslations('Common')
  const moment = new Date(at)
  return (
    <article className="service-card" aria-label={t('card')}>
      <h3 className="break">{title}</h3>
      <time dateTime={moment.toISOString()} lang="zh-CN" suppressHydrationWarning>
        {day.format(moment)}
      </time>
      <dl>
        {lines.map(({ label, value }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two lines may have the same label
          <div key={index} data-plain={label === '' || undefined}>
            <dt>{label}</dt>
            <dd dir="auto">{value}</dd>
          </div>
        ))}
      </dl>
      {hasMore && (
        <p className="service-card-more" lang="zh-CN">
          查看详情
          <span aria-hidden="true">›</span>
        </p>
      )}
    </article>
  )
}
