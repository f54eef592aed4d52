'use client'
/** What a person sees when a page could not be made: whose fault it is, what to try, and the code to report. */
import { useTranslations } from 'next-intl'
import { Button } from '../ui/button.tsx'
import { Result } from '../ui/result.tsx'

export type FailureProps = { error: unknown; retry: () => void }

/** Next gives a failed server render a digest, which the log holds beside the error itself. */
const digestOf = (error: unknown) =>
  error instanceof Error && 'digest' in error && typeof error.digest === 'string' ? error.digest : undefined

export function Failure({ error, retry }: FailureProps) {
  const t = useTranslations('Failure')
  const outage = useTranslations('Outage')
  const common = useTranslations('Common')
  const digest = digestOf(error)
  const again = <Button onClick={retry}>{common('retry')}</Button>
  const isOutage = digest === 'unavailable'
  return (
    <div className="stack">
      <h1>{t('failed')}</h1>
      {isOutage ? (
        <Result tone="red" title={outage('title')} next={outage('what')} action={again} />
      ) : (
        <Result
          tone="red"
          title={t('failedWhat')}
          next={t(digest ? 'failedHint' : 'failedHere')}
          requestId={digest}
          action={again}
        />
      )}
    </div>
  )
}
