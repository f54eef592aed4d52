'use client'
/** The codes that Signet makes for an App: how they look, where they go, and how many at most. */
import { useSuspenseQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { Locale } from '../shell/locale.ts'
import { useTRPC } from '../trpc/client.tsx'
import { Button } from '../ui/button.tsx'
import { Section } from '../ui/page-head.tsx'
import { EditCodes } from './edit-codes.tsx'

type Props = { appId: string; locale: Locale; mayWrite: boolean }

export function CodeSection({ appId, locale, mayWrite }: Props) {
  const t = useTranslations('App')
  const { data: codes } = useSuspenseQuery(useTRPC().apps.codeSettings.queryOptions({ appId, locale }))
  const [isOpen, setOpen] = useState(false)
  const { codeLength, codesPerHour, codesPerCountryHour, codesPerIpHour, countries } = codes
  return (
    <Section
      id="codes"
      title={t('codes')}
      purpose={t.rich('codesPurpose', { code: (chunks) => <code>{chunks}</code> })}
      action={
        mayWrite && (
          <Button aria-label={t('codesEdit')} onClick={() => setOpen(true)}>
            {t('edit')}
          </Button>
        )
      }
    >
      <dl className="code-facts">
        <div>
          <dt>{t('codeLength')}</dt>
          <dd>{t('digits', { digits: codeLength })}</dd>
        </div>
        <div>
          <dt>{t('codeCountries')}</dt>
          <dd>
            <ul>
              {countries.map(({ code, name }) => (
                <li key={code}>
                  {name} <span className="muted">+{code}</span>
                </li>
              ))}
            </ul>
          </dd>
        </div>
        <div>
          <dt>{t('codeLimits')}</dt>
          <dd>
            <ul>
              <li>{t('perHour', { count: codesPerHour })}</li>
              <li>{t('perCountryHour', { count: codesPerCountryHour })}</li>
              <li>{t('perIpHour', { count: codesPerIpHour })}</li>
            </ul>
          </dd>
        </div>
        <div>
          <dt>{t('perRecipient')}</dt>
          <dd>{t('perRecipientLimits')}</dd>
        </div>
      </dl>
      {mayWrite && (
        <EditCodes appId={appId} locale={locale} codes={codes} isOpen={isOpen} onClose={() => setOpen(false)} />
      )}
    </Section>
  )
}
