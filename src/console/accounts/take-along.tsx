'use client'
/**
 * What the templates that would lose their use name, and whether the new account has approved it too: it goes along then, or
 * something else of the account that is chosen for it, or it stays behind, with the reason.
 */
import { Loader } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { inferRouterOutputs } from '@trpc/server'
import { useLocale, useTranslations } from 'next-intl'
import { useEffect, useMemo, useState } from 'react'
import type { AppRouter } from '#api/router.ts'
import type { Taking } from '#domain/accounts/taking-along.ts'
import { Field, Tick } from '../editing/field.tsx'
import { useProviderWords } from '../editing/problems.ts'
import { scenarioNames } from '../scenario-name.ts'
import { TemplateText } from '../templates/provider-text/mapping.tsx'
import { useTRPC } from '../trpc/client.tsx'
import { Button } from '../ui/button.tsx'
import { useProblemWords } from '../ui/problem-words.tsx'
import { Result } from '../ui/result.tsx'
import { SearchSelect } from '../ui/search-select.tsx'
import { StateBadge } from '../ui/state-badge.tsx'
import './take-along.css'

type Takeable = inferRouterOutputs<AppRouter>['accounts']['takeable']
type Pair = Takeable['pairs'][number]
type Choice = { signature: string; template: string }

type Props = {
  /** The account that is to be put in force. */
  id: string
  name: string
  /** The account before. */
  from: { id: string; name: string }
  /** Told what goes along with every change; undefined while that is not known yet. The same at every drawing. */
  onChange: (taking: Taking | null | undefined) => void
}

export function TakeAlong({ id, name, from: { id: from, name: account }, onChange }: Props) {
  const t = useTranslations('Accounts')
  const words = useProviderWords()
  const trpc = useTRPC()
  const [isWanted, setWanted] = useState(true)
  const [choices, setChoices] = useState<Readonly<Record<number, Choice>>>({})
  const { data, error, isFetching, refetch } = useQuery(
    trpc.accounts.takeable.queryOptions(
      { id, from },
      // Asked once: what a person has chosen is for what they saw.
      { enabled: isWanted, staleTime: Number.POSITIVE_INFINITY, gcTime: 0, retry: false },
    ),
  )
  const taking = useMemo(() => data && takingOf(data, choices), [data, choices])
  const isUnknown = isWanted && !data
  useEffect(
    () => onChange(isUnknown ? undefined : isWanted ? (taking ?? null) : null),
    [onChange, isUnknown, isWanted, taking],
  )
  return (
    <div className="take-along stack">
      <Tick
        label={t('takeAlong', { name })}
        help={t('takeAlongHelp', { account })}
        isTicked={isWanted}
        isReadOnly={false}
        onChange={setWanted}
      />
      {isWanted && (isFetching || !error) && !data && (
        <p role="status" className="row muted">
          <Loader size={14} />
          {t('takeAsking', { name })}
        </p>
      )}
      {isWanted && error && !isFetching && (
        <Result {...words(error)} action={<Button onClick={() => void refetch()}>{t('takeAskAgain')}</Button>} />
      )}
      {isWanted && !data && <p className="muted small">{t('takeWithout')}</p>}
      {isWanted && data && (
        <ul className="lines" aria-label={t('takePairs')}>
          {data.pairs.map((pair, index) => (
            <PairItem
              // biome-ignore lint/suspicious/noArrayIndexKey: the list is fixed
              key={index}
              pair={pair}
              of={data}
              name={name}
              choice={choices[index] ?? choiceFor(pair, data)}
              onChoose={(choice) => setChoices((all) => ({ ...all, [index]: choice }))}
            />
          ))}
          {data.more > 0 && <li className="muted">{t('takeMore', { count: data.more })}</li>}
        </ul>
      )}
    </div>
  )
}

/** What stands chosen before a person has: the same signature where it is approved, or the only one that is. */
function choiceFor(pair: Pair, { signatures }: Takeable): Choice {
  const names = signatures.filter((one) => isFor(one, pair.audience)).map(({ name }) => name)
  const signature = names.includes(pair.signature) ? pair.signature : names.length === 1 ? (names[0] ?? '') : ''
  return { signature, template: '' }
}

function takingOf(of: Takeable, choices: Readonly<Record<number, Choice>>): Taking {
  const pairs = of.pairs.flatMap((pair, index): Taking['pairs'] => {
    const { audience, signature, template, text, blocked } = pair
    const from = { audience, signature, template, text }
    if (blocked === null) return [{ from, to: { signature, template, text } }]
    const choice = choices[index]
    const chosen = of.templates.find(({ code }) => code === choice?.template)
    return choice?.signature && chosen
      ? [{ from, to: { signature: choice.signature, template: chosen.code, text: chosen.text } }]
      : []
  })
  return { fingerprint: of.fingerprint, pairs }
}

type PairProps = {
  pair: Pair
  of: Takeable
  name: string
  choice: Choice
  onChoose: (choice: Choice) => void
}

function PairItem({ pair, of, name, choice, onChoose }: PairProps) {
  const t = useTranslations('Accounts')
  const locale = useLocale()
  const problems = useProblemWords()
  const trpc = useTRPC()
  const scenarios = useQuery(trpc.templates.scenarios.queryOptions())
  const nameOf = scenarioNames(scenarios.data ?? [], locale)
  const { audience, signature, template, text, blocked, detail, overrides } = pair
  const users = [...pair.scenarios.map(nameOf), ...(overrides > 0 ? [t('countedOverrides', { count: overrides })] : [])]
  const fits = useMemo(
    () => of.templates.filter((one) => isFor(one, audience) && hasSame(one.variables, pair.variables)),
    [of.templates, audience, pair.variables],
  )
  const signatures = useMemo(() => of.signatures.filter((one) => isFor(one, audience)), [of.signatures, audience])
  const goesAlong = blocked === null || Boolean(choice.signature && choice.template)
  const chosen = of.templates.find(({ code }) => code === choice.template)
  return (
    <li className="take-pair stack-tight">
      <div className="take-head">
        <span className="break">
          <bdi>{signature}</bdi> · <span className="mono">{template}</span>
        </span>
        <StateBadge tone={goesAlong ? 'green' : 'grey'}>{t(goesAlong ? 'goesAlong' : 'staysBehind')}</StateBadge>
      </div>
      <p className="muted small break">{new Intl.ListFormat(locale).format(users)}</p>
      <TemplateText text={text} texts={of.texts} />
      {blocked !== null && (
        <>
          <p className="small break">
            {problems.text({ code: blocked })} {detail && t('takeReason', { detail })}
          </p>
          {fits.length === 0 || signatures.length === 0 ? (
            <p className="muted small">{t('takeNothingFits', { name })}</p>
          ) : (
            <div className="take-choice">
              <Field label={t('takeSignature')}>
                {(input) => (
                  <SearchSelect
                    label={t('takeSignature')}
                    input={input}
                    options={signatures.map(({ name: one }) => ({ value: one, label: one }))}
                    value={choice.signature}
                    shown={choice.signature}
                    placeholder={t('takeChoose')}
                    onChoose={(value) => onChoose({ ...choice, signature: value })}
                  />
                )}
              </Field>
              <Field label={t('takeTemplate')}>
                {(input) => (
                  <SearchSelect
                    label={t('takeTemplate')}
                    input={input}
                    options={fits.map((one) => ({
                      value: one.code,
                      label: `${one.code} · ${one.name}`,
                      text: one.text,
                    }))}
                    value={choice.template}
                    shown={choice.template}
                    placeholder={t('takeChoose')}
                    onChoose={(value) => onChoose({ ...choice, template: value })}
                  />
                )}
              </Field>
              {chosen && <TemplateText text={chosen.text} texts={of.texts} />}
              {goesAlong && (
                <button type="button" className="quiet" onClick={() => onChoose({ ...choice, template: '' })}>
                  {t('takeLeave')}
                </button>
              )}
            </div>
          )}
        </>
      )}
    </li>
  )
}

const isFor = ({ audiences }: { audiences: readonly string[] }, audience: string) => audiences.includes(audience)
/** Whether the same values fill both. */
const hasSame = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((one) => b.includes(one))
