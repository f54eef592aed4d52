'use client'
/** What can be done with a webhook by those who may. */
import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { ConfirmDelete } from '#console/confirm-delete.tsx'
import { useTRPC, useTRPCClient } from '#console/trpc/client.tsx'
import { Button } from '#console/ui/button.tsx'
import { ConfirmDialog } from '#console/ui/confirm-dialog.tsx'
import { lazyPart } from '#console/ui/lazy-part.tsx'
import { Icon } from '#console/ui/line-icon.tsx'
import { Menu, MenuItem } from '#console/ui/menu.tsx'
import { useProblemWords } from '#console/ui/problem-words.tsx'
import { Time } from '#console/ui/time.tsx'
import { useOnceNeeded } from '#console/ui/use-once-needed.ts'
import type { Endpoint } from './endpoint-state.tsx'
import { webhooksPlace } from './places.ts'
import type { Trial } from './trial.tsx'
import { useWebhooksChanged } from './use-webhooks-changed.ts'

const EditWebhook = lazyPart(() => import('./edit-webhook.tsx').then((file) => file.EditWebhook))

type Props = { appKey: string; endpoint: Endpoint; trial: Trial; onSecret: (secret: string) => void }

export function EndpointActions({ appKey, endpoint, trial, onSecret }: Props) {
  const t = useTranslations('Webhooks')
  const [open, setOpen] = useState<'edit' | 'replace' | 'delete'>()
  const isEditNeeded = useOnceNeeded(open === 'edit')
  const close = () => setOpen(undefined)
  return (
    <>
      <Button onClick={trial.start} isBusy={trial.isPending}>
        {t('tryOut')}
      </Button>
      <Menu label={t('more')} align="end" buttonClass="button" button={<Icon name="more" />}>
        <MenuItem onClick={() => setOpen('edit')}>{t('edit')}</MenuItem>
        <MenuItem onClick={() => setOpen('replace')}>{t('replace')}</MenuItem>
        <MenuItem isDanger onClick={() => setOpen('delete')}>
          {t('delete')}
        </MenuItem>
      </Menu>
      {isEditNeeded && <EditWebhook endpoint={endpoint} isOpen={open === 'edit'} onClose={close} />}
      <ReplaceSecret endpoint={endpoint} isOpen={open === 'replace'} onClose={close} onSecret={onSecret} />
      <DeleteWebhook appKey={appKey} id={endpoint.id} isOpen={open === 'delete'} onClose={close} />
    </>
  )
}

type Asking = { isOpen: boolean; onClose: () => void }

function ReplaceSecret({ endpoint, onSecret, ...asking }: Asking & Pick<Props, 'endpoint' | 'onSecret'>) {
  const t = useTranslations('Webhooks')
  const words = useProblemWords()
  const client = useTRPCClient()
  const changed = useWebhooksChanged()
  const { id, version, formerUntil } = endpoint
  const replace = async () => {
    try {
      onSecret((await client.webhooks.rotate.mutate({ id, version })).secret)
      changed()
      return undefined
    } catch (error) {
      return words.result(error)
    }
  }
  return (
    <ConfirmDialog
      {...asking}
      title={t('replaceTitle')}
      consequences={[
        t('replaceBoth'),
        ...(formerUntil ? [t.rich('replaceThird', { until: () => <Time at={formerUntil} as="exact" /> })] : []),
        t('replaceOnce'),
      ]}
      verb={t('replace')}
      onConfirm={replace}
    />
  )
}

function DeleteWebhook({ appKey, id, ...asking }: Asking & { appKey: string; id: string }) {
  const t = useTranslations('Webhooks')
  const client = useTRPCClient()
  const router = useRouter()
  const trpc = useTRPC()
  const queries = useQueryClient()
  const remove = async () => {
    await client.webhooks.remove.mutate({ id })
    queries.removeQueries(trpc.webhooks.list.pathFilter())
    router.replace(webhooksPlace(appKey))
  }
  return (
    <ConfirmDelete
      {...asking}
      title={t('deleteTitle')}
      intro={t('deleteIntro')}
      consequences={[t('deleteStops'), t('deleteCalls')]}
      verb={t('deleteVerb')}
      onDelete={remove}
    />
  )
}
