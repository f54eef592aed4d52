'use client'
/** Whose template the page is about: the default's or an App's. The choice stands in the address. */
import { useTranslations } from 'next-intl'
import type { AppName } from '../templates/list/chosen-app.ts'
import { Choice, ChoiceMenu } from './choice-menu.tsx'

type Props = { apps: readonly AppName[]; app: AppName | null; addressOf: (app: AppName | null) => string }

export function AppMenu({ apps, app, addressOf }: Props) {
  const t = useTranslations('Template')
  return (
    <ChoiceMenu
      label={t('appPicker', { app: app?.name ?? t('default') })}
      shown={app ? t('ofApp', { app: app.name }) : t('default')}
    >
      <Choice href={addressOf(null)} isChosen={!app}>
        {t('default')}
      </Choice>
      {apps.map((one) => (
        <Choice key={one.id} href={addressOf(one)} isChosen={one.id === app?.id}>
          {one.name}
        </Choice>
      ))}
    </ChoiceMenu>
  )
}
