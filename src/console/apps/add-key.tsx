'use client'
import { useTranslations } from 'next-intl'
/** Makes a key: what it is for, whether it really sends, on which channels, and until when. */
import { channelIds } from '#channels/traits.ts'
import { useTRPCClient } from '../trpc/client.tsx'
import { SelectField, TextField, TickField } from '../ui/fields.tsx'
import type { FormValues } from '../ui/form.tsx'
import { FormDrawer } from '../ui/form-drawer.tsx'
import { useProblemWords } from '../ui/problem-words.tsx'

export type MadeKey = { value: string; name: string; kind: 'live' | 'test' }

type Props = {
  appId: string
  isOpen: boolean
  onClose: () => void
  onMade: (made: MadeKey) => void
}

const days = ['', '30', '90', '365'] as const
const channels = channelIds

export function AddKey({ appId, isOpen, onClose, onMade }: Props) {
  const t = useTranslations('App')
  const shell = useTranslations('Shell')
  const words = useProblemWords()
  const client = useTRPCClient()
  const add = async (values: FormValues) => {
    const kind = values.kind === 'test' ? 'test' : 'live'
    const name = values.name?.trim() ?? ''
    try {
      const { key } = await client.apps.addKey.mutate({
        appId,
        name,
        kind,
        channels: channels.filter((channel) => values[`channel_${channel}`]),
        expiresInDays: values.days ? Number(values.days) : null,
      })
      onMade({ value: key, name, kind })
      return undefined
    } catch (error) {
      return words.form(error, { inputs: ['name', 'kind'] })
    }
  }
  return (
    <FormDrawer
      isOpen={isOpen}
      onClose={onClose}
      title={t('addKeyTitle')}
      intro={t('addKeyIntro')}
      verb={t('addKeyVerb')}
      onSave={add}
    >
      <TextField name="name" label={t('keyName')} help={t('keyNameHelp')} required autoComplete="off" maxLength={60} />
      <SelectField
        name="kind"
        label={t('kind')}
        help={t('kindHelp')}
        options={(['live', 'test'] as const).map((value) => ({ value, label: t(`kind_${value}`) }))}
      />
      <fieldset className="stack-tight">
        <legend className="label">{t('channels')}</legend>
        {channels.map((channel) => (
          <TickField key={channel} name={`channel_${channel}`} label={shell(`channel_${channel}`)} />
        ))}
        <p className="field-help">{t('channelsHelp')}</p>
      </fieldset>
      <SelectField
        name="days"
        label={t('expires')}
        help={t('expiresHelp')}
        options={days.map((value) => ({
          value,
          label: value ? t('afterDays', { days: Number(value) }) : t('neverEnds'),
        }))}
      />
    </FormDrawer>
  )
}
