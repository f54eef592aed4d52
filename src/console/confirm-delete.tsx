'use client'
/**
 * Asks before something is deleted, with all that depends on it, and then deletes it. A refusal is said in place. Uses the
 * words `Dependents` where dependents are looked up.
 */
import { skipToken, useQuery } from '@tanstack/react-query'
import { useLocale, useTranslations } from 'next-intl'
import type { ComponentProps } from 'react'
import type { Deletable, Dependent } from '#domain/dependents/dependents.ts'
import type { Scenario } from '#domain/scenarios/scenarios.ts'
import { scenarioNames } from './scenario-name.ts'
import { useTRPC } from './trpc/client.tsx'
import { ConfirmDialog } from './ui/confirm-dialog.tsx'
import { useProblemWords } from './ui/problem-words.tsx'

type Asking = Omit<ComponentProps<typeof ConfirmDialog>, 'onConfirm' | 'lines'>
type Props = Asking & {
  /** What is looked up and listed before `consequences`; absent where nothing can depend on it. */
  of?: Deletable | undefined
  /** Said where nothing does. */
  nothing?: string
  /** Deletes it, and does what follows from that. */
  onDelete: () => Promise<unknown>
}

export function ConfirmDelete({ of, nothing, onDelete, ...asking }: Props) {
  const words = useProblemWords()
  const trpc = useTRPC()
  const isLookedFor = asking.isOpen && of !== undefined
  const found = useQuery(trpc.dependents.of.queryOptions(isLookedFor ? of : skipToken, { staleTime: 0, gcTime: 0 }))
  const scenarios = useQuery(trpc.templates.scenarios.queryOptions(isLookedFor ? undefined : skipToken))
  // Nobody deletes before they could read what that means, nor presses a button that moves as it comes.
  const isWaiting = isLookedFor && (found.isPending || scenarios.isPending)
  const remove = () =>
    onDelete().then(
      () => undefined,
      (error: unknown) => words.result(error),
    )
  const lines = isLookedFor && (
    <Dependents
      nothing={nothing}
      found={isWaiting ? undefined : (found.data ?? [])}
      problem={found.error}
      scenarios={scenarios.data ?? []}
    />
  )
  return <ConfirmDialog {...asking} lines={lines} isWaiting={isWaiting} onConfirm={remove} />
}

type DependentsProps = Pick<Props, 'nothing'> & {
  /** Undefined while it is looked up. */
  found: readonly Dependent[] | undefined
  problem: unknown
  scenarios: readonly Scenario[]
}

function Dependents({ nothing, found, problem, scenarios }: DependentsProps) {
  const t = useTranslations('Dependents')
  const locale = useLocale()
  const words = useProblemWords()
  if (problem) return <li>{words.result(problem).title}</li>
  if (!found) return <li>{t('lookingUp')}</li>
  if (found.length === 0 && nothing) return <li>{nothing}</li>
  const nameOf = scenarioNames(scenarios, locale)
  const namesOf = ({ names, scenarios: keys, count }: Dependent): string => {
    const first = names ?? keys?.map(nameOf) ?? []
    const rest = count > first.length ? [t('more', { count: count - first.length })] : []
    return new Intl.ListFormat(locale).format([...first, ...rest])
  }
  return found.map((dependent) => (
    <li key={dependent.code}>
      {t(dependent.code, { count: dependent.count, names: namesOf(dependent) })}
      {dependent.rules && <Rules rules={dependent.rules} count={dependent.count} nameOf={nameOf} />}
    </li>
  ))
}

type RulesProps = { rules: NonNullable<Dependent['rules']>; count: number; nameOf: (scenario: string) => string }

function Rules({ rules, count, nameOf }: RulesProps) {
  const t = useTranslations('Dependents')
  return (
    <ul>
      {rules.map(({ id, name, app, scenario, enabled }) => (
        <li key={id} className="break">
          {name}{' '}
          <span className="muted">
            {t('rule', { app, event: nameOf(scenario) })}
            {!enabled && ` · ${t('ruleDisabled')}`}
          </span>
        </li>
      ))}
      {count > rules.length && <li>{t('more', { count: count - rules.length })}</li>}
    </ul>
  )
}
