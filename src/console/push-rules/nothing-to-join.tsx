/** Stands where the form would while a person may not make a push rule, or there is nothing for one to join. */
import { useTranslations } from 'next-intl'
import { ruleChannelPlace, rulesPlace, thirdPartyConfiguration } from '../links.ts'
import { LinkButton } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { PageHead } from '../ui/page-head.tsx'

export function NothingToJoin({ lacks }: { lacks: 'role' | 'account' | 'app' }) {
  const t = useTranslations('PushRule')
  const shell = useTranslations('Shell')
  const href = lacks === 'account' ? ruleChannelPlace : '/apps'
  return (
    <>
      <PageHead
        crumbs={[
          { label: shell('thirdParty'), href: thirdPartyConfiguration },
          { label: shell('channel_official_account'), href: rulesPlace() },
        ]}
        title={t('newTitle')}
      />
      <EmptyState
        title={t(`lacks_${lacks}`)}
        text={t(`lacksText_${lacks}`)}
        action={
          lacks !== 'role' && (
            <LinkButton kind="primary" href={href}>
              {t(`lacksAction_${lacks}`)}
            </LinkButton>
          )
        }
      />
    </>
  )
}
