'use client'
/** Whose template the page is about, and from which account it names. The choice stands in the address. */
import { useTranslations } from 'next-intl'
import { AppMenu } from '#console/editing/app-menu.tsx'
import { Choice, ChoiceMenu } from '#console/editing/choice-menu.tsx'
import { type About, addressOf } from './place.ts'

export function PlacePickers({ place, apps, app, accounts, account }: About) {
  const t = useTranslations('AccountTemplate')
  return (
    <>
      <AppMenu apps={apps} app={app} addressOf={(one) => addressOf(place, one, account)} />
      <ChoiceMenu label={t('accountPicker', { account: account.name })} shown={account.name}>
        {accounts.map((one) => (
          <Choice
            key={one.id}
            href={addressOf(place, app, one)}
            isChosen={one.id === account.id}
            {...(one.isInForce ? { remark: t('inForce') } : {})}
          >
            {one.name}
          </Choice>
        ))}
      </ChoiceMenu>
    </>
  )
}
