'use client'
/** Which template the page is about: the default's or an App's, and in which language. The choice stands in the address. */
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Icon } from '../../../../../../ui/line-icon.tsx'
import { Menu } from '../../../../../../ui/menu.tsx'
import type { EditingProps } from './editing-props.ts'
import { languageName, languagesOf, placeAddress } from './place.ts'

export function PlacePickers({ about, variants }: EditingProps) {
  const t = useTranslations('Template')
  const { place, apps, app } = about
  const { scenario, appId, locale } = place
  const isStored = (owner: string | null, language: string | null) =>
    variants.some((variant) => variant.appId === owner && variant.locale === language)
  const languages = [null, ...languagesOf(variants, place)]
  return (
    <div className="template-pickers">
      <Menu
        label={t('appPicker', { app: app?.name ?? t('default') })}
        buttonClass="button"
        button={<Shown>{app ? t('ofApp', { app: app.name }) : t('default')}</Shown>}
      >
        <Choice href={placeAddress(scenario, null, locale)} isChosen={!app}>
          {t('default')}
        </Choice>
        {apps.map((one) => (
          <Choice key={one.id} href={placeAddress(scenario, one, locale)} isChosen={one.id === appId}>
            {one.name}
          </Choice>
        ))}
      </Menu>
      <Menu
        label={t('languagePicker', { language: locale ? languageName(locale) : t('base') })}
        buttonClass="button"
        button={<Shown>{locale ? languageName(locale) : t('base')}</Shown>}
      >
        {languages.map((language) => (
          <Choice
            key={language ?? ''}
            href={placeAddress(scenario, app, language)}
            isChosen={language === locale}
            isMissing={!isStored(appId, language)}
          >
            {language ? languageName(language) : t('base')}
          </Choice>
        ))}
      </Menu>
    </div>
  )
}

function Shown({ children }: { children: string }) {
  return (
    <>
      <span className="template-chosen">{children}</span>
      <Icon name="expand" />
    </>
  )
}

type ChoiceProps = { href: string; isChosen: boolean; isMissing?: boolean; children: ReactNode }

function Choice({ href, isChosen, isMissing, children }: ChoiceProps) {
  const t = useTranslations('Template')
  return (
    <a className="menu-item" href={href} aria-current={isChosen ? 'page' : undefined}>
      <span>
        {children}
        {isMissing && <span className="muted small"> {t('notStored')}</span>}
      </span>
      {isChosen && <Icon name="check" />}
    </a>
  )
}
