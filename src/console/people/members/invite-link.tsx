'use client'
/** The link of an invitation that was just made. It cannot be shown again. */
import { useTranslations } from 'next-intl'
import { CodeLine } from '#console/ui/code-line.tsx'
import { ShownOnce } from '#console/ui/shown-once.tsx'
import { Time } from '#console/ui/time.tsx'

export type MadeInvitation = { email: string; url: string; expiresAt: Date | string }

export function InviteLink({ email, url, expiresAt, onDone }: MadeInvitation & { onDone: () => void }) {
  const t = useTranslations('Members')
  return (
    <ShownOnce title={t('linkTitle', { email })} done={t('done')} onDone={onDone}>
      <p>{t.rich('linkOnce', { until: () => <Time at={expiresAt} as="day" /> })}</p>
      <CodeLine code={url} what={t('theLink')} />
    </ShownOnce>
  )
}
