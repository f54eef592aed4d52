'use client'
/** Sends exactly what is edited to an address of the person's, and tells in place what the provider said. */
import { useQuery } from '@tanstack/react-query'
import type { inferRouterOutputs } from '@trpc/server'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { AppRouter } from '#api/router.ts'
import type { FieldProblem } from '#domain/base/errors.ts'
import { useOutcomeWords } from '../messages/outcome-words.ts'
import { badgeOf } from '../messages/status.ts'
import { useTRPC } from '../trpc/client.tsx'
import { Button, LinkButton } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { TextField } from '../ui/fields.tsx'
import { FormBody, type FormValues, useSave } from '../ui/form.tsx'
import { useProblemWords } from '../ui/problem-words.tsx'
import { Result, type ResultProps } from '../ui/result.tsx'
import { StateBadge } from '../ui/state-badge.tsx'

export type TestSendOutcome = inferRouterOutputs<AppRouter>['templates']['testSend']

/** What a test send is called on the page, and the address that it asks for. */
export type TestSendWords = {
  title: string
  intro: string
  to: string
  help?: string
  verb: string
  busy: string
  /** What the provider calls its id of the message, where a person may need it. */
  idName?: string
}

type Props = {
  words: TestSendWords
  /** Of the address. */
  type: 'email' | 'tel' | 'text'
  send: (to: string) => Promise<TestSendOutcome>
  /** Why what is edited cannot be sent as it is; undefined when it can. */
  blocked?: () => ResultProps | undefined
  /** Words of the page's own for what the server refused. */
  say?: (problem: FieldProblem) => string | undefined
  failed?: (error: unknown) => ResultProps | undefined
  /** The address to start with. */
  to: string
  isOpen: boolean
  onClose: () => void
  onSent?: (outcome: TestSendOutcome) => void
}

export function TestSendDialog(props: Props) {
  const { words, isOpen, onClose } = props
  const [to, setTo] = useState(props.to)
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={words.title} intro={words.intro}>
      <TestSendForm {...props} to={to} onTried={setTo} />
    </Dialog>
  )
}

function TestSendForm(props: Props & { onTried: (to: string) => void }) {
  const { words, type, to, onClose, onTried } = props
  const common = useTranslations('Common')
  const problems = useProblemWords()
  const [outcome, setOutcome] = useState<TestSendOutcome>()
  const send = async (given: FormValues) => {
    setOutcome(undefined)
    const result = props.blocked?.()
    if (result) return { result }
    const address = given.to ?? ''
    try {
      const answer = await props.send(address)
      setOutcome(answer)
      onTried(address)
      props.onSent?.(answer)
      return undefined
    } catch (error) {
      const own = props.failed?.(error)
      return own ? { result: own } : problems.form(error, { inputs: ['to'], ...(props.say ? { say: props.say } : {}) })
    }
  }
  const { form, submit, isBusy, problem } = useSave(send)
  return (
    <form ref={form} noValidate onSubmit={submit}>
      <div className="dialog-body form">
        <FormBody problem={problem}>
          <TextField
            name="to"
            label={words.to}
            help={words.help}
            type={type}
            defaultValue={to}
            autoComplete={type === 'text' ? 'off' : type}
            required
          />
        </FormBody>
        {outcome && !isBusy && <Answer outcome={outcome} idName={words.idName} />}
      </div>
      <div className="dialog-end">
        <Button onClick={onClose}>{common('close')}</Button>
        <Button kind="primary" type="submit" isBusy={isBusy}>
          {isBusy ? words.busy : words.verb}
        </Button>
      </div>
    </form>
  )
}

/** What the provider said, and what to do about it. */
function Answer({ outcome, idName }: { outcome: TestSendOutcome; idName: string | undefined }) {
  const t = useTranslations('Template')
  const ofCode = useOutcomeWords()
  const { account, ms, messageId } = outcome
  const link = (
    <LinkButton href={`/messages/${messageId}`} target="_blank">
      {t('openMessage')}
    </LinkButton>
  )
  if (outcome.ok) {
    return (
      <Result
        tone="green"
        title={t('accepted', { account })}
        why={
          <>
            {t('took', { ms })} <MessageState id={messageId} />
          </>
        }
        next={
          idName && (
            <>
              {idName} <code className="break">{outcome.providerMessageId}</code>
            </>
          )
        }
        action={link}
      />
    )
  }
  const { what, hint } = ofCode(outcome.cause ?? outcome.code)
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

const everyMs = 2000
const quickTimes = 30
const slowlyEveryMs = 15_000

/** How the message that was sent stands, until nothing more happens to it. Each change is announced by the result around it. */
function MessageState({ id }: { id: string }) {
  const t = useTranslations('Status')
  const { data } = useQuery(
    useTRPC().messages.get.queryOptions(
      { id },
      {
        refetchInterval: ({ state: { data: message, dataUpdateCount } }) =>
          message?.isUnderWay !== false && (dataUpdateCount < quickTimes ? everyMs : slowlyEveryMs),
      },
    ),
  )
  const badge = data && badgeOf(data)
  return badge && <StateBadge tone={badge.tone}>{t(badge.word)}</StateBadge>
}
