'use client'
/** Where the person is signed in, and the way to end each session. */
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC, useTRPCClient } from '#console/trpc/client.tsx'
import { DataTable } from '#console/ui/data-table.tsx'
import { useDynamicWords } from '#console/ui/dynamic-words.ts'
import { Section } from '#console/ui/page-head.tsx'
import { useProblemWords } from '#console/ui/problem-words.tsx'
import { Result, type ResultProps } from '#console/ui/result.tsx'
import { Time } from '#console/ui/time.tsx'
import { deviceOf } from './device.ts'

export function Sessions() {
  const t = useTranslations('Profile')
  const names = useDynamicWords('Profile')
  const words = useProblemWords()
  const client = useTRPCClient()
  const trpc = useTRPC()
  const queries = useQueryClient()
  const { data: sessions } = useSuspenseQuery(trpc.people.sessions.queryOptions())
  const [ending, setEnding] = useState<string>()
  const [problem, setProblem] = useState<ResultProps>()
  const end = async (id: string, isCurrent: boolean) => {
    if (ending) return
    setEnding(id)
    setProblem(undefined)
    try {
      await client.people.revokeSession.mutate({ id })
      if (isCurrent) location.assign('/sign-in')
      else await queries.invalidateQueries({ queryKey: trpc.people.sessions.queryKey() })
    } catch (error) {
      setProblem(words.result(error))
    } finally {
      setEnding(undefined)
    }
  }
  const nameOf = (userAgent: string | null) => {
    const { browser: found, system } = deviceOf(userAgent)
    const browser = found && (names.find(`browser_${found}`) ?? found)
    return browser && system ? t('browserOn', { browser, system }) : (browser ?? system ?? t('unknownDevice'))
  }
  return (
    <Section id="sessions" title={t('sessions')} purpose={t('sessionsPurpose')}>
      {problem && (
        <div className="above-list">
          <Result {...problem} />
        </div>
      )}
      <DataTable
        headingId="sessions"
        rows={sessions}
        keyOf={({ id }) => id}
        columns={[
          {
            label: t('device'),
            cell: ({ userAgent, current }) => (
              <span title={userAgent ?? undefined}>
                {nameOf(userAgent)}
                {current && <span className="tag">{t('thisOne')}</span>}
              </span>
            ),
          },
          { label: t('address'), className: 'mono break', cell: ({ ipAddress }) => ipAddress || '–' },
          { label: t('lastSeen'), cell: ({ lastSeenAt }) => <Time at={lastSeenAt} /> },
          { label: t('signedIn'), cell: ({ createdAt }) => <Time at={createdAt} as="day" /> },
        ]}
        actions={({ id, current }) => (
          <button type="button" className="quiet" aria-busy={ending === id} onClick={() => end(id, current)}>
            {t('signOut')}
          </button>
        )}
      />
    </Section>
  )
}
