'use client'
/** One audience of an SMS template: switched on or off, and what is sent to it. */
import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import type { SmsContent } from '#channels/sms/content.ts'
import type { SmsAudience } from '#channels/sms/text.ts'
import { isAlike } from '#console/editing/edited.ts'
import { Standing } from '../standing.tsx'
import type { Editing } from '../use-editing.ts'
import { PartFields } from './part-fields.tsx'
import { emptyChoice } from './sms-form.ts'

export function SmsPart({ editing, audience }: { editing: Editing<SmsContent>; audience: SmsAudience }) {
  const { about, edited, stored, canWrite, problems, saving } = editing
  const t = useTranslations('SmsTemplate')
  const audiences = useTranslations('Audience')
  const id = useId()
  const choice = edited.content[audience]
  const [put, setPut] = useState(emptyChoice)
  const change = (next: typeof choice) => edited.change({ ...edited.content, [audience]: next })
  /** What was chosen comes back when the audience does. */
  const toggle = () => {
    if (choice) setPut(choice)
    change(choice ? null : put)
  }
  const { error } = problems.at(audience)
  const isAsStored = isAlike(saving.saved?.content[audience], edited.store.get()[audience])
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
          {isAsStored && (
            <Standing
              provider={about.account.provider}
              standing={stored?.standing[audience]}
              at={stored?.standingAt ?? null}
            />
          )}
          <PartFields editing={editing} audience={audience} choice={choice} onChange={change} />
        </div>
      )}
    </section>
  )
}
