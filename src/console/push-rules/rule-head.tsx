'use client'
/** The head of a push rule's page: which rule, how it stands, and what can be done with it. */
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { SavedState } from '../editing/saved-state.tsx'
import { rulesPlace } from '../links.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/line-icon.tsx'
import { Menu } from '../ui/menu.tsx'
import type { Rule } from './use-rule.ts'

export function RuleHead({ rule }: { rule: Rule }) {
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
              <button type="button" className="menu-item" data-danger onClick={() => setAsked('delete')}>
                {rules('deleteVerb')}
              </button>
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
