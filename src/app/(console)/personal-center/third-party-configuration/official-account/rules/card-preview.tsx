'use client'
/** The card as WeChat draws it, made by the function that makes the one that is sent. */
import { useNow, useTranslations } from 'next-intl'
import { cardOf } from '#domain/channels/official-account-card.ts'
import { ServiceCard } from '../../../../../ui/service-card.tsx'
import { PreviewPane } from '../../account-template/preview-pane.tsx'
import { contentFrom } from './rule-draft.ts'
import type { Rule } from './use-rule.ts'

export function CardPreview({ rule: { draft, declared, samples, variables } }: { rule: Rule }) {
  const t = useTranslations('PushRule')
  const now = useNow()
  const content = contentFrom(draft)
  const { card, url, miniprogram } = cardOf(content, samples.values, declared)
  const leadsTo = url || [miniprogram?.appid, miniprogram?.pagepath].filter(Boolean).join(' · ')
  return (
    <PreviewPane variables={variables} samples={samples}>
      {card.lines.length === 0 ? (
        <p className="muted small">{t('noCard')}</p>
      ) : (
        <>
          <ServiceCard {...card} hasMore={card.jump !== 'none'} at={now} />
          {leadsTo && (
            <p className="muted small break">
              {t('leadsTo')} <span className="mono">{leadsTo}</span>
            </p>
          )}
        </>
      )}
    </PreviewPane>
  )
}
