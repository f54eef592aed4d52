'use client'
/** Where an App is told what became of its messages. The secret of a webhook is shown once, right after it is made. */
import { useSuspenseQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '#console/trpc/client.tsx'
import { Button } from '#console/ui/button.tsx'
import { CodeLine } from '#console/ui/code-line.tsx'
import { EmptyState } from '#console/ui/empty-state.tsx'
import { lazyPart } from '#console/ui/lazy-part.tsx'
import { Section } from '#console/ui/page-head.tsx'
import { ShownOnce } from '#console/ui/shown-once.tsx'
import { useOnceNeeded } from '#console/ui/use-once-needed.ts'
import { events } from './events.ts'
import type { MadeWebhook } from './new-webhook.tsx'
import { webhookPlace } from './places.ts'
import { useWebhooksChanged } from './use-webhooks-changed.ts'
import { WebhookTable } from './webhook-table.tsx'

const NewWebhook = lazyPart(() => import('./new-webhook.tsx').then((file) => file.NewWebhook))

type Props = { appId: string; appKey: string; mayWrite: boolean }

export function WebhookSection({ appId, appKey, mayWrite }: Props) {
  const t = useTranslations('Webhooks')
  const { data: endpoints } = useSuspenseQuery(useTRPC().webhooks.list.queryOptions({ appId }))
  const changed = useWebhooksChanged()
  const [isOpen, setOpen] = useState(false)
  const isNeeded = useOnceNeeded(isOpen)
  const [made, setMade] = useState<MadeWebhook>()
  const start = mayWrite && <Button onClick={() => setOpen(true)}>{t('new')}</Button>
  return (
    <Section
      id="webhooks"
      title={t('title')}
      purpose={
        <>
          {t('purpose')}{' '}
          <Link className="link" href="/docs#webhooks" prefetch={false}>
            {t('howItWorks')}
          </Link>
        </>
      }
      action={endpoints.length > 0 && start}
    >
      {made && <Made key={made.id} {...made} appKey={appKey} onDone={() => setMade(undefined)} />}
      {endpoints.length > 0 ? (
        <WebhookTable endpoints={endpoints} appKey={appKey} all={events.length} />
      ) : (
        <EmptyState title={t('none')} text={t(mayWrite ? 'noneHint' : 'noneForOthers')} action={start} />
      )}
      {isNeeded && (
        <NewWebhook
          appId={appId}
          isOpen={isOpen}
          onClose={() => setOpen(false)}
          onMade={(webhook) => {
            setMade(webhook)
            changed()
          }}
        />
      )}
    </Section>
  )
}

type MadeProps = MadeWebhook & { appKey: string; onDone: () => void }

function Made({ id, secret, appKey, onDone }: MadeProps) {
  const t = useTranslations('Webhooks')
  return (
    <ShownOnce title={t('madeTitle')} done={t('done')} onDone={onDone}>
      <p>{t('secretOnce')}</p>
      <CodeLine code={secret} what={t('theSecret')} />
      <p className="link">
        {t.rich('madeNext', {
          page: (words) => (
            <Link href={webhookPlace(appKey, id)} prefetch={false}>
              {words}
            </Link>
          ),
        })}
      </p>
    </ShownOnce>
  )
}
