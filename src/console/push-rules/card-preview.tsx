'use client'
/** The card as WeChat draws it, made by the function that makes the one that is sent: of the sample values, and of ones that are too long. */
import { useLocale, useNow, useTranslations } from 'next-intl'
import { cardOf } from '#channels/official-account/card.ts'
import { checkValues } from '#channels/official-account/check.ts'
import { fieldsOf } from '#channels/official-account/fields.ts'
import { ServiceCard } from '../ui/service-card.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { lengthened } from './card-values.ts'
import { contentFrom } from './rule-draft.ts'
import type { Rule } from './use-rule.ts'

export function CardPreview({ rule }: { rule: Rule }) {
  const { draft, samples } = rule
  const t = useTranslations('PushRule')
  const isEmpty = fieldsOf(contentFrom(draft).templateText).length === 0
  if (isEmpty) return <p className="muted small">{t('noCard')}</p>
  const long = lengthened(samples.values)
  return (
    <Tabs
      label={t('card')}
      tabs={[
        { id: 'usual', label: t('usualValues'), content: <Card rule={rule} values={samples.values} /> },
        {
          id: 'long',
          label: t('longValues'),
          content: (
            <>
              <Card rule={rule} values={long} />
              <Refused rule={rule} values={long} />
            </>
          ),
        },
      ]}
    />
  )
}

type Props = { rule: Rule; values: Record<string, string> }

function Card({ rule: { draft, declared }, values }: Props) {
  const t = useTranslations('PushRule')
  const now = useNow()
  const { card, url, miniprogram } = cardOf(contentFrom(draft), values, declared)
  const leadsTo = url || [miniprogram?.appid, miniprogram?.pagepath].filter(Boolean).join(' · ')
  return (
    <>
      <ServiceCard {...card} hasMore={card.jump !== 'none'} at={now} />
      {leadsTo && (
        <p className="muted small break">
          {t('leadsTo')} <span className="mono">{leadsTo}</span>
        </p>
      )}
    </>
  )
}

/** What WeChat would refuse of such values; what is only cut stands on the card. */
function Refused({ rule: { draft, declared, problems }, values }: Props) {
  const t = useTranslations('PushRule')
  const locale = useLocale()
  const content = contentFrom(draft)
  const refused = checkValues(content, values, declared).filter(({ code }) => code !== 'is_cut')
  if (refused.length === 0) return <p className="muted small">{t('longValuesFit')}</p>
  const labelOf = (path: string) =>
    fieldsOf(content.templateText).find(({ key }) => path === `values.${key}`)?.label || path.replace('values.', '')
  const separator = locale.startsWith('zh') ? '：' : ': '
  return (
    <>
      <p className="muted small">{t('longValuesRefused')}</p>
      <ul className="refused small">
        {refused.map((problem) => (
          <li key={problem.path}>
            {labelOf(problem.path)}
            {separator}
            {problems.say(problem)}
          </li>
        ))}
      </ul>
    </>
  )
}
