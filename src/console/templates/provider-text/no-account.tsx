/** Stands where the form would while the channel has no account to name from. */
import { useLocale, useTranslations } from 'next-intl'
import type { ChannelId } from '#channels/traits.ts'
import { type AppName, templatesPlace, thirdPartyConfiguration } from '#console/links.ts'
import { scenarioName } from '#console/scenario-name.ts'
import { LinkButton } from '#console/ui/button.tsx'
import { EmptyState } from '#console/ui/empty-state.tsx'
import { PageHead } from '#console/ui/page-head.tsx'
import type { Scenario } from '#domain/scenarios/scenarios.ts'

type Props = { channel: ChannelId; scenario: Scenario; app: AppName | null; canAddAccount: boolean }

export function NoAccount({ channel, scenario, app, canAddAccount: canAdd }: Props) {
  const t = useTranslations('AccountTemplate')
  const shell = useTranslations('Shell')
  const locale = useLocale()
  const href = templatesPlace(channel, app)
  const name = shell(`channel_${channel}`)
  return (
    <>
      <PageHead
        crumbs={[
          { label: shell('thirdParty'), href: thirdPartyConfiguration },
          { label: name, href },
        ]}
        title={scenarioName(scenario, locale)}
      />
      <EmptyState
        title={t('noAccount')}
        text={canAdd ? t('noAccountText') : t('noAccountAsk')}
        action={
          canAdd && (
            <LinkButton kind="primary" href={href}>
              {t('addAccount')}
            </LinkButton>
          )
        }
      />
    </>
  )
}
