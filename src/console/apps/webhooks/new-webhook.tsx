'use client'
/** Makes a webhook: the address that is called, what it is told of, and whether with whole recipients. */
import { useTranslations } from 'next-intl'
import { useTRPCClient } from '#console/trpc/client.tsx'
import type { FormValues } from '#console/ui/form.tsx'
import { FormDrawer } from '#console/ui/form-drawer.tsx'
import { EndpointFields, settingsOf, useEndpointProblem } from './endpoint-fields.tsx'

export type MadeWebhook = { id: string; secret: string }

type Props = { appId: string; isOpen: boolean; onClose: () => void; onMade: (made: MadeWebhook) => void }

export function NewWebhook({ appId, isOpen, onClose, onMade }: Props) {
  const t = useTranslations('Webhooks')
  const problemOf = useEndpointProblem()
  const client = useTRPCClient()
  const make = async (values: FormValues) => {
    try {
      onMade(await client.webhooks.add.mutate({ ...settingsOf(values), appId, enabled: true }))
      return undefined
    } catch (error) {
      return problemOf(error)
    }
  }
  return (
    <FormDrawer
      isOpen={isOpen}
      onClose={onClose}
      title={t('newTitle')}
      intro={t('newIntro')}
      verb={t('newVerb')}
      onSave={make}
    >
      <EndpointFields />
    </FormDrawer>
  )
}
