'use client'
/** What is sent to one audience: a signature and a template of the account, and what fills the template's variables. */
import { useTranslations } from 'next-intl'
import { useEffect, useMemo } from 'react'
import { isSignatureFor, type Signature } from '#channels/answers.ts'
import { templateVariables } from '#channels/mapping.ts'
import type { SmsChoice, SmsContent } from '#channels/sms/content.ts'
import type { SmsAudience } from '#channels/sms/text.ts'
import { useProviderWords } from '#console/editing/use-provider-words.ts'
import { useRemarkWords } from '#console/templates/list/remark-words.ts'
import { Button } from '#console/ui/button.tsx'
import { useDynamicWords } from '#console/ui/dynamic-words.ts'
import { Result } from '#console/ui/result.tsx'
import { Hints } from '../field.tsx'
import { guessMapping } from '../guess-mapping.ts'
import { MappingFields } from '../mapping-fields.tsx'
import { TemplateText } from '../template-text.tsx'
import type { Editing } from '../use-editing.ts'
import { ChoiceField } from './choice-field.tsx'
import { signatureObstacle, templateObstacle, useSignatureOptions, useTemplateOptions } from './choices.tsx'
import { type ProviderLists, useDetails, useLists } from './use-lists.ts'

type Props = {
  editing: Editing<SmsContent>
  audience: SmsAudience
  choice: SmsChoice
  onChange: (choice: SmsChoice) => void
}

export function PartFields({ editing, audience, choice, onChange }: Props) {
  const { about, scenario, canWrite, problems, variables } = editing
  const t = useTranslations('SmsTemplate')
  const ruleWords = useDynamicWords('SmsTemplate', about.account.provider)
  const asked = useLists(about.templateKey)
  const details = useDetails(about.templateKey, choice)
  const { lists } = asked
  const offered = useMemo(
    () => lists?.signatures.filter((one) => isSignatureFor(one, audience)),
    [lists?.signatures, audience],
  )
  const signatures = useSignatureOptions(offered, problems.say)
  const templates = useTemplateOptions(lists?.templates, audience, problems.say)
  const signature = offered?.find(({ name }) => name === choice.signature)
  const template = lists?.templates.find(({ code }) => code === choice.templateCode)
  const againstSignature = lists && choice.signature ? signatureObstacle(signature) : undefined
  const againstTemplate = lists && choice.templateCode ? templateObstacle(template, audience) : undefined
  const remarks = useCarrierRemarks(editing, audience, details.carriers)
  const names = templateVariables(choice.templateText)

  /** The choice with a text of the provider's, and a guess for every variable that has no source yet. */
  const withText = (of: SmsChoice, templateText: string): SmsChoice => ({
    ...of,
    templateText,
    mapping: guessMapping(templateVariables(templateText), scenario.variables, of.mapping),
  })
  const chooseTemplate = (templateCode: string) => {
    const found = lists?.templates.find(({ code }) => code === templateCode)
    onChange(withText({ ...choice, templateCode }, found?.text ?? ''))
  }
  // What the provider has is what is sent: a text that was changed there takes the place of the one kept here.
  const news = canWrite && template && template.text !== choice.templateText ? template.text : undefined
  useEffect(() => {
    if (news !== undefined) onChange(withText(choice, news))
  })
  const ruleOf = (name: string) => {
    const rule = Object.hasOwn(details.rules, name) ? details.rules[name] : undefined
    return rule && (ruleWords.find(`rule_${rule}`) ?? rule)
  }
  return (
    <>
      <ListsProblem asked={asked} />
      <ChoiceField
        label={t('signature')}
        placeholder={t('chooseSignature')}
        options={signatures}
        value={choice.signature}
        state={signature?.state}
        obstacle={againstSignature && problems.say(againstSignature)}
        said={problems.at(`${audience}.signature`)}
        remarks={remarks}
        isReadOnly={!canWrite}
        onChoose={(name) => onChange({ ...choice, signature: name })}
      />
      <ChoiceField
        label={t('template')}
        placeholder={t('chooseTemplate')}
        options={templates}
        value={choice.templateCode}
        state={template?.state}
        obstacle={againstTemplate && problems.say(againstTemplate)}
        said={problems.at(`${audience}.templateCode`)}
        remarks={hasNewText(editing, audience) ? [problems.say({ code: 'template_text_changed' })] : []}
        isReadOnly={!canWrite}
        onChoose={chooseTemplate}
      >
        {choice.templateText && <TemplateText text={choice.templateText} texts={about.texts} />}
        <Hints hints={problems.at(`${audience}.templateText`).hints} />
      </ChoiceField>
      {choice.templateCode && (
        <MappingFields
          names={names}
          mapping={choice.mapping}
          variables={variables}
          texts={about.texts}
          ruleOf={ruleOf}
          at={problems.at}
          path={`${audience}.mapping`}
          isReadOnly={!canWrite}
          onChange={(mapping) => onChange({ ...choice, mapping })}
        />
      )}
    </>
  )
}

/** Whether the text of a template that is saved was changed at the provider since. */
function hasNewText({ saving, edited }: Editing<SmsContent>, audience: SmsAudience): boolean {
  const before = saving.saved?.content[audience]
  const now = edited.content[audience]
  return Boolean(before && now && before.templateCode === now.templateCode && before.templateText !== now.templateText)
}

/** The provider could not be asked: why, and another try. */
function ListsProblem({
  asked,
}: {
  asked: { error: unknown; lists: ProviderLists | undefined; askAgain: () => void }
}) {
  const t = useTranslations('SmsTemplate')
  const words = useProviderWords()
  if (!asked.error) return null
  return (
    <Result
      {...words(asked.error)}
      {...(asked.lists ? { tone: 'amber' } : {})}
      action={<Button onClick={asked.askAgain}>{t('askAgain')}</Button>}
    />
  )
}

/** In words. As the provider says it now, else as it was said of the stored template. Only the mainland's carriers register. */
function useCarrierRemarks(
  { edited, stored, saving }: Editing<SmsContent>,
  audience: SmsAudience,
  carriers: Signature['carriers'],
): string[] {
  const words = useRemarkWords()
  if (audience === 'international') return []
  if (carriers.length > 0) {
    const open = carriers.filter(({ state }) => state !== 'registered')
    return words(open.map(({ carrier, state, reason }) => ({ code: `carrier_${state}`, params: { carrier, reason } })))
  }
  const isStored = saving.saved?.content.mainland?.signature === edited.content.mainland?.signature
  return isStored ? words(stored?.standing.mainland?.remarks ?? []) : []
}
