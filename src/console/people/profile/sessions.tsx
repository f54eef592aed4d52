'use client'
/** Where the person is signed in, and the way to end each session. */
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC, useTRPCClient } from '#console/trpc/client.tsx'
import { Section } from '#console/ui/page-head.tsx'
import { useProblemWords } from '#console/ui/problem-words.tsx'
import { Result, type ResultProps } from '#console/ui/result.tsx'
import { Time } from '#console/ui/time.tsx'
import { deviceOf } from './device.ts'

export function Sessions() {
  const t = useTranslations('Profile')
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
  return (
    <Section id="sessions" title={t('sessions')} purpose={t('sessionsPurpose')}>
      {problem && (
        <div className="above-list">
          <Result {...problem} />
        </div>
      )}
      <div className="list">
        <table aria-labelledby="sessions">
          <thead>
            <tr>
              <th scope="col">{t('device')}</th>
              <th scope="col">{t('address')}</th>
              <th scope="col">{t('lastSeen')}</th>
              <th scope="col">{t('signedIn')}</th>
              <th scope="col">
                <span className="unseen">{t('actions')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {sessions.map(({ id, userAgent, ipAddress, lastSeenAt, createdAt, current }) => {
              const { browser, system } = deviceOf(userAgent)
              const device =
                browser && system ? t('browserOn', { browser, system }) : (browser ?? system ?? t('unknownDevice'))
              return (
                <tr key={id}>
                  <th scope="row" title={userAgent ?? undefined}>
                    <span>
                      {device}
                      {current && <span className="tag">{t('thisOne')}</span>}
                    </span>
                  </th>
                  <td data-label={t('address')} className="mono break">
                    {ipAddress || '–'}
                  </td>
                  <td data-label={t('lastSeen')}>
                    <Time at={lastSeenAt} />
                  </td>
                  <td data-label={t('signedIn')}>
                    <Time at={createdAt} as="day" />
                  </td>
                  <td className="actions">
                    <button type="button" className="quiet" aria-busy={ending === id} onClick={() => end(id, current)}>
                      {t('signOut')}
                    </button>
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
    </Section>
  )
}
