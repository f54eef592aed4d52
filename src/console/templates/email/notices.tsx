'use client'
/** What the author should know before going on: a draft that was found, which template is used meanwhile, what went wrong. */
import { useTranslations } from 'next-intl'
import type { EmailContent } from '#channels/email/content.ts'
import type { TemplateSaving } from '#console/editing/template-saving.ts'
import { Button } from '#console/ui/button.tsx'
import { Result } from '#console/ui/result.tsx'
import { Time } from '#console/ui/time.tsx'
import { type EmailTemplateKey, languageName } from './about.ts'
import type { ContentStore } from './content-store.ts'
import { emptyContent } from './content-store.ts'
import { type Draft, type EditingProps, emailOf } from './editing-props.ts'

type Props = EditingProps & {
  saving: TemplateSaving<EmailContent>
  draft: Draft
  content: ContentStore
  isChanged: boolean
}

export function Notices(props: Props) {
  const { saving, draft, stored, instead, content, isChanged } = props
  const t = useTranslations('Template')
  const { found } = draft
  const discard = () => {
    draft.forget()
    saving.setBase(saving.saved?.version ?? 0)
    const first = stored ?? instead
    content.replace(saving.saved?.content ?? (first ? emailOf(first) : emptyContent))
  }
  return (
    <div className="template-notices">
      <Used {...props} />
      {found && isChanged && (
        <Result
          tone="grey"
          title={t('draftFound')}
          why={t.rich('draftOf', { when: () => <Time key="when" at={found.at} /> })}
          action={<Button onClick={discard}>{t('discardDraft')}</Button>}
        />
      )}
      {draft.isLost && <Result tone="amber" title={t('draftLost')} />}
      {saving.problem && <Result {...saving.problem} />}
    </div>
  )
}

/** Which template a send is made from as long as none is saved here, or what this one is for. */
function Used({ about, saving, instead }: Props) {
  const t = useTranslations('Template')
  const { app, templateKey } = about
  const nameOf = ({ appId, locale }: Pick<EmailTemplateKey, 'appId' | 'locale'>) =>
    t('placeName', {
      owner: appId ? (app?.name ?? '') : t('default'),
      language: locale ? languageName(locale) : t('base'),
    })
  const language = templateKey.locale ? languageName(templateKey.locale) : ''
  if (!saving.saved) {
    if (!instead) return <p>{t('nothingYet')}</p>
    return <p>{t(templateKey.locale ? 'usesInLanguage' : 'usesInstead', { used: nameOf(instead), language })}</p>
  }
  if (!templateKey.locale) return null
  return <p>{t('usedFor', { language })}</p>
}
