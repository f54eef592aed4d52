/** The document round every page: language, theme without flash, and the words that every page needs. */
import '#console/styles/layers.css'
import { ColorSchemeScript, mantineHtmlProps } from '@mantine/core'
import type { Metadata, Viewport } from 'next'
import { headers } from 'next/headers'
import { getLocale, getTimeZone } from 'next-intl/server'
import type { ReactNode } from 'react'
import { Appearance } from '#console/shell/appearance.tsx'
import { RememberZone } from '#console/shell/remember-zone.tsx'
import { latin } from '#console/styles/font.ts'
import { NoteEarlyEntries } from '#console/ui/early-entries.tsx'
import mark from '#console/ui/mark.svg'
import { Words } from '#console/ui/words.tsx'

export const metadata: Metadata = {
  title: { default: 'Signet', template: '%s · Signet' },
  icons: mark.src,
  robots: { index: false },
}
export const viewport: Viewport = { colorScheme: 'light dark' }

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get('x-nonce') ?? undefined
  return (
    <html lang={await getLocale()} className={latin.variable} {...mantineHtmlProps}>
      <head>
        <NoteEarlyEntries nonce={nonce} />
        <ColorSchemeScript defaultColorScheme="auto" nonce={nonce} suppressHydrationWarning />
      </head>
      <body>
        <Appearance>
          <Words of={['Failure', 'Outage']}>
            {children}
            <RememberZone zone={await getTimeZone()} />
          </Words>
        </Appearance>
      </body>
    </html>
  )
}
