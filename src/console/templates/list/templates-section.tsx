'use client'
import { useSuspenseQuery } from '@tanstack/react-query'
import { usePathname, useRouter } from 'next/navigation'
import { useLocale, useTranslations } from 'next-intl'
import { useId, useState, useTransition } from 'react'
import type { ChannelId } from '#channels/traits.ts'
/** What every scenario says on a channel: by default, and for the App that the address names. */
import { traitsOf } from '#channels/traits.ts'
import { writtenOf } from '#console/audiences.ts'
import { type AppName, templatePlace } from '#console/links.ts'
import type { TemplateRights } from '#console/rights.ts'
import { scenarioName } from '#console/scenario-name.ts'
import { useTRPC } from '#console/trpc/client.tsx'
import { Button } from '#console/ui/button.tsx'
import { DataTable } from '#console/ui/data-table.tsx'
import { useDynamicWords } from '#console/ui/dynamic-words.ts'
import { lazyPart } from '#console/ui/lazy-part.tsx'
import { Section } from '#console/ui/page-head.tsx'
import { Result } from '#console/ui/result.tsx'
import { useOnceNeeded } from '#console/ui/use-once-needed.ts'
import { ApprovalsAt, CheckApprovals, lastLook, useApprovals } from './approvals.tsx'
import { DeleteScenario, ResetTemplate } from './deletions.tsx'
import { type Listed, TemplateActions } from './template-actions.tsx'
import { TemplateContent, TemplateState } from './template-state.tsx'
import type { Scenario, StoredTemplates } from './templates-changed.ts'
import './templates.css'

/** Loaded when it is opened first: with its inputs it weighs more than the whole table. */
const ScenarioDrawer = lazyPart(() => import('./scenario-drawer.tsx').then((file) => file.ScenarioDrawer))

type Props = { channel: ChannelId; apps: readonly AppName[]; app: AppName | null; rights: TemplateRights }

/** What is asked about before it is done. */
type Confirming =
  | { scenario: Scenario; action: 'delete' }
  | { scenario: Scenario; action: 'reset'; accountId: string | null }

export function TemplatesSection({ channel, apps, app, rights }: Props) {
  const t = useTranslations('Templates')
  const words = useDynamicWords('Templates')
  const locale = useLocale()
  const [isAdding, setAdding] = useState(false)
  const needsDrawer = useOnceNeeded(isAdding)
  const [confirming, setConfirming] = useState<Confirming>()
  const done = () => setConfirming(undefined)
  const name = confirming ? scenarioName(confirming.scenario, locale) : ''
  const approvals = useApprovals(channel)
  const looked = useLastLook(channel, app)
  const scenarioToConfirm = (action: Confirming['action']) =>
    confirming?.action === action ? confirming.scenario.key : undefined
  return (
    <Section
      id={`${channel}-templates`}
      title={words(`title_${channel}`)}
      purpose={
        <>
          {t('purpose')}
          {looked && <ApprovalsAt at={looked} />}
        </>
      }
      action={
        <>
          <AppPicker apps={apps} app={app} />
          {rights.write && looked && <CheckApprovals {...approvals} />}
          {rights.scenarios && <Button onClick={() => setAdding(true)}>{t('addScenario')}</Button>}
        </>
      }
    >
      {approvals.problem && (
        <div className="above-list">
          <Result {...approvals.problem} />
        </div>
      )}
      <TemplatesTable channel={channel} app={app} rights={rights} onConfirm={setConfirming} />
      {rights.write && (
        <ResetTemplate
          channel={channel}
          app={app}
          scenario={scenarioToConfirm('reset')}
          accountId={confirming?.action === 'reset' ? confirming.accountId : null}
          name={name}
          onClose={done}
        />
      )}
      {rights.scenarios && (
        <>
          <DeleteScenario scenario={scenarioToConfirm('delete')} name={name} onClose={done} />
          {needsDrawer && <ScenarioDrawer isOpen={isAdding} onClose={() => setAdding(false)} />}
        </>
      )}
    </Section>
  )
}

/** Whose templates the table shows: the default's or one App's. The choice stands in the address. */
function AppPicker({ apps, app }: { apps: readonly AppName[]; app: AppName | null }) {
  const t = useTranslations('Templates')
  const id = useId()
  const router = useRouter()
  const path = usePathname()
  const [isPending, startTransition] = useTransition()
  const show = (key: string) =>
    startTransition(() => router.push(key ? `${path}?app=${encodeURIComponent(key)}` : path, { scroll: false }))
  return (
    <div className="app-picker" aria-busy={isPending}>
      <label htmlFor={id}>{t('app')}</label>
      {/* Keyed by the App: the back button shows the choice that belongs to the address. */}
      <select
        key={app?.key ?? ''}
        id={id}
        className="input"
        defaultValue={app?.key ?? ''}
        onChange={(event) => show(event.currentTarget.value)}
      >
        <option value="">{t('default')}</option>
        {apps.map(({ key, name }) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </select>
    </div>
  )
}

/** When the provider of the account in force was last asked about what its templates name. */
function useLastLook(channel: ChannelId, app: AppName | null): Date | string | undefined {
  const trpc = useTRPC()
  const { data: templates } = useSuspenseQuery(trpc.templates.list.queryOptions({ channel, appId: app?.id ?? null }))
  return lastLook(templates.filter(({ accountId, keptFor }) => accountId !== null && keptFor === null))
}

const nothing: StoredTemplates = { used: undefined, kept: [] }

type TableProps = Omit<Props, 'apps'> & { onConfirm: (confirming: Confirming) => void }

function TemplatesTable({ channel, app, rights, onConfirm }: TableProps) {
  const t = useTranslations('Templates')
  const locale = useLocale()
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
  const canWrite = traitsOf(channel)?.contentOf === 'organization' || accounts.length > 0
  const addressFor =
    ({ scenario }: Listed, owner: AppName | null) =>
    (accountId: string) =>
      templatePlace(channel, scenario.key, { app: owner?.key, account: accountId })
  const rows = data.scenarios.flatMap((scenario): Listed[] => {
    const ofScenario = cells.get(scenario.key)
    const ofApp = app ? stored(scenario.key, app.id) : nothing
    return ofScenario ? [{ scenario, cells: ofScenario, byDefault: stored(scenario.key, null), ofApp }] : []
  })
  return (
    <DataTable
      headingId={`${channel}-templates`}
      className="templates"
      rows={rows}
      keyOf={({ scenario }) => scenario.key}
      columns={[
        {
          label: t('scenario'),
          cell: ({ scenario }) => (
            <>
              {scenarioName(scenario, locale)} <span className="scenario-key mono">{scenario.key}</span>
            </>
          ),
        },
        {
          label: t('default'),
          cell: (row) => (
            <TemplateContent stored={row.byDefault} missing={t('none')} addressOf={addressFor(row, null)} />
          ),
        },
        app && {
          label: app.name,
          headClass: 'break',
          cell: (row) => (
            <TemplateContent stored={row.ofApp} missing={t(missingOfApp(row))} addressOf={addressFor(row, app)} />
          ),
        },
        {
          label: t('state'),
          cell: ({ cells: of, ofApp, byDefault }) => (
            <TemplateState
              cells={of}
              template={of[0]?.origin === 'app' ? ofApp.used : byDefault.used}
              isOfApp={app !== null}
            />
          ),
        },
      ]}
      actions={(row) => (
        <TemplateActions
          {...row}
          channel={channel}
          app={app}
          rights={rights}
          canWrite={canWrite}
          onReset={(accountId) => onConfirm({ scenario: row.scenario, action: 'reset', accountId })}
          onDelete={() => onConfirm({ scenario: row.scenario, action: 'delete' })}
        />
      )}
    />
  )
}

/** Where nothing can be sent, that it is as by default would say the opposite. */
function missingOfApp({ cells, byDefault }: Listed) {
  if (writtenOf(cells).some(({ state }) => state === 'template_not_usable')) return 'noneOfItsOwn'
  return byDefault.used ? 'sameAsDefault' : 'none'
}
