'use client'
/** Changes what is shown of an App. Its key stays: backends and addresses hold on to it. */
import { useQueryClient } from '@tanstack/react-query'
import type { inferRouterOutputs } from '@trpc/server'
import { useTranslations } from 'next-intl'
import type { AppRouter } from '#api/router.ts'
import { useTRPC, useTRPCClient } from '../trpc/client.tsx'
import type { FormValues } from '../ui/form.tsx'
import { FormDrawer } from '../ui/form-drawer.tsx'
import { useProblemWords } from '../ui/problem-words.tsx'
import { AppSettings, NameField, settingInputs, settingsOf } from './app-fields.tsx'
import { LogoField } from './logo-field.tsx'

export type App = inferRouterOutputs<AppRouter>['apps']['get']

type Props = { app: App; isOpen: boolean; onClose: () => void }

export function EditApp({ app, isOpen, onClose }: Props) {
  const t = useTranslations('App')
  const words = useProblemWords()
  const client = useTRPCClient()
  const queries = useQueryClient()
  const trpc = useTRPC()
  const save = async (values: FormValues) => {
    try {
      await client.apps.change.mutate({ ...settingsOf(values), id: app.id, logo: values.logo || null })
      await queries.invalidateQueries({ queryKey: trpc.apps.get.queryKey({ key: app.key }) })
      return undefined
    } catch (error) {
      return words.form(error, { inputs: settingInputs })
    }
  }
  return (
    <FormDrawer isOpen={isOpen} onClose={onClose} title={t('editTitle', { name: app.name })} onSave={save}>
      <NameField name={app.name} />
      <AppSettings language={app.language} codeLifetimeMinutes={app.codeLifetimeMinutes} />
      <LogoField logo={app.logo} name={app.name} />
    </FormDrawer>
  )
}
