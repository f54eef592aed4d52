'use client'
/** Which template the page is about: the default's or an App's, and in which language. The choice stands in the address. */
import { useTranslations } from 'next-intl'
import { AppMenu } from '#console/editing/app-menu.tsx'
import { Choice, ChoiceMenu } from '#console/editing/choice-menu.tsx'
import type { EditingProps } from './editing-props.ts'
import { languageName, languagesOf, placeAddress } from './place.ts'

export function PlacePickers({ about, variants }: EditingProps) {
  const t = useTranslations('Template')
  const { place, apps, app } = about
  const { scenario, appId, locale } = place
  const isStored = (language: string | null) =>
    variants.some((variant) => variant.appId === appId && variant.locale === language)
  const shown = locale ? languageName(locale) : t('base')
  return (
    <>
      <AppMenu apps={apps} app={app} addressOf={(one) => placeAddress(scenario, one, locale)} />
      <ChoiceMenu label={t('languagePicker', { language: shown })} shown={shown}>
        {[null, ...languagesOf(variants, place)].map((language) => (
          <Choice
            key={language ?? ''}
            href={placeAddress(scenario, app, language)}
            isChosen={language === locale}
            {...(isStored(language) ? {} : { remark: t('notStored') })}
          >
            {language ? languageName(language) : t('base')}
          </Choice>
        ))}
      </ChoiceMenu>
    </>
  )
}
