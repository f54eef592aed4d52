'use client'
/** The recipient, masked; those who may see it in full can ask for it, and that they did is audited. */
import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useTRPC } from '#console/trpc/client.tsx'
import { useProblemWords } from '#console/ui/problem-words.tsx'
import { Result } from '#console/ui/result.tsx'

export function Recipient({ id, masked, canReveal }: { id: string; masked: string; canReveal: boolean }) {
  const t = useTranslations('Message')
  const words = useProblemWords()
  const reveal = useMutation(useTRPC().messages.reveal.mutationOptions())
  return (
    <>
      <span className="row">
        <span className="break" aria-live="polite">
          {reveal.data ?? masked}
        </span>
        {canReveal && !reveal.data && (
          <button
            type="button"
            className="quiet"
            title={t('revealHelp')}
            aria-busy={reveal.isPending}
            onClick={() => !reveal.isPending && reveal.mutate({ id })}
          >
            {t('reveal')}
          </button>
        )}
      </span>
      {reveal.error && <Result {...words.result(reveal.error)} />}
    </>
  )
}
