'use client'
/**
 * Which template the card is made of: chosen from those that the account has at WeChat, as it lists them now; entered by hand
 * where it lists none.
 */
import { useTranslations } from 'next-intl'
import { useEffect } from 'react'
import type { ProviderTemplate } from '#channels/answers.ts'
import { Field, Hints } from '../templates/provider-text/field.tsx'
import { useProviderWords } from '../templates/provider-text/use-provider-words.ts'
import { Button } from '../ui/button.tsx'
import { Result } from '../ui/result.tsx'
import { SearchSelect } from '../ui/search-select.tsx'
import { guessValues } from './guess-values.ts'
import { TemplateByHand } from './template-by-hand.tsx'
import type { Rule } from './use-rule.ts'
import { type Templates, useTemplates } from './use-templates.ts'

export function TemplateFields({ rule }: { rule: Rule }) {
  const { draft, canWrite } = rule
  const t = useTranslations('PushRule')
  const asked = useTemplates(draft.accountId, canWrite)
  const { templates } = asked
  const isTextNew = useListedTemplate(rule, templates)
  if (draft.accountId === '' && canWrite) {
    return <p className="field-help">{t('accountFirst')}</p>
  }
  return (
    <>
      <Problem asked={asked} />
      {templates?.length === 0 ? (
        <TemplateByHand rule={rule} onAskAgain={asked.askAgain} isAsking={asked.isAsking} />
      ) : (
        <Chooser rule={rule} asked={asked} hints={isTextNew ? [t('textChanged')] : []} />
      )}
    </>
  )
}

/** The content with a template of the list, and a guess for every field that has no value yet. */
function withTemplate({ draft, declared }: Rule, { code, name, text, example }: ProviderTemplate) {
  const values = guessValues({ text, example }, declared, draft.content.values)
  return { ...draft.content, templateId: code, title: name || draft.content.title, templateText: text, values }
}

/**
 * What WeChat has is what is sent: a text that was changed there takes the place of the one kept here, and a rule that is
 * pointed at another account takes the template of the same title there. True when the text was changed since it was saved.
 */
function useListedTemplate(rule: Rule, templates: readonly ProviderTemplate[] | undefined): boolean {
  const { draft, change, saving, canWrite } = rule
  const { content } = draft
  const stored = saving.saved?.content
  const isMoved = stored !== undefined && stored.accountId !== draft.accountId
  const listed = templates?.find(({ code }) => code === content.templateId)
  const alike = isMoved && !listed ? templates?.find(({ name }) => name === content.title) : undefined
  const isOther = listed !== undefined && listed.text !== content.templateText
  useEffect(() => {
    if (!canWrite || !templates || templates.length === 0) return
    if (isOther) change({ content: withTemplate(rule, listed) })
    else if (alike) change({ content: withTemplate(rule, alike) })
    else if (isMoved && !listed && content.templateId) change({ content: { ...content, templateId: '' } })
  })
  return (
    !isMoved &&
    stored?.content.templateId === content.templateId &&
    stored.content.templateText !== content.templateText
  )
}

function Chooser({ rule, asked, hints }: { rule: Rule; asked: Templates; hints: readonly string[] }) {
  const { draft, change, problems, canWrite } = rule
  const { templates, isAsking, error } = asked
  const t = useTranslations('PushRule')
  const { templateId, title } = draft.content
  const isGone = templateId !== '' && templates !== undefined && !templates.some(({ code }) => code === templateId)
  const said = problems.at('content.templateId')
  const gone = isGone ? problems.say({ code: 'template_gone' }) : undefined
  const problem = said.error ?? gone
  const choose = (code: string) => {
    const found = templates?.find((template) => template.code === code)
    if (found) change({ content: withTemplate(rule, found) })
  }
  return (
    <Field
      label={t('template')}
      help={isAsking && !templates ? <Asking /> : t('templateHelp')}
      said={{ ...(problem ? { error: problem } : {}), hints: [] }}
    >
      {(input) => (
        <>
          <SearchSelect
            label={t('template')}
            input={input}
            options={templates?.map(optionOf)}
            value={templateId}
            shown={templateId && title}
            placeholder={t('chooseTemplate')}
            isReadOnly={!canWrite || (error !== null && !templates)}
            onChoose={choose}
          />
          <Hints hints={hints} />
        </>
      )}
    </Field>
  )
}

const optionOf = ({ code, name, variables }: ProviderTemplate) => ({
  value: code,
  label: name || code,
  text: variables.map(({ name: key, label }) => label || key).join(' · '),
})

/** In place of what is not known yet. */
function Asking() {
  const t = useTranslations('PushRule')
  return (
    <span className="skeleton">
      <span className="unseen">{t('asking')}</span>
    </span>
  )
}

/** WeChat could not be asked: why, and another try. */
function Problem({ asked: { error, templates, askAgain } }: { asked: Templates }) {
  const t = useTranslations('PushRule')
  const words = useProviderWords()
  if (!error) return null
  return (
    <Result
      {...words(error)}
      {...(templates ? { tone: 'amber' } : {})}
      action={<Button onClick={askAgain}>{t('askAgain')}</Button>}
    />
  )
}
