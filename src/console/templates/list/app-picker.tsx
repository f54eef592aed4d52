'use client'
/** Whose templates the table shows: the default's or one App's. The choice stands in the address. */
import { usePathname, useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useId, useTransition } from 'react'
import type { AppName } from './chosen-app.ts'

export function AppPicker({ apps, app }: { apps: readonly AppName[]; app: AppName | null }) {
  const t = useTranslations('Templates')
  const id = useId()
  const router = useRouter()
  const path = usePathname()
  const [isPending, startTransition] = useTransition()
  const show = (key: string) =>
    startTransition(() => router.push(key ? `${path}?app=${encodeURIComponent(key)}` : path, { scroll: false }))
  return (
    <div className="app-picker" aria-busy={isPending}>
      <label htmlFor={id}>{t('app')}</label>
      {/* Keyed by the App: the back button shows the choice that belongs to the address. */}
      <select
        key={app?.key ?? ''}
        id={id}
        className="input"
        defaultValue={app?.key ?? ''}
        onChange={(event) => show(event.currentTarget.value)}
      >
        <option value="">{t('default')}</option>
        {apps.map(({ key, name }) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </select>
    </div>
  )
}
