'use client'
/**
 * The form of an email template. Keeps what was typed whatever happens: a refused save shows each problem at its place, a
 * save that somebody else was faster than shows theirs and lets the person choose.
 */
import { useTranslations } from 'next-intl'
import { type FocusEvent, type KeyboardEvent, type Ref, useImperativeHandle, useRef, useState } from 'react'
import { Button } from '../../../../../../ui/button.tsx'
import { ConfirmDialog } from '../../../../../../ui/confirm-dialog.tsx'
import { AreaField, TextField } from '../../../../../../ui/fields.tsx'
import { FormBody } from '../../../../../../ui/form.tsx'
import type { Scenario } from '../../../templates/templates-section.tsx'
import { ExampleButton } from './example-button.tsx'
import { Findings } from './findings.tsx'
import { isTextInput } from './insert-text.ts'
import { SaveEnding } from './save-ending.tsx'
import { inputName, type TemplateContent } from './template-content.ts'
import type { TemplateStored } from './template-page.tsx'
import { useFill } from './use-fill.ts'
import { useLeaveGuard } from './use-leave-guard.ts'
import { type Place, useTemplateSave } from './use-template-save.ts'
import { VariableList } from './variable-list.tsx'

/** What stands beside the form may put content into it. */
export type TemplateFormHandle = { fill(content: Partial<TemplateContent>): void }

type Props = {
  ref: Ref<TemplateFormHandle>
  place: Place
  scenario: Scenario
  stored: TemplateStored | null
  /** What the form starts with. */
  start: TemplateContent
}

export function TemplateForm({ ref, place, scenario, stored, start }: Props) {
  const t = useTranslations('TemplateForm')
  const [isChanged, setChanged] = useState(false)
  const saving = useTemplateSave(place, stored, () => setChanged(false))
  const { form, submit, isBusy, problem } = saving
  const filling = useFill(form, isChanged)
  const cursor = useRef<HTMLElement>(null)
  useImperativeHandle(ref, () => ({ fill: filling.ask }))

  const rememberCursor = ({ target }: FocusEvent) => {
    if (isTextInput(target)) cursor.current = target
  }
  const saveByKey = (event: KeyboardEvent) => {
    if (event.key !== 's' || !(event.metaKey || event.ctrlKey)) return
    event.preventDefault()
    form.current?.requestSubmit()
  }
  return (
    <form
      ref={form}
      className="template-form"
      noValidate
      onSubmit={submit}
      onInput={() => setChanged(true)}
      onFocus={rememberCursor}
      onKeyDown={saveByKey}
    >
      <div className="form template-fields">
        <FormBody problem={problem}>
          <ContentFields start={start} />
        </FormBody>
      </div>
      <div className="template-side">
        <div className="template-save">
          <Button kind="primary" type="submit" isBusy={isBusy}>
            {isBusy ? t('saving') : t('save')}
          </Button>
          {scenario.builtIn && <ExampleButton scenario={scenario.key} onInsert={filling.ask} />}
          {isChanged && <p className="muted small">{t('unsaved')}</p>}
        </div>
        <SaveEnding saving={saving} />
        <Findings findings={saving.findings} form={form} />
        <VariableList scenario={scenario} form={form} cursor={cursor} />
      </div>
      <ConfirmDialog
        isOpen={filling.isAsking}
        onClose={filling.keep}
        title={t('replaceTitle')}
        intro={t('replaceIntro')}
        verb={t('replaceVerb')}
        onConfirm={filling.replace}
      />
      <LeaveDialog isChanged={isChanged} />
    </form>
  )
}

function ContentFields({ start }: { start: TemplateContent }) {
  const t = useTranslations('TemplateForm')
  const text = (field: keyof TemplateContent) => ({ name: inputName(field), defaultValue: start[field] })
  return (
    <>
      <TextField {...text('subject')} label={t('subject')} required autoComplete="off" />
      <TextField {...text('fromName')} label={t('fromName')} help={t('fromNameHelp')} autoComplete="off" />
      <AreaField {...text('html')} label={t('html')} required rows={26} isCode />
      <AreaField {...text('text')} label={t('text')} help={t('textHelp')} rows={6} isCode />
      <TextField name="note" label={t('note')} help={t('noteHelp')} maxLength={200} autoComplete="off" />
    </>
  )
}

function LeaveDialog({ isChanged }: { isChanged: boolean }) {
  const t = useTranslations('TemplateForm')
  const { isAsking, stay, leave } = useLeaveGuard(isChanged)
  return (
    <ConfirmDialog
      isOpen={isAsking}
      onClose={stay}
      title={t('leaveTitle')}
      intro={t('leaveIntro')}
      verb={t('leaveVerb')}
      onConfirm={async () => {
        leave()
        return undefined
      }}
    />
  )
}
