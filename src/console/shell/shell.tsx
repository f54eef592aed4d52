/** Side navigation, the banners and the place for the page. */
import { IconBook } from '@tabler/icons-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { PaletteButton } from '../palette/palette-button.tsx'
import { Brand } from '../ui/brand.tsx'
import { Icon } from '../ui/line-icon.tsx'
import { HeldBanner } from './held-banner.tsx'
import type { ShellData } from './load-shell.ts'
import { Navigation } from './navigation.tsx'
import { OrganizationGate } from './organization-gate.tsx'
import { OrganizationSwitcher } from './organization-switcher.tsx'
import { UserMenu } from './user-menu.tsx'

const sideId = 'side'

export function Shell({ data, children }: { data: ShellData; children: ReactNode }) {
  const t = useTranslations('Shell')
  return (
    <>
      <a className="skip" href="#main">
        {t('skip')}
      </a>
      <div className="shell">
        <header className="shell-head">
          <div className="top-bar">
            <Brand />
            <button type="button" className="quiet" popoverTarget={sideId}>
              <Icon name="menu" />
              {t('menu')}
            </button>
          </div>
          <div id={sideId} className="side" popover="auto">
            <Link className="side-brand" href="/" prefetch={false}>
              <Brand />
            </Link>
            <OrganizationSwitcher current={data.organization} organizations={data.organizations} />
            <PaletteButton />
            <Navigation sideId={sideId} />
            <div className="side-end">
              <Link className="side-link" href="/docs" prefetch={false}>
                <IconBook className="icon" size={17} stroke={1.6} aria-hidden="true" />
                {t('apiDocs')}
              </Link>
              <UserMenu user={data.user} role={data.role} />
            </div>
          </div>
        </header>
        <div>
          {data.held && <HeldBanner why={data.held} />}
          {data.sandbox && <SandboxBanner simulatorUrl={data.simulatorUrl} />}
          <main id="main" className="main" tabIndex={-1}>
            <OrganizationGate isOutside={data.organization === null}>{children}</OrganizationGate>
          </main>
        </div>
      </div>
    </>
  )
}

function SandboxBanner({ simulatorUrl }: Pick<ShellData, 'simulatorUrl'>) {
  const t = useTranslations('Shell')
  return (
    <aside className="sandbox" aria-label={t('sandboxLabel')}>
      <span>{t('sandbox')}</span>
      {simulatorUrl && (
        <a href={simulatorUrl} target="_blank" rel="noreferrer">
          {t('openInbox')}
        </a>
      )}
    </aside>
  )
}
