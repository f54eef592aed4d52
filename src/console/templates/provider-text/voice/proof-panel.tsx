'use client'
/** Whether a call has shown that the provider takes the content: declared only, proven or refused, since when and why. */
import { useTranslations } from 'next-intl'
import { Button } from '#console/ui/button.tsx'
import { useDynamicWords } from '#console/ui/dynamic-words.ts'
import { useProblemWords } from '#console/ui/problem-words.tsx'
import { Result } from '#console/ui/result.tsx'
import { StateBadge, type Tone } from '#console/ui/state-badge.tsx'
import { Time } from '#console/ui/time.tsx'
import type { Proof } from './use-proof.ts'

const tones: Record<'declared' | 'proven' | 'refused', Tone> = { declared: 'grey', proven: 'green', refused: 'red' }

type Props = { provider: string; proof: Proof; error: Error | null; onCall: (() => void) | undefined }

export function ProofPanel({ provider, proof, error, onCall }: Props) {
  const t = useTranslations('VoiceTemplate')
  const words = useProblemWords()
  const means = useDynamicWords('VoiceTemplate', provider)
  const state = proof?.state ?? 'declared'
  return (
    <section className="proof" aria-label={t('proof')}>
      <div className="row" role="status">
        {proof === undefined ? (
          !error && <span className="skeleton" />
        ) : (
          <>
            <StateBadge tone={tones[state]}>{t(`state_${state}`)}</StateBadge>
            {proof && (
              <span className="muted small">
                <Time at={proof.at} />
              </span>
            )}
          </>
        )}
      </div>
      {error && <Result {...words.result(error)} />}
      {proof !== undefined && <p className="small">{means(`means_${state}`)}</p>}
      {proof?.state === 'refused' && (
        <p className="small break">
          {proof.detail && <q>{proof.detail}</q>} {proof.code && <code>{proof.code}</code>}
        </p>
      )}
      {onCall && <Button onClick={onCall}>{t('testCall')}</Button>}
    </section>
  )
}
