'use client'
/** What an App is: its picture, name and settings, with the ways to change and to delete it. */
import { useSuspenseQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { localeNames } from '../shell/locale.ts'
import { useTRPC } from '../trpc/client.tsx'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Facts } from '../ui/facts.tsx'
import { Icon } from '../ui/line-icon.tsx'
import { Menu, MenuItem } from '../ui/menu.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { Time } from '../ui/time.tsx'
import { DeleteApp } from './delete-app.tsx'
import { EditApp } from './edit-app.tsx'
import { Logo } from './logo.tsx'

export function AppHead({ appKey, mayWrite }: { appKey: string; mayWrite: boolean }) {
  const t = useTranslations('App')
  const apps = useTranslations('Apps')
  const { data: app } = useSuspenseQuery(useTRPC().apps.get.queryOptions({ key: appKey }))
  const [open, setOpen] = useState<'edit' | 'delete'>()
  const close = () => setOpen(undefined)
  return (
    <>
      <PageHead
        crumbs={[{ label: apps('title'), href: '/apps' }]}
        title={
          <span className="row">
            <Logo logo={app.logo} name={app.name} />
            <span className="break">{app.name}</span>
          </span>
        }
        action={
          mayWrite && (
            <>
              <Button onClick={() => setOpen('edit')}>{t('edit')}</Button>
              <Menu label={t('more')} align="end" buttonClass="button" button={<Icon name="more" />}>
                <MenuItem isDanger onClick={() => setOpen('delete')}>
                  {t('delete')}
                </MenuItem>
              </Menu>
            </>
          )
        }
      />
      <div className="section">
        <Facts
          isAcross
          facts={{
            [apps('key')]: (
              <span className="row">
                <span className="mono">{app.key}</span>
                <CopyButton value={app.key} what={apps('key')} />
              </span>
            ),
            [apps('language')]: localeNames[app.language === 'zh-CN' ? 'zh-CN' : 'en'],
            [apps('lifetime')]: t('minutes', { minutes: app.codeLifetimeMinutes }),
            [apps('created')]: <Time at={app.createdAt} as="day" />,
          }}
        />
      </div>
      {mayWrite && (
        <>
          <EditApp app={app} isOpen={open === 'edit'} onClose={close} />
          <DeleteApp app={app} isOpen={open === 'delete'} onClose={close} />
        </>
      )}
    </>
  )
}
