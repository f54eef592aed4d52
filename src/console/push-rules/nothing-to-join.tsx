/** Stands where the form would while there is nothing for a push rule to join: no App, or no official account. */
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { channelPlace, rulesPlace } from '../links.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { PageHead } from '../ui/page-head.tsx'
import type { Choices } from './load-choices.ts'

export function NothingToJoin({ choices: { accounts } }: { choices: Choices }) {
  const t = useTranslations('PushRule')
  const shell = useTranslations('Shell')
  const lacks = accounts.length === 0 ? 'account' : 'app'
  const href = lacks === 'account' ? (channelPlace('official_account') ?? '/') : '/apps'
  return (
    <>
      <PageHead
        crumbs={[{ label: shell('thirdParty') }, { label: shell('channel_official_account'), href: rulesPlace() }]}
        title={t('newTitle')}
      />
      <EmptyState
        title={t(`lacks_${lacks}`)}
        text={t(`lacksText_${lacks}`)}
        action={
          <Link className="button" data-kind="primary" href={href} prefetch={false}>
            {t(`lacksAction_${lacks}`)}
          </Link>
        }
      />
    </>
  )
}
