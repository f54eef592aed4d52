'use client'
/** A row for every scenario of a channel: what it says, whether that can be sent, and what can be done with it. */
import { useSuspenseQuery } from '@tanstack/react-query'
import { useLocale, useTranslations } from 'next-intl'
import { type ChannelId, traitsOf } from '#channels/traits.ts'
import { writtenOf } from '#console/audiences.ts'
import { type AppName, templatePlace } from '#console/links.ts'
import type { TemplateRights } from '#console/rights.ts'
import { scenarioName } from '#console/scenario-name.ts'
import { useTRPC } from '#console/trpc/client.tsx'
import { type Column, DataTable } from '#console/ui/data-table.tsx'
import { UnfoldButton } from '#console/ui/unfold-button.tsx'
import { useFolds } from '#console/ui/use-folds.ts'
import { type Listed, TemplateActions } from './template-actions.tsx'
import { FirstLine, firstOf, Headline, TemplateDetails } from './template-content.tsx'
import { TemplateState } from './template-state.tsx'
import type { Cell, Scenario, StoredTemplates } from './templates-changed.ts'

type Props = {
  channel: ChannelId
  app: AppName | null
  rights: TemplateRights
  onReset: (scenario: Scenario, accountId: string | null) => void
  onDelete: (scenario: Scenario) => void
}

export function TemplatesTable(props: Props) {
  const { channel, app, rights, onReset, onDelete } = props
  const t = useTranslations('Templates')
  const locale = useLocale()
  const { rows, canWrite } = useListed(channel, app)
  const isOfAccount = traitsOf(channel)?.contentOf === 'account'
  const folds = useFolds()
  const naming: Column<Listed> = {
    label: t('scenario'),
    cell: ({ scenario }) => (
      <>
        {scenarioName(scenario, locale)} <span className="scenario-key mono">{scenario.key}</span>
      </>
    ),
  }
  const ofAccount: (Column<Listed> | false)[] = [
    rows.some((row) => firstOf(shownOf(row))?.summary[0]?.signature) && {
      label: t('signature'),
      headClass: 'narrow',
      cell: (row) => {
        const { summary: [part] = [], keptFor } = firstOf(shownOf(row)) ?? {}
        if (!part?.signature) return <span className="muted">–</span>
        return <span className={keptFor ? 'signature muted' : 'signature'}>【{part.signature}】</span>
      },
    },
    {
      label: t('template'),
      headClass: 'wide',
      cell: (row) => {
        const template = firstOf(shownOf(row))
        if (!template) return <span className="muted">{t('none')}</span>
        return (
          <UnfoldButton {...folds.of(row.scenario.key)}>
            <FirstLine template={template} />
          </UnfoldButton>
        )
      },
    },
  ]
  const ofOrganization: (Column<Listed> | null)[] = [
    {
      label: t('default'),
      headClass: 'wide',
      cell: ({ byDefault: { used } }) =>
        used ? <Headline template={used} /> : <span className="muted">{t('none')}</span>,
    },
    app && {
      label: app.name,
      headClass: 'wide break',
      cell: (row) =>
        row.ofApp.used ? <Headline template={row.ofApp.used} /> : <span className="muted">{t(missingOfApp(row))}</span>,
    },
  ]
  /** In one column with what is sent, that it is as by default is said with its state. */
  const originOf = ({ origin, state }: Cell) => {
    if (!origin) return undefined
    return t(isOfAccount && origin === 'default' && state === 'usable' ? 'sameAsDefault' : `origin_${origin}`)
  }
  return (
    <DataTable
      headingId={`${channel}-templates`}
      className="templates"
      rows={rows}
      keyOf={({ scenario }) => scenario.key}
      columns={[
        naming,
        ...(isOfAccount ? ofAccount : ofOrganization),
        {
          label: t('state'),
          headClass: 'state',
          cell: (row) => (
            <TemplateState cells={row.cells} template={shownOf(row).used} originOf={app ? originOf : undefined} />
          ),
        },
      ]}
      unfolded={(row) => {
        const { isOpen, detailsId } = folds.of(row.scenario.key)
        if (!isOpen || !firstOf(shownOf(row))) return null
        return { id: detailsId, content: <RowDetails row={row} channel={channel} app={app} /> }
      }}
      actions={(row) => (
        <TemplateActions
          {...row}
          channel={channel}
          app={app}
          rights={rights}
          canWrite={canWrite}
          onReset={(accountId) => onReset(row.scenario, accountId)}
          onDelete={() => onDelete(row.scenario)}
        />
      )}
    />
  )
}

/** What would be sent, or stands in its way: the App's own, else the default. */
const shownOf = ({ cells, ofApp, byDefault }: Listed): StoredTemplates =>
  cells.some(({ origin }) => origin === 'app') ? ofApp : byDefault

/** Where nothing can be sent, that it is as by default would say the opposite. */
function missingOfApp({ cells, byDefault }: Listed) {
  if (writtenOf(cells).some(({ state }) => state === 'template_not_usable')) return 'noneOfItsOwn'
  return byDefault.used ? 'sameAsDefault' : 'none'
}

function RowDetails({ row, channel, app }: { row: Listed; channel: ChannelId; app: AppName | null }) {
  const t = useTranslations('Templates')
  const { scenario, cells, ofApp, byDefault } = row
  const isOfApp = app !== null && shownOf(row) === ofApp
  const addressFor = (owner: AppName | null) => (accountId: string) =>
    templatePlace(channel, scenario.key, { app: owner?.key, account: accountId })
  return (
    <div className="template-details">
      {app && <TemplateDetails stored={ofApp} owner={app.name} cells={cells} addressOf={addressFor(app)} />}
      {isOfApp && byDefault.used && <h3>{t('default')}</h3>}
      <TemplateDetails
        stored={byDefault}
        owner={t('default')}
        {...(isOfApp ? {} : { cells })}
        addressOf={addressFor(null)}
      />
    </div>
  )
}

const nothing: StoredTemplates = { used: undefined, kept: [] }

/** The scenarios that the channel carries, with what is stored for each. */
function useListed(channel: ChannelId, app: AppName | null): { rows: Listed[]; canWrite: boolean } {
  const trpc = useTRPC()
  const filter = { channel, appId: app?.id ?? null }
  const { data } = useSuspenseQuery(trpc.templates.cells.queryOptions(filter))
  const { data: templates } = useSuspenseQuery(trpc.templates.list.queryOptions(filter))
  const { data: accounts } = useSuspenseQuery(trpc.accounts.list.queryOptions({ channel }))
  // The base language only: a table says what a place says, not how often.
  const bases = templates.filter(({ locale }) => locale === null)
  const stored = (scenario: string, appId: string | null): StoredTemplates => {
    const here = bases.filter((template) => template.scenario === scenario && template.appId === appId)
    return { used: here.find(({ keptFor }) => !keptFor), kept: here.filter(({ keptFor }) => keptFor) }
  }
  const cells = Map.groupBy(
    data.cells.filter(({ state }) => state !== 'not_offered'),
    ({ scenario }) => scenario,
  )
  const rows = data.scenarios.flatMap((scenario): Listed[] => {
    const ofScenario = cells.get(scenario.key)
    const ofApp = app ? stored(scenario.key, app.id) : nothing
    return ofScenario ? [{ scenario, cells: ofScenario, byDefault: stored(scenario.key, null), ofApp }] : []
  })
  return { rows, canWrite: traitsOf(channel)?.contentOf === 'organization' || accounts.length > 0 }
}
