'use client'
/** The page of a push rule: its head, what there is to know, the form beside the card, and the dialogs. */
import { useTranslations } from 'next-intl'
import { useDynamicWords } from '../ui/dynamic-words.ts'
import { useEarlyEntries } from '../ui/early-entries.tsx'
import { Result } from '../ui/result.tsx'
import { CardPreview } from './card-preview.tsx'
import { RuleDialogs } from './rule-dialogs.tsx'
import { RuleFields } from './rule-fields.tsx'
import { RuleHead } from './rule-head.tsx'
import { type Rule, type RulePageProps, useRule } from './use-rule.ts'
import '../editing/template-page.css'
import '../templates/provider-text/account-template.css'
import './rules.css'

export function RulePage(props: RulePageProps) {
  const rule = useRule(props)
  useEarlyEntries(rule.problems.fields)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it hears the key that saves, wherever the cursor is
    <div className="template-page" data-scrolls onKeyDown={rule.saveByKey}>
      <RuleHead rule={rule} />
      <Notices rule={rule} stored={props.stored} />
      <div className="account-template">
        <div ref={rule.problems.fields} className="template-form">
          <RuleFields rule={rule} />
        </div>
        <CardPreview rule={rule} />
      </div>
      <RuleDialogs rule={rule} />
    </div>
  )
}

/** Why the rule is not used as it is stored, and what went wrong. */
function Notices({ rule: { saving }, stored }: { rule: Rule; stored: RulePageProps['stored'] }) {
  const t = useTranslations('PushRule')
  const reasons = useDynamicWords('Reason')
  const reason = saving.saved && saving.saved.version === stored?.version ? stored.invalidReason : null
  return (
    <div className="template-notices">
      {reason && (
        <Result
          tone="red"
          title={t('invalid', { reason: reasons(reason) })}
          why={t('invalidWhy')}
          next={reasons.find(`${reason}Hint`)}
        />
      )}
      {saving.problem && <Result {...saving.problem} />}
    </div>
  )
}
