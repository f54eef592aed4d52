'use client'
/** Above the log: what came since the page was drawn, and the ways to see it, to let it flow in, and to take it along as a file. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import type { MessageFilter } from '#domain/sending/log/log.ts'
import { useRedraw } from '../shell/follow.tsx'
import { useTRPC } from '../trpc/client.tsx'
import { Result } from '../ui/result.tsx'
import { downloadFile, TooManyDownloads } from './download-file.ts'

const everyMs = 5000
const afterFailureMs = 30_000
/** So many are counted at most. */
const most = 100

type Props = {
  filter: MessageFilter
  /** The newest message on the page. */
  newest: string | undefined
  /** Whether what is new belongs on this page. */
  isLive: boolean
  /** Whether the state of a message on the page is about to change. */
  isUnderWay: boolean
  /** The address of the file; undefined where there is nothing to take along. */
  file: string | undefined
}

export function LogBar({ filter, newest, isLive, isUnderWay, file }: Props) {
  const t = useTranslations('Log')
  const redraw = useRedraw()
  const refresh = useRef<HTMLButtonElement>(null)
  const [isFollowing, setFollowing] = useState(false)
  const { data: count = 0, dataUpdatedAt } = useQuery(
    useTRPC().messages.countNew.queryOptions(
      { ...filter, ...(newest ? { after: newest } : {}) },
      {
        enabled: isLive,
        initialData: 0,
        refetchInterval: ({ state }) => (state.error ? afterFailureMs : (state.data ?? 0) < most && everyMs),
      },
    ),
  )
  const hasChanged = isFollowing && isLive && (count > 0 || isUnderWay)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for every answer
  useEffect(() => {
    if (hasChanged) redraw()
  }, [hasChanged, dataUpdatedAt, redraw])
  const showNew = () => {
    refresh.current?.focus()
    redraw()
  }
  return (
    <div className="log-bar">
      <div role="status">
        {count > 0 && !isFollowing && (
          <button type="button" className="log-new" onClick={showNew}>
            {t('new', { count: count < most ? String(count) : `${most - 1}+` })}
          </button>
        )}
      </div>
      <div className="row">
        {isLive && (
          <label className="log-follow" title={t('followHelp')}>
            <input
              type="checkbox"
              checked={isFollowing}
              onChange={({ currentTarget }) => setFollowing(currentTarget.checked)}
            />
            {t('follow')}
          </label>
        )}
        <button type="button" className="quiet" ref={refresh} onClick={redraw}>
          {t('refresh')}
        </button>
        {file && <Download address={file} />}
      </div>
    </div>
  )
}

/** A plain link, which a browser without scripts follows by itself; with them a refusal is told in place. */
function Download({ address }: { address: string }) {
  const t = useTranslations('Log')
  const download = useMutation({ mutationFn: () => downloadFile(address) })
  return (
    <>
      <a
        className="quiet"
        href={address}
        download
        title={t('exportLimit')}
        aria-busy={download.isPending}
        onClick={(event) => {
          event.preventDefault()
          if (!download.isPending) download.mutate()
        }}
      >
        {t(download.isPending ? 'exporting' : 'export')}
      </a>
      {download.error && (
        <Result
          tone="red"
          title={t('exportFailed')}
          next={
            download.error instanceof TooManyDownloads
              ? t('exportTooOften', { minutes: download.error.minutes })
              : t('exportFailedHint')
          }
        />
      )}
    </>
  )
}
