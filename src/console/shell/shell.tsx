/** The frame of those who are signed in: navigation, banners and the place for the page. */
import { IconBook } from '@tabler/icons-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { PaletteButton } from '../palette/palette-button.tsx'
import { LongSelects } from '../ui/long-selects.tsx'
import { Words } from '../ui/words.tsx'
import { Frame, sideId } from './frame.tsx'
import { HeldBanner } from './held-banner.tsx'
import type { ShellData } from './load-shell.ts'
import { Navigation } from './navigation.tsx'
import { OrganizationGate } from './organization-gate.tsx'
import { OrganizationSwitcher } from './organization-switcher.tsx'
import { UserMenu } from './user-menu.tsx'

export function Shell({ data, children }: { data: ShellData; children: ReactNode }) {
  const t = useTranslations('Shell')
  return (
    <Frame
      skip={t('skip')}
      menu={t('menu')}
      side={
        <>
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
        </>
      }
    >
      <div>
        {data.held && (
          <Words of={['Held', 'Failure', 'Outage']}>
            <HeldBanner why={data.held} />
          </Words>
        )}
        {data.sandbox && <SandboxBanner simulatorUrl={data.simulatorUrl} />}
        <main id="main" className="main" tabIndex={-1}>
          <OrganizationGate isOutside={data.organization === null}>{children}</OrganizationGate>
        </main>
      </div>
      <LongSelects />
    </Frame>
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
