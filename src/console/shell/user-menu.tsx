'use client'
/** The person: who is signed in, language, theme, sign-out. */
import { Avatar, useMantineColorScheme } from '@mantine/core'
import { useLocale, useTranslations } from 'next-intl'
import { useSyncExternalStore } from 'react'
import { Icon } from '../ui/line-icon.tsx'
import { Menu, MenuItem } from '../ui/menu.tsx'
import type { ShellData } from './load-shell.ts'
import { localeNames, locales } from './locale.ts'
import { useLocaleChoice } from './use-locale-choice.ts'

const themes = ['light', 'dark', 'auto'] as const
const never = () => () => undefined
/** False while hydrating: the server cannot know the theme that the browser remembers. */
const useIsBrowser = () =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  )

async function signOut(): Promise<void> {
  await fetch('/api/auth/sign-out', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })
  location.assign('/sign-in')
}

export function UserMenu({ user, role }: Pick<ShellData, 'user' | 'role'>) {
  const t = useTranslations('Shell')
  return (
    <Menu
      buttonClass="picker"
      button={
        <>
          <Avatar name={user.name} size={28} aria-hidden="true" />
          <span className="picker-words">
            <span>{user.name}</span>
            {role && <span className="muted">{t(`role_${role}`)}</span>}
          </span>
          <Icon name="expand" />
        </>
      }
    >
      <p className="menu-title break">{user.email}</p>
      <hr />
      <Languages />
      <hr />
      <Themes />
      <hr />
      <MenuItem onClick={signOut}>{t('signOut')}</MenuItem>
    </Menu>
  )
}

function Languages() {
  const t = useTranslations('Shell')
  const current = useLocale()
  const choose = useLocaleChoice()
  return (
    <fieldset>
      <legend className="menu-title">{t('language')}</legend>
      {locales.map((locale) => (
        <MenuItem key={locale} isChosen={locale === current} lang={locale} onClick={() => choose(locale)}>
          {localeNames[locale]}
        </MenuItem>
      ))}
    </fieldset>
  )
}

function Themes() {
  const t = useTranslations('Shell')
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const isBrowser = useIsBrowser()
  return (
    <fieldset>
      <legend className="menu-title">{t('theme')}</legend>
      {themes.map((theme) => (
        <MenuItem key={theme} isChosen={isBrowser && theme === colorScheme} onClick={() => setColorScheme(theme)}>
          {t(`theme_${theme}`)}
        </MenuItem>
      ))}
    </fieldset>
  )
}
