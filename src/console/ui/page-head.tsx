/** The head of a page (breadcrumb, title, purpose, primary action) and of a section within it. */
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'

export type Crumb = { label: string; href?: string }

export function Breadcrumb({ crumbs }: { crumbs: Crumb[] }) {
  const t = useTranslations('Common')
  return (
    <nav aria-label={t('breadcrumb')}>
      <ol className="crumbs">
        {crumbs.map(({ label, href }) => (
          <li key={label}>
            {href ? (
              <Link href={href} prefetch={false}>
                {label}
              </Link>
            ) : (
              label
            )}
          </li>
        ))}
      </ol>
    </nav>
  )
}

type PageHeadProps = {
  title: ReactNode
  purpose?: ReactNode
  crumbs?: Crumb[]
  /** Stands beside the title: a state, say. */
  aside?: ReactNode
  action?: ReactNode
}

export function PageHead({ title, purpose, crumbs, aside, action }: PageHeadProps) {
  return (
    <header>
      {crumbs && <Breadcrumb crumbs={crumbs} />}
      <div className="head head-page">
        <div>
          <div className="row">
            <h1>{title}</h1>
            {aside}
          </div>
          {purpose && <p>{purpose}</p>}
        </div>
        {action && <div className="row">{action}</div>}
      </div>
    </header>
  )
}

type SectionProps = { id: string; title: string; purpose?: ReactNode; action?: ReactNode; children: ReactNode }

/** A part of a page under its own heading. Name its table with `aria-labelledby={id}`. */
export function Section({ id, title, purpose, action, children }: SectionProps) {
  return (
    <section className="section" aria-labelledby={id}>
      <div className="head">
        <div>
          <h2 id={id}>{title}</h2>
          {purpose && <p>{purpose}</p>}
        </div>
        {action && <div className="row">{action}</div>}
      </div>
      {children}
    </section>
  )
}
