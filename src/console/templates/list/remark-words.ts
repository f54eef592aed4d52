'use client'
/** What is worth knowing about a template that can be used: carriers that may not deliver it. */
import { useLocale, useTranslations } from 'next-intl'
import { useDynamicWords } from '#console/ui/dynamic-words.ts'
import type { TemplateListed } from './templates-changed.ts'

type Remark = TemplateListed['standing'][string]['remarks'][number]

/** A sentence each; carriers of which the same is to be said share one. */
export function useRemarkWords(): (remarks: readonly Remark[]) => string[] {
  const t = useTranslations('Reason')
  const reasons = useDynamicWords('Reason')
  const locale = useLocale()
  return (remarks) => {
    const alike = Map.groupBy(remarks, ({ code, params }) => `${code} ${params?.reason ?? ''}`)
    return [...alike.values()].map(([first, ...others]) => {
      const names = [first, ...others].map((remark) => t('carrierName', { carrier: remark?.params?.carrier ?? '' }))
      const carrier = new Intl.ListFormat(locale, { style: 'narrow', type: 'unit' }).format(names)
      const reason = first?.params?.reason
      return [reasons(first?.code ?? '', { carrier }), reason && `(${reason})`].filter(Boolean).join(' ')
    })
  }
}
