'use client'
/** The fields of a webhook, and what is made of them when they are saved. */
import { useTranslations } from 'next-intl'
import { useId } from 'react'
import { TextField, TickField } from '#console/ui/fields.tsx'
import { type FormProblem, type FormValues, useFieldProblem } from '#console/ui/form.tsx'
import { useProblemWords } from '#console/ui/problem-words.tsx'
import type { WebhookEvent } from '#domain/webhooks/payload.ts'
import type { Endpoint } from './endpoint-state.tsx'
import { eventGroups, events, eventWords, isOfMessage } from './events.ts'

/** `endpoint` is the one that is changed; a new one is told of messages unless something else is chosen. */
export function EndpointFields({ endpoint }: { endpoint?: Endpoint }) {
  const t = useTranslations('Webhooks')
  return (
    <>
      <TextField
        name="url"
        label={t('address')}
        help={t('addressHelp')}
        required
        inputMode="url"
        autoComplete="off"
        placeholder="https://…"
        maxLength={2000}
        defaultValue={endpoint?.url}
      />
      <TextField
        name="description"
        label={t('description')}
        help={t('descriptionHelp')}
        autoComplete="off"
        maxLength={100}
        defaultValue={endpoint?.description}
      />
      <EventsField isChosen={(event) => endpoint?.events.includes(event) ?? isOfMessage(event)} />
      <TickField
        name="wholeRecipient"
        label={t('whole')}
        help={t('wholeHelp')}
        defaultChecked={endpoint?.wholeRecipient}
      />
    </>
  )
}

function EventsField({ isChosen }: { isChosen: (event: WebhookEvent) => boolean }) {
  const t = useTranslations('Webhooks')
  const problem = useFieldProblem('events')
  const problemId = useId()
  return (
    <fieldset className="stack-tight">
      <legend className="label">{t('events')}</legend>
      {problem && (
        <p id={problemId} className="field-problem" role="alert">
          {problem}
        </p>
      )}
      {eventGroups.map(({ title, events: ofGroup }) => (
        <fieldset key={title} className="stack-tight">
          <legend className="label muted">{t(title)}</legend>
          {ofGroup.map((event) => (
            <TickField
              key={event}
              name={event}
              label={
                <>
                  {t(eventWords[event])} <code className="muted">{event}</code>
                </>
              }
              defaultChecked={isChosen(event)}
              problemId={problem && problemId}
            />
          ))}
        </fieldset>
      ))}
    </fieldset>
  )
}

export const settingsOf = (values: FormValues) => ({
  url: values.url ?? '',
  description: values.description ?? '',
  events: events.filter((event) => values[event]),
  wholeRecipient: Boolean(values.wholeRecipient),
})

/** What the form shows of a refusal. */
export function useEndpointProblem(): (error: unknown) => FormProblem {
  const t = useTranslations('Webhooks')
  const words = useProblemWords()
  return (error) =>
    words.form(error, {
      inputs: ['url', 'description', 'events', 'wholeRecipient'],
      say: ({ path }) => (path === 'events' ? t('eventsNone') : undefined),
    })
}
