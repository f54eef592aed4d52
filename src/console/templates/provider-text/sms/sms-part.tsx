'use client'
/**
 * One audience of an SMS template: switched on or off, and what is sent to it: a signature and a template of the account, and
 * what fills the template's variables.
 */
import { useTranslations } from 'next-intl'
import { useEffect, useId, useMemo, useState } from 'react'
import { isSignatureFor, type Signature } from '#channels/answers.ts'
import { templateVariables } from '#channels/mapping.ts'
import type { SmsChoice, SmsContent } from '#channels/sms/content.ts'
import type { SmsAudience } from '#channels/sms/text.ts'
import { isAlike } from '#console/editing/draft.ts'
import { Hints, NotAnswered } from '#console/editing/field.tsx'
import { useRemarkWords } from '#console/templates/list/template-state.tsx'
import { useDynamicWords } from '#console/ui/dynamic-words.ts'
import { Result } from '#console/ui/result.tsx'
import { Time } from '#console/ui/time.tsx'
import { guessMapping } from '../guess-mapping.ts'
import { MappingFields, TemplateText } from '../mapping.tsx'
import type { ProviderText } from '../provider-text.tsx'
import {
  ChoiceField,
  signatureObstacle,
  templateObstacle,
  useDetails,
  useLists,
  useSignatureOptions,
  useTemplateOptions,
} from './provider-choices.tsx'

export const emptyChoice: SmsChoice = { signature: '', templateCode: '', templateText: '', mapping: {} }

type SmsText = ProviderText<SmsContent>

export function SmsPart({ text, audience }: { text: SmsText; audience: SmsAudience }) {
  const { editing, content, problems, canWrite } = text
  const t = useTranslations('SmsTemplate')
  const audiences = useTranslations('Audience')
  const id = useId()
  const choice = content[audience]
  const [put, setPut] = useState(emptyChoice)
  const change = (next: typeof choice) => text.change({ ...content, [audience]: next })
  /** What was chosen comes back when the audience does. */
  const toggle = () => {
    if (choice) setPut(choice)
    change(choice ? null : put)
  }
  const { error } = problems.at(audience)
  const isAsStored = isAlike(editing.saved?.draft.content[audience], text.sent()[audience])
  return (
    <section className="part" aria-labelledby={id}>
      <div className="tick">
        <input
          id={`${id}-on`}
          type="checkbox"
          checked={choice !== null}
          disabled={!canWrite}
          aria-invalid={error ? true : undefined}
          aria-describedby={`${id}-for`}
          onChange={toggle}
        />
        <div>
          <h2 id={id}>
            <label htmlFor={`${id}-on`}>{audiences(audience)}</label>
          </h2>
          <p id={`${id}-for`} className={error ? 'field-problem' : 'field-help'}>
            {error ? t('chooseAudience') : t(`for_${audience}`)}
          </p>
        </div>
      </div>
      {choice && (
        <div className="part-fields">
          {isAsStored && <Blocked text={text} audience={audience} />}
          <PartFields text={text} audience={audience} choice={choice} onChange={change} />
        </div>
      )}
    </section>
  )
}

/** Why what is stored for an audience is not used, by what the provider said of it; nothing when it is. */
function Blocked({ text: { opened }, audience }: { text: SmsText; audience: SmsAudience }) {
  const { account, stored } = opened
  const t = useTranslations('AccountTemplate')
  const reasons = useDynamicWords('Reason', account.provider)
  const { blocked, detail } = stored?.approval[audience] ?? {}
  if (!blocked) return null
  const at = stored?.approvalAt
  return (
    <Result
      tone="amber"
      title={reasons(blocked)}
      why={at && t.rich('notUsed', { when: () => <Time key="when" at={at} /> })}
      next={reasons.find(`${blocked}Hint`)}
      {...(detail ? { detail } : {})}
    />
  )
}

type Props = {
  text: SmsText
  audience: SmsAudience
  choice: SmsChoice
  onChange: (choice: SmsChoice) => void
}

function PartFields({ text, audience, choice, onChange }: Props) {
  const { opened, editing, content, problems, variables, canWrite } = text
  const { account, scenario, texts } = opened
  const t = useTranslations('SmsTemplate')
  const ruleWords = useDynamicWords('SmsTemplate', account.provider)
  const answer = useLists(account.id)
  const details = useDetails(account.id, choice)
  const { lists } = answer
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
  const remarks = useCarrierRemarks(text, audience, details.carriers)
  const before = editing.saved?.draft.content[audience]
  const isTextNew = before?.templateCode === choice.templateCode && before.templateText !== choice.templateText

  /** The choice with a text of the provider's, and a guess for every variable that has no source yet. */
  const withText = (of: SmsChoice, templateText: string): SmsChoice => ({
    ...of,
    templateText,
    mapping: guessMapping(templateVariables(templateText), scenario.variables, of.mapping),
  })
  const chooseTemplate = (templateCode: string) => {
    const chosen = lists?.templates.find(({ code }) => code === templateCode)
    onChange(withText({ ...choice, templateCode }, chosen?.text ?? ''))
  }
  // What the provider has is what is sent: a text that was changed there takes the place of the one kept here.
  const newText = canWrite && template && template.text !== choice.templateText ? template.text : undefined
  useEffect(() => {
    if (newText === undefined) return
    editing.store.follow({ content: { ...content, [audience]: withText(choice, newText) } })
  })
  const ruleOf = (name: string) => {
    const rule = Object.hasOwn(details.rules, name) ? details.rules[name] : undefined
    return rule && (ruleWords.find(`rule_${rule}`) ?? rule)
  }
  return (
    <>
      <NotAnswered error={answer.error} answer={lists} onAskAgain={answer.askAgain} />
      <ChoiceField
        label={t('signature')}
        placeholder={t('chooseSignature')}
        options={signatures}
        value={choice.signature}
        state={signature?.state}
        obstacle={againstSignature && problems.say(againstSignature)}
        problems={problems.at(`${audience}.signature`)}
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
        problems={problems.at(`${audience}.templateCode`)}
        remarks={isTextNew ? [problems.say({ code: 'template_text_changed' })] : []}
        isReadOnly={!canWrite}
        onChoose={chooseTemplate}
      >
        {choice.templateText && <TemplateText text={choice.templateText} texts={texts} />}
        <Hints hints={problems.at(`${audience}.templateText`).hints} />
      </ChoiceField>
      {choice.templateCode && (
        <MappingFields
          names={templateVariables(choice.templateText)}
          mapping={choice.mapping}
          variables={variables}
          texts={texts}
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

/** In words. As the provider says it now, else as it was said of the stored template. Only the mainland's carriers register. */
function useCarrierRemarks(
  { opened, editing, content }: SmsText,
  audience: SmsAudience,
  carriers: Signature['carriers'],
): string[] {
  const words = useRemarkWords()
  if (audience === 'international') return []
  if (carriers.length > 0) {
    const open = carriers.filter(({ state }) => state !== 'registered')
    return words(open.map(({ carrier, state, reason }) => ({ code: `carrier_${state}`, params: { carrier, reason } })))
  }
  const isStored = editing.saved?.draft.content.mainland?.signature === content.mainland?.signature
  return isStored ? words(opened.stored?.approval.mainland?.remarks ?? []) : []
}
