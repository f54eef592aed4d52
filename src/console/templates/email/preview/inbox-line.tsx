'use client'
/** The mail as a line of an inbox: from whom, subject, and the first words of the mail. */
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { renderLine } from '#channels/email/render.ts'
import type { ContentStore } from '../content-store.ts'

type Props = {
  content: ContentStore
  variables: readonly string[]
  values: Record<string, string>
  from: { name: string; address: string }
  lead: string
  isNarrow: boolean
}

/** The two fields that the line shows, following the typing. */
function useLine(content: ContentStore) {
  const [line, setLine] = useState(() => content.get())
  useEffect(() => {
    setLine(content.get())
    return content.subscribe(() => {
      const next = content.get()
      setLine((last) => (last.subject === next.subject && last.fromName === next.fromName ? last : next))
    })
  }, [content])
  return line
}

export function InboxLine({ content, variables, values, from, lead, isNarrow }: Props) {
  const t = useTranslations('TemplateEditor')
  const { subject, fromName } = useLine(content)
  const name = fromName ? renderLine(fromName, values, variables) : from.name
  const shown = renderLine(subject, values, variables)
  return (
    <section className="inbox-line" aria-label={t('inboxLine')} data-narrow={isNarrow || undefined}>
      <span className="inbox-from" title={from.address}>
        {name || from.address}
      </span>
      <span className="inbox-words">
        <span className="inbox-subject">{shown || t('noSubject')}</span>
        {lead && <span className="muted"> — {lead}</span>}
      </span>
    </section>
  )
}
