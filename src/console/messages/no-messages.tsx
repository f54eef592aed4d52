/** Stands in place of the log: before the first message, and where the filters find none. */
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { curlLine } from '../curl-line.ts'
import { LinkButton } from '../ui/button.tsx'
import { CodeLine } from '../ui/code-line.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { type Filters, isFiltered } from './filters.ts'

export function NoMessages({ filters, url }: { filters: Filters; url: string }) {
  const t = useTranslations('Messages')
  if (isFiltered(filters) || filters.input.cursor) {
    return (
      <EmptyState
        title={t('noneFound')}
        text={t(filters.shown.recipient ? 'noneFoundRecipient' : 'noneFoundHint')}
        action={<LinkButton href="/messages">{t('showAll')}</LinkButton>}
      />
    )
  }
  return (
    <EmptyState
      title={t('none')}
      text={t('noneHint')}
      action={
        <>
          <CodeLine code={curlLine({ url })} what={t('firstCall')} />
          <p className="link">{t.rich('needsKey', { apps: (words) => <Link href="/apps">{words}</Link> })}</p>
        </>
      }
    />
  )
}
