'use client'
/** The page of a push rule: its head, what there is to know, the form beside the card, and the dialogs. */
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { SavedState } from '../editing/saved-state.tsx'
import { rulesPlace } from '../links.ts'
import { Button } from '../ui/button.tsx'
import { useDynamicWords } from '../ui/dynamic-words.ts'
import { useEarlyEntries } from '../ui/early-entries.tsx'
import { Icon } from '../ui/line-icon.tsx'
import { Menu, MenuItem } from '../ui/menu.tsx'
import { Result } from '../ui/result.tsx'
import { CardPreview } from './card-preview.tsx'
import { RuleDialogs } from './rule-dialogs.tsx'
import { RuleFields } from './rule-fields.tsx'
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

/** The head of a push rule's page: which rule, how it stands, and what can be done with it. */
function RuleHead({ rule }: { rule: Rule }) {
  const { saving, isChanged, canWrite, setAsked } = rule
  const { saved, savedVersion, isBusy } = saving
  const t = useTranslations('PushRule')
  const common = useTranslations('Template')
  const rules = useTranslations('PushRules')
  const shell = useTranslations('Shell')
  return (
    <header className="template-head">
      <Link href={rulesPlace()} prefetch={false} className="template-back">
        <Icon name="back" />
        {shell('channel_official_account')}
      </Link>
      <h1 className="break">{saved?.content.name ?? t('newTitle')}</h1>
      <SavedState saved={saved} savedVersion={savedVersion} isUnsaved={canWrite && isChanged} />
      {canWrite && (
        <div className="template-actions">
          <Button onClick={() => setAsked('test-push')}>{rules('testPush')}</Button>
          {saved && (
            <Menu label={common('more')} align="end" buttonClass="button template-more" button={<Icon name="more" />}>
              <MenuItem isDanger onClick={() => setAsked('delete')}>
                {rules('deleteVerb')}
              </MenuItem>
            </Menu>
          )}
          <Button kind="primary" isBusy={isBusy} onClick={() => saving.save()}>
            {isBusy ? common('saving') : common('save')}
          </Button>
        </div>
      )}
    </header>
  )
}
