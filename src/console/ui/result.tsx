'use client'
/** How something ended, where it was started: what happened, why, what to do, and the details to copy. */
import { Alert } from '@mantine/core'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { CopyButton } from './copy-button.tsx'
import { Icon, type IconName } from './line-icon.tsx'
import { colors, type Tone } from './state-badge.tsx'

export type ResultProps = {
  tone: Tone
  /** What happened, as a sentence. */
  title: string
  why?: ReactNode
  next?: ReactNode
  /** The provider's own code and words, and the id to name when asking about it. */
  code?: string
  detail?: string
  requestId?: string
  action?: ReactNode
}

const icons: Record<Tone, IconName> = { green: 'check', amber: 'warning', red: 'cross', grey: 'info' }

export function Result({ tone, title, why, next, code, detail, requestId, action }: ResultProps) {
  return (
    <Alert
      className="result"
      color={colors[tone]}
      role={tone === 'red' ? 'alert' : 'status'}
      icon={<Icon name={icons[tone]} />}
      title={title}
    >
      {why && <p>{why}</p>}
      {next && <p>{next}</p>}
      <Details code={code} detail={detail} requestId={requestId} />
      {action && <div className="row">{action}</div>}
    </Alert>
  )
}

function Details({ code, detail, requestId }: Pick<ResultProps, 'code' | 'detail' | 'requestId'>) {
  const t = useTranslations('Common')
  if (!code && !detail && !requestId) return null
  const all = [code, detail, requestId].filter(Boolean).join('\n')
  return (
    <details className="fold">
      <summary>{t('details')}</summary>
      <dl>
        {code && (
          <>
            <dt>{t('code')}</dt>
            <dd className="mono break">{code}</dd>
          </>
        )}
        {detail && (
          <>
            <dt>{t('answer')}</dt>
            <dd className="break">{detail}</dd>
          </>
        )}
        {requestId && (
          <>
            <dt>{t('requestId')}</dt>
            <dd className="mono break">{requestId}</dd>
          </>
        )}
      </dl>
      <CopyButton value={all} what={t('details')} />
    </details>
  )
}
