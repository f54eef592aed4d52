'use client'
/** Changes a webhook over the version that the form was opened with, whatever is read meanwhile. */
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPCClient } from '#console/trpc/client.tsx'
import { TickField } from '#console/ui/fields.tsx'
import type { FormValues } from '#console/ui/form.tsx'
import { FormDrawer } from '#console/ui/form-drawer.tsx'
import { EndpointFields, settingsOf, useEndpointProblem } from './endpoint-fields.tsx'
import { type Endpoint, isOn } from './endpoint-state.tsx'
import { useWebhooksChanged } from './use-webhooks-changed.ts'

type Props = { endpoint: Endpoint; isOpen: boolean; onClose: () => void }

export function EditWebhook({ endpoint, isOpen, onClose }: Props) {
  const t = useTranslations('Webhooks')
  const problemOf = useEndpointProblem()
  const client = useTRPCClient()
  const changed = useWebhooksChanged()
  const save = async (values: FormValues) => {
    const [enabled, version] = [Boolean(values.enabled), Number(values.version)]
    try {
      await client.webhooks.change.mutate({ ...settingsOf(values), enabled, id: endpoint.id, version })
      await changed()
      return undefined
    } catch (error) {
      // Somebody else's change is what the page shows, then.
      changed()
      return problemOf(error)
    }
  }
  return (
    <FormDrawer isOpen={isOpen} onClose={onClose} title={t('editTitle')} onSave={save}>
      <OpenedFields endpoint={endpoint} />
    </FormDrawer>
  )
}

function OpenedFields({ endpoint }: { endpoint: Endpoint }) {
  const t = useTranslations('Webhooks')
  const [opened] = useState(endpoint)
  return (
    <>
      <input type="hidden" name="version" value={opened.version} />
      <TickField name="enabled" label={t('on')} help={t('onHelp')} defaultChecked={isOn(opened)} />
      <EndpointFields endpoint={opened} />
    </>
  )
}
