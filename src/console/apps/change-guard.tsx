'use client'
/** Changes what the guard does, how many codes an App sends a day, and where it sends none. */
import { useQueryClient } from '@tanstack/react-query'
import type { inferRouterOutputs } from '@trpc/server'
import { useTranslations } from 'next-intl'
import type { AppRouter } from '#api/router.ts'
import { useTRPC, useTRPCClient } from '../trpc/client.tsx'
import { NumberField, SelectField, TickField } from '../ui/fields.tsx'
import type { FormValues } from '../ui/form.tsx'
import { FormDrawer } from '../ui/form-drawer.tsx'
import { useProblemWords } from '../ui/problem-words.tsx'

export type Guard = inferRouterOutputs<AppRouter>['apps']['guard']

type Props = { appId: string; guard: Guard; isOpen: boolean; onClose: () => void }

const modes = ['record', 'block'] as const

export function ChangeGuard({ appId, guard, isOpen, onClose }: Props) {
  const t = useTranslations('Guard')
  const shell = useTranslations('Shell')
  const words = useProblemWords()
  const client = useTRPCClient()
  const queries = useQueryClient()
  const trpc = useTRPC()
  const channels = guard.channels.map(({ channel }) => channel)
  const save = async (values: FormValues) => {
    // Only what was changed here: somebody else may have changed the rest.
    const typed = guard.channels.flatMap(({ channel, perDay }) => {
      const limit = values[`codesPerDay.${channel}`]?.trim() ?? ''
      return limit === (perDay === null ? '' : String(perDay)) ? [] : [{ channel, limit }]
    })
    // A number that is none stays one that the server refuses.
    const limits = typed.flatMap(({ channel, limit }) => (limit ? [[channel, Number(limit)]] : []))
    const stops = guard.channels.flatMap(({ channel, isStopped }) => {
      const stop = Boolean(values[`stopped.${channel}`])
      return stop === isStopped ? [] : [[channel, stop]]
    })
    const mode = values.guardMode === 'block' ? 'block' : 'record'
    try {
      await client.apps.changeGuard.mutate({
        appId,
        ...(mode === guard.guardMode ? {} : { guardMode: mode }),
        codesPerDay: Object.fromEntries(limits),
        unlimited: typed.filter(({ limit }) => !limit).map(({ channel }) => channel),
        stops: Object.fromEntries(stops),
      })
      await queries.invalidateQueries({ queryKey: trpc.apps.guard.queryKey({ appId }) })
      return undefined
    } catch (error) {
      return words.form(error, { inputs: channels.map((channel) => `codesPerDay.${channel}`) })
    }
  }
  return (
    <FormDrawer isOpen={isOpen} onClose={onClose} title={t('change')} intro={t('intro')} onSave={save}>
      <SelectField
        name="guardMode"
        label={t('mode')}
        help={t('modeHelp')}
        defaultValue={guard.guardMode}
        options={modes.map((value) => ({ value, label: t(`mode_${value}`) }))}
      />
      <fieldset className="stack-tight">
        <legend className="label">{t('perDay')}</legend>
        <p className="field-help">{t('perDayHelp')}</p>
        {guard.channels.map(({ channel, perDay }) => (
          <NumberField
            key={channel}
            name={`codesPerDay.${channel}`}
            label={t('perDayOf', { channel: shell(`channel_${channel}`) })}
            defaultValue={perDay === null ? '' : String(perDay)}
          />
        ))}
      </fieldset>
      <fieldset className="stack-tight">
        <legend className="label">{t('stop')}</legend>
        <p className="field-help">{t('stopHelp')}</p>
        {guard.channels.map(({ channel, isStopped }) => (
          <TickField
            key={channel}
            name={`stopped.${channel}`}
            label={t('stopOf', { channel: shell(`channel_${channel}`) })}
            defaultChecked={isStopped}
          />
        ))}
      </fieldset>
    </FormDrawer>
  )
}
