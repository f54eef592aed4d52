'use client'
import type { inferRouterOutputs } from '@trpc/server'
/** Mails exactly what stands in the editor to an address, and tells in place what the mail server said. */
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { AppRouter } from '#api/router.ts'
import { useFindingWords } from '../../../../../../template-editor/findings/findings-panel.tsx'
import { quickFindings } from '../../../../../../template-editor/findings/quick-findings.ts'
import { useTRPCClient } from '../../../../../../trpc/client.tsx'
import { Button } from '../../../../../../ui/button.tsx'
import { Dialog } from '../../../../../../ui/dialog.tsx'
import { TextField } from '../../../../../../ui/fields.tsx'
import { FormBody, type FormValues, useSave } from '../../../../../../ui/form.tsx'
import { useProblemWords } from '../../../../../../ui/problem-words.tsx'
import { Result } from '../../../../../../ui/result.tsx'
import { useOutcomeWords } from '../../../../../messages/outcome-words.ts'
import type { DialogsProps } from './editing-props.ts'

type Outcome = inferRouterOutputs<AppRouter>['templates']['testSend']
type Props = DialogsProps & { isOpen: boolean; onClose: () => void }

export function TestSendDialog(props: Props) {
  const { shell, isOpen, onClose } = props
  const t = useTranslations('Template')
  const [to, setTo] = useState(shell.user.email)
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('testSend')} intro={t('testSendIntro')}>
      <TestSendForm {...props} to={to} onSent={setTo} />
    </Dialog>
  )
}

function TestSendForm({
  about,
  scenario,
  content,
  values,
  to,
  onSent,
  onClose,
}: Props & { to: string; onSent: (to: string) => void }) {
  const t = useTranslations('Template')
  const common = useTranslations('Common')
  const client = useTRPCClient()
  const words = useProblemWords()
  const say = useFindingWords()
  const [outcome, setOutcome] = useState<Outcome>()
  const send = async (given: FormValues) => {
    setOutcome(undefined)
    const now = content.get()
    const errors = quickFindings(now, scenario).filter(({ severity }) => severity === 'error')
    if (errors.length > 0) {
      return { result: { tone: 'red', title: t('notSent'), why: errors.map(say).join(' ') } as const }
    }
    const address = given.to ?? ''
    try {
      setOutcome(await client.templates.testSend.mutate({ ...about.place, content: now, values, to: address }))
      onSent(address)
      return undefined
    } catch (error) {
      return words.form(error, { inputs: ['to'] })
    }
  }
  const { form, submit, isBusy, problem } = useSave(send)
  return (
    <form ref={form} noValidate onSubmit={submit}>
      <div className="dialog-body form">
        <FormBody problem={problem}>
          <TextField name="to" label={t('testSendTo')} type="email" defaultValue={to} autoComplete="email" required />
        </FormBody>
        {outcome && !isBusy && <Answer outcome={outcome} />}
      </div>
      <div className="dialog-end">
        <Button onClick={onClose}>{common('close')}</Button>
        <Button kind="primary" type="submit" isBusy={isBusy}>
          {isBusy ? t('sending') : t('send')}
        </Button>
      </div>
    </form>
  )
}

/** What the mail server said, and what to do about it. */
function Answer({ outcome }: { outcome: Outcome }) {
  const t = useTranslations('Template')
  const ofCode = useOutcomeWords()
  const { account, ms, messageId } = outcome
  const link = (
    <Link className="button" href={`/messages/${messageId}`} prefetch={false} target="_blank">
      {t('openMessage')}
    </Link>
  )
  if (outcome.ok) {
    return <Result tone="green" title={t('accepted', { account })} why={t('took', { ms })} action={link} />
  }
  const { what, hint } = ofCode(outcome.code)
  return (
    <Result
      tone={outcome.kind === 'unknown' ? 'amber' : 'red'}
      title={t(outcome.kind === 'unknown' ? 'outcomeUnknown' : 'refused', { account })}
      why={what && t('sentence', { what })}
      next={
        <>
          <q>{outcome.detail}</q> {hint}
        </>
      }
      code={outcome.code}
      detail={outcome.detail}
      action={link}
    />
  )
}
