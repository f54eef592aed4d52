/** The frame of the pages before sign-in: the mark, one card, and the language. */
import type { ReactNode } from 'react'
import { LanguageLinks } from '#console/shell/language-links.tsx'
import { Brand } from '#console/ui/brand.tsx'

export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <main className="alone">
      <Brand />
      <div className="alone-card">{children}</div>
      <LanguageLinks />
    </main>
  )
}
