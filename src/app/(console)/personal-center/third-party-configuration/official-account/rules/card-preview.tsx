'use client'
/** The card as WeChat draws it, made by the function that makes the one that is sent. */
import { useNow, useTranslations } from 'next-intl'
import { cardOf } from '#domain/channels/official-account-card.ts'
import { SampleValues } from '../../../../../template-editor/preview/sample-values.tsx'
import { ServiceCard } from '../../../../../ui/service-card.tsx'
import { contentFrom } from './rule-draft.ts'
import type { Rule } from './use-rule.ts'

export function CardPreview({ rule: { draft, declared, samples, variables } }: { rule: Rule }) {
  const t = useTranslations('PushRule')
  const editor = useTranslations('TemplateEditor')
  const now = useNow()
  const content = contentFrom(draft)
  const { card, url, miniprogram } = cardOf(content, samples.values, declared)
  const leadsTo = url || [miniprogram?.appid, miniprogram?.pagepath].filter(Boolean).join(' · ')
  return (
    <section className="template-preview" aria-label={editor('preview')}>
      <div className="template-preview-inner">
        <div className="template-preview-head">
          <h2>{editor('preview')}</h2>
          <SampleValues
            variables={variables}
            values={samples.values}
            onChange={samples.change}
            onReset={samples.reset}
          />
        </div>
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
      </div>
    </section>
  )
}
