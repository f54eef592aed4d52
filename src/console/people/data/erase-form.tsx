'use client'
/** Erases what is kept about one recipient: says how much that is, asks, and says how much went. */
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPCClient } from '#console/trpc/client.tsx'
import { Button } from '#console/ui/button.tsx'
import { ConfirmDialog } from '#console/ui/confirm-dialog.tsx'
import { TextField } from '#console/ui/fields.tsx'
import { FormBody, type FormValues, useSave } from '#console/ui/form.tsx'
import { Section } from '#console/ui/page-head.tsx'
import { useProblemWords } from '#console/ui/problem-words.tsx'
import { Result, type ResultProps } from '#console/ui/result.tsx'

type Traces = { messages: number; verifications: number; others: string[] }

/** Of more the server says no more than that there are so many. */
const mostCounted = 10_000
const mostCalls = 100
/** What is being sent is waited for so often, a second each. */
const mostWaits = 5

/** Erases in turns of the server's, until nothing is left but what is being sent. */
async function eraseAll(turn: () => Promise<{ messages: number; verifications: number; left: number }>) {
  const gone = { messages: 0, verifications: 0, left: 0 }
  for (let calls = 0, waits = 0; calls < mostCalls && waits < mostWaits; calls++) {
    const { messages, verifications, left } = await turn()
    gone.messages += messages
    gone.verifications += verifications
    gone.left = left
    if (left === 0) break
    if (messages + verifications > 0) continue
    waits += 1
    await new Promise((resolve) => setTimeout(resolve, 1000))
  }
  return gone
}

export function EraseForm() {
  const t = useTranslations('Data')
  const words = useProblemWords()
  const client = useTRPCClient()
  const [found, setFound] = useState<Traces & { recipient: string }>()
  const [outcome, setOutcome] = useState<ResultProps>()
  const find = async ({ recipient = '' }: FormValues) => {
    setOutcome(undefined)
    if (recipient.trim() === '') return { fields: { recipient: words.text({ code: 'required' }) } }
    try {
      const traces = await client.data.traces.mutate({ recipient })
      if (traces.messages + traces.verifications > 0) setFound({ ...traces, recipient: recipient.trim() })
      else setOutcome({ tone: 'grey', title: t('nothingKept') })
      return undefined
    } catch (error) {
      const say = ({ code }: { code: string }) => (code === 'recipient_invalid' ? t('noAddress') : undefined)
      return words.form(error, { inputs: ['recipient'], say })
    }
  }
  const { form, submit, isBusy, problem } = useSave(find)
  const erase = async () => {
    if (!found) return undefined
    try {
      const { left, ...gone } = await eraseAll(() => client.data.erase.mutate({ recipient: found.recipient }))
      const next = left > 0 ? { next: t('beingSent', { left }) } : {}
      setOutcome({ tone: left > 0 ? 'amber' : 'green', title: t('erased', gone), ...next })
      if (left === 0) form.current?.reset()
      return undefined
    } catch (error) {
      return words.result(error)
    }
  }
  return (
    <Section id="erasing" title={t('erasing')} purpose={t('erasingPurpose')}>
      <form ref={form} className="form narrow" method="post" noValidate onSubmit={submit}>
        <FormBody problem={problem}>
          <TextField
            name="recipient"
            label={t('recipient')}
            help={t('recipientHelp')}
            autoComplete="off"
            maxLength={320}
          />
        </FormBody>
        <div className="form-end">
          <Button type="submit" isBusy={isBusy}>
            {t('find')}
          </Button>
        </div>
        {outcome && <Result {...outcome} />}
      </form>
      <ConfirmDialog
        isOpen={found !== undefined}
        onClose={() => setFound(undefined)}
        title={t('eraseTitle')}
        intro={<span className="break">{found?.recipient}</span>}
        consequences={found && consequencesOf(found)}
        verb={t('erase')}
        onConfirm={erase}
      />
    </Section>
  )

  function consequencesOf({ messages, verifications, others }: Traces) {
    const counted = (count: number) => ({ count, more: String(count >= mostCounted) })
    return [
      t('messagesErased', counted(messages)),
      t('codesErased', counted(verifications)),
      ...(others.length > 0
        ? [
            <span key="others" className="break">
              {t('alsoWritten', { names: others.join(', ') })}
            </span>,
          ]
        : []),
      t('restErased'),
      t('whatStays'),
      t('noWayBackOfErasing'),
    ]
  }
}
