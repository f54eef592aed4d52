'use client'
/** Somebody who belongs to no organization is told so, in place of every page but the one about themselves. */
import { usePathname } from 'next/navigation'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { EmptyState } from '../ui/empty-state.tsx'

export function OrganizationGate({ isOutside, children }: { isOutside: boolean; children: ReactNode }) {
  const t = useTranslations('Shell')
  const path = usePathname()
  if (!isOutside || path === '/personal-center/profile') return children
  return <EmptyState title={t('outside')} text={t('outsideHint')} />
}
