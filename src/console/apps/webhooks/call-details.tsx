'use client'
/** What one call said, and the beginning of its answer; asked for when it is unfolded. */
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useTRPC } from '#console/trpc/client.tsx'
import { CodeLine } from '#console/ui/code-line.tsx'
import { CopyButton } from '#console/ui/copy-button.tsx'
import { useProblemWords } from '#console/ui/problem-words.tsx'
import { Result } from '#console/ui/result.tsx'
import { Waiting } from '#console/ui/waiting.tsx'

/** `isWhole`: what goes out has whole recipients, which are shown masked. `isUntried`: an answer is of before it was sent again. */
type Props = { id: string; isWhole: boolean; isUntried: boolean }

export function CallDetails({ id, isWhole, isUntried }: Props) {
  const t = useTranslations('Webhooks')
  const words = useProblemWords()
  const { data, error } = useQuery(useTRPC().webhooks.delivery.queryOptions({ id }))
  if (error) return <Result {...words.result(error)} />
  if (!data) return <Waiting>{t('lookingUp')}</Waiting>
  return (
    <div className="stack-tight">
      <div className="row">
        <span className="muted">{t('callId')}</span>
        <span className="mono break">{id}</span>
        <CopyButton value={id} what={t('callId')} />
      </div>
      <p className="label">{t('request')}</p>
      <CodeLine code={JSON.stringify(JSON.parse(data.body), null, 2)} what={t('request')} />
      {isWhole && <p className="muted">{t('maskedHere')}</p>}
      <p className="label">{t('answerText')}</p>
      {data.answer && !isUntried ? (
        <CodeLine code={data.answer} what={t('answerText')} />
      ) : (
        <p className="muted">{t('noAnswerText')}</p>
      )}
    </div>
  )
}
