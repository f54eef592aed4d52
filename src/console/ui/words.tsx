/** Hands client components the words they use and no others, so that a page's HTML stays small. */
import { NextIntlClientProvider } from 'next-intl'
import { getMessages } from 'next-intl/server'
import type { ReactNode } from 'react'
import type en from '../../../messages/en.json'

export type Namespace = keyof typeof en

/** Everything inside may use the namespaces of `of` (and `Common`); an inner one replaces the outer one's. */
export async function Words({ of, children }: { of: readonly Namespace[]; children: ReactNode }) {
  const all = await getMessages()
  const picked = Object.fromEntries(['Common' as const, ...of].map((name) => [name, all[name]]))
  return <NextIntlClientProvider messages={picked}>{children}</NextIntlClientProvider>
}
