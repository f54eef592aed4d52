'use client'
import { useSuspenseQuery } from '@tanstack/react-query'
import { usePathname, useRouter } from 'next/navigation'
import { useLocale, useTranslations } from 'next-intl'
import { useId, useRef, useState, useTransition } from 'react'
import type { ChannelId } from '#channels/traits.ts'
/** What every scenario says on a channel: by default, and for the App that the address names. */
import type { AppName } from '#console/links.ts'
import type { TemplateRights } from '#console/rights.ts'
import { scenarioName } from '#console/scenario-name.ts'
import { useTRPC, useTRPCClient } from '#console/trpc/client.tsx'
import { Button } from '#console/ui/button.tsx'
import { useDynamicWords } from '#console/ui/dynamic-words.ts'
import { useEarlyEntries } from '#console/ui/early-entries.tsx'
import { lazyPart } from '#console/ui/lazy-part.tsx'
import { Section } from '#console/ui/page-head.tsx'
import { Result } from '#console/ui/result.tsx'
import { type Deletion, UndoNotice } from '#console/ui/undo-notice.tsx'
import { useOnceNeeded } from '#console/ui/use-once-needed.ts'
import { ApprovalsAt, CheckApprovals, lastLook, useApprovals } from './approvals.tsx'
import { DeleteScenario, ResetTemplate } from './deletions.tsx'
import { type Scenario, useTemplatesChanged } from './templates-changed.ts'
import { TemplatesTable } from './templates-table.tsx'
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
  const [deletion, setDeletion] = useState<Deletion>()
  const client = useTRPCClient()
  const changed = useTemplatesChanged()
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
      {deletion && (
        <UndoNotice
          key={deletion.undo}
          deletion={deletion}
          onUndo={(undo) => client.templates.restore.mutate({ undo }).then(changed)}
          onClose={() => setDeletion(undefined)}
        />
      )}
      <TemplatesTable
        channel={channel}
        app={app}
        rights={rights}
        onReset={(scenario, accountId) => setConfirming({ scenario, action: 'reset', accountId })}
        onDelete={(scenario) => setConfirming({ scenario, action: 'delete' })}
      />
      {rights.write && (
        <ResetTemplate
          channel={channel}
          app={app}
          scenario={scenarioToConfirm('reset')}
          accountId={confirming?.action === 'reset' ? confirming.accountId : null}
          name={name}
          onClose={done}
          onDeleted={setDeletion}
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
  const place = useRef<HTMLDivElement>(null)
  useEarlyEntries(place)
  const show = (key: string) =>
    startTransition(() => router.push(key ? `${path}?app=${encodeURIComponent(key)}` : path, { scroll: false }))
  return (
    <div ref={place} className="app-picker" aria-busy={isPending}>
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
