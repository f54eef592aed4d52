'use client'
/** Push Rules: which event of an App goes out as which card of which official account. Filtered and paged by the address. */
import { useSuspenseQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import { useState } from 'react'
import { type AppName, newRulePlace, rulePlace, rulesPlace } from '#console/links.ts'
import type { PushRuleRights } from '#console/rights.ts'
import { scenarioNames } from '#console/scenario-name.ts'
import { useTRPC, useTRPCClient } from '#console/trpc/client.tsx'
import { LinkButton } from '#console/ui/button.tsx'
import { DataTable } from '#console/ui/data-table.tsx'
import { useDynamicWords } from '#console/ui/dynamic-words.ts'
import { EmptyState } from '#console/ui/empty-state.tsx'
import { lazyPart } from '#console/ui/lazy-part.tsx'
import { Icon } from '#console/ui/line-icon.tsx'
import { Menu, MenuItem } from '#console/ui/menu.tsx'
import { Section } from '#console/ui/page-head.tsx'
import { Pager } from '#console/ui/pager.tsx'
import { useProblemWords } from '#console/ui/problem-words.tsx'
import { Result, type ResultProps } from '#console/ui/result.tsx'
import { StateBadge, type Tone } from '#console/ui/state-badge.tsx'
import { type Deletion, UndoNotice } from '#console/ui/undo-notice.tsx'
import { useOnceNeeded } from '#console/ui/use-once-needed.ts'
import type { Scenario } from '#domain/scenarios/scenarios.ts'
import { DeleteRule, useRulesChanged } from './delete-rule.tsx'
import { RuleFilterBar } from './rule-filter-bar.tsx'
import { isFiltered, nameSorting, pageQuery, type RuleFilters } from './rule-filters.ts'
import type { RuleListed } from './test-push-dialog.tsx'
import './push-rules.css'

const TestStoredRule = lazyPart(() => import('./test-push-dialog.tsx').then((file) => file.TestStoredRule))

type Props = {
  filters: RuleFilters
  apps: readonly AppName[]
  /** The scenarios that official accounts tell of. */
  events: readonly Scenario[]
  rights: PushRuleRights
}

const headingId = 'push-rules'

export function PushRules({ filters, apps, events, rights }: Props) {
  const t = useTranslations('PushRules')
  const trpc = useTRPC()
  const { data: accounts } = useSuspenseQuery(trpc.officialAccounts.list.queryOptions())
  const { data } = useSuspenseQuery(trpc.pushRules.list.queryOptions(filters.input))
  const { shown, isBad, input } = filters
  const isFirst = data.rows.length === 0 && !isFiltered(shown) && !input.cursor
  const canAdd = rights.write && accounts.length > 0
  const add = canAdd && (
    <LinkButton kind="primary" href={newRulePlace(shown)}>
      {t('add')}
    </LinkButton>
  )
  const [deletion, setDeletion] = useState<Deletion>()
  const client = useTRPCClient()
  const changed = useRulesChanged()
  const page = (cursor: string | null) => cursor && `?${pageQuery(shown, cursor)}#${headingId}`
  return (
    <Section id={headingId} title={t('title')} purpose={t('purpose')} action={!isFirst && add}>
      {!isFirst && <RuleFilterBar shown={shown} isBad={isBad} apps={apps} events={events} accounts={accounts} />}
      {deletion && (
        <UndoNotice
          key={deletion.undo}
          deletion={deletion}
          onUndo={(undo) => client.pushRules.restore.mutate({ undo }).then(changed)}
          onClose={() => setDeletion(undefined)}
        />
      )}
      {data.rows.length > 0 ? (
        <RulesTable rows={data.rows} filters={filters} events={events} rights={rights} onDeleted={setDeletion} />
      ) : isFirst ? (
        <EmptyState
          title={t('none')}
          text={accounts.length === 0 ? t('noneWithoutAccount') : rights.write ? t('noneText') : t('noneForOthers')}
          action={add}
        />
      ) : (
        <EmptyState
          title={t('noneFound')}
          text={t('noneFoundText')}
          action={<LinkButton href={rulesPlace()}>{t('showAll')}</LinkButton>}
        />
      )}
      <Pager
        newer={page(data.newer)}
        older={page(data.older)}
        isSorted={input.sort !== undefined}
        oldestFirst={input.sort === 'name'}
      />
    </Section>
  )
}

type TableProps = {
  rows: readonly RuleListed[]
  filters: RuleFilters
  events: readonly Scenario[]
  rights: PushRuleRights
  onDeleted: (deletion: Deletion) => void
}

function RulesTable({ rows, filters, events, rights, onDeleted }: TableProps) {
  const t = useTranslations('PushRules')
  const locale = useLocale()
  const [removed, setRemoved] = useState<RuleListed>()
  const [tested, setTested] = useState<RuleListed>()
  const needsTest = useOnceNeeded(tested !== undefined)
  const { toggle, problem } = useToggle()
  const nameOf = scenarioNames(events, locale)
  return (
    <>
      {problem && (
        <div className="above-list">
          <Result {...problem} />
        </div>
      )}
      <DataTable
        headingId={headingId}
        className="rules"
        rows={rows}
        keyOf={({ id }) => id}
        columns={[
          {
            label: t('name'),
            sorting: nameSorting(filters),
            cell: ({ id, name }) => (
              <Link href={rulePlace(id)} prefetch={false} className="break">
                {name}
              </Link>
            ),
          },
          { label: t('app'), className: 'break', cell: ({ app }) => app.name },
          { label: t('event'), cell: ({ scenario }) => nameOf(scenario) },
          {
            label: t('account'),
            className: 'break',
            cell: ({ account }) => (account.id ? account.name : <s className="muted">{account.name}</s>),
          },
          { label: t('template'), className: 'break', cell: ({ headline }) => <bdi>{headline}</bdi> },
          { label: t('state'), className: 'rule-state', cell: (rule) => <RuleState rule={rule} /> },
        ]}
        actions={
          rights.write &&
          ((rule) => (
            <RuleActions
              rule={rule}
              onTest={() => setTested(rule)}
              onToggle={() => toggle(rule)}
              onRemove={() => setRemoved(rule)}
            />
          ))
        }
      />
      {needsTest && <TestStoredRule rule={tested} onClose={() => setTested(undefined)} />}
      <DeleteRule
        rule={removed}
        event={removed ? nameOf(removed.scenario) : ''}
        onClose={() => setRemoved(undefined)}
        onDeleted={onDeleted}
      />
    </>
  )
}

/** With the reason where it is not used or its messages wait, and what its damping holds back. */
const tones: Record<RuleListed['state'], Tone> = { enabled: 'green', disabled: 'grey', invalid: 'red' }

function RuleState({ rule }: { rule: RuleListed }) {
  const { state, invalidReason, account, dampingSeconds, heldBack } = rule
  const t = useTranslations('PushRules')
  const reasons = useDynamicWords('Reason')
  const isHeldUp = state === 'enabled' && account.failing
  const why = invalidReason ? reasons(invalidReason) : isHeldUp ? t('accountFailing') : undefined
  return (
    <>
      <StateBadge tone={isHeldUp ? 'amber' : tones[state]}>{t(`state_${state}`)}</StateBadge>
      {why && <span className="why">{why}</span>}
      {dampingSeconds > 0 && <span className="why">{t('damped', { minutes: dampingSeconds / 60 })}</span>}
      {heldBack > 0 && <span className="why">{t('heldBack', { count: heldBack })}</span>}
    </>
  )
}

/** Switches a rule on or off at once: doing the other undoes it. */
function useToggle() {
  const client = useTRPCClient()
  const words = useProblemWords()
  const changed = useRulesChanged()
  const [problem, setProblem] = useState<ResultProps>()
  const toggle = async ({ id, enabled }: RuleListed) => {
    setProblem(undefined)
    try {
      await client.pushRules.setEnabled.mutate({ id, enabled: !enabled })
    } catch (error) {
      setProblem(words.result(error))
    }
    await changed()
  }
  return { toggle, problem }
}

type ActionsProps = { rule: RuleListed; onTest: () => void; onToggle: () => void; onRemove: () => void }

function RuleActions({ rule: { id, name, account, state, enabled }, onTest, onToggle, onRemove }: ActionsProps) {
  const t = useTranslations('PushRules')
  return (
    <>
      <Link className="quiet" data-accent={state === 'invalid' || undefined} href={rulePlace(id)} prefetch={false}>
        {t('edit')}
        <span className="unseen"> {name}</span>
      </Link>
      {account.id && (
        <button type="button" className="quiet" onClick={onTest}>
          {t('testPush')}
        </button>
      )}
      <Menu label={t('more')} align="end" button={<Icon name="more" />}>
        <MenuItem onClick={onToggle}>{enabled ? t('disable') : t('enable')}</MenuItem>
        <MenuItem isDanger onClick={onRemove}>
          {t('delete')}
        </MenuItem>
      </Menu>
    </>
  )
}
