'use client'
/** A voice template in its form: what is said, how the call is made, and whether a call has proven it. */
import { useTranslations } from 'next-intl'
import type { VoiceContent } from '#channels/voice/content.ts'
import { TemplateOf } from '#console/editing/template-of.tsx'
import { Button } from '#console/ui/button.tsx'
import { useDynamicWords } from '#console/ui/dynamic-words.ts'
import { useProblemWords } from '#console/ui/problem-words.tsx'
import { Result } from '#console/ui/result.tsx'
import { StateBadge, type Tone } from '#console/ui/state-badge.tsx'
import { Time } from '#console/ui/time.tsx'
import { Waiting } from '#console/ui/waiting.tsx'
import { Frame } from '../frame.tsx'
import { linesOfMapping } from '../mapping-lines.ts'
import { type EditingProps, type PageProps, useEditing } from '../use-editing.ts'
import { SpokenPreview } from './spoken-preview.tsx'
import { type Proof, useProof } from './use-proof.ts'
import { VoiceFields } from './voice-fields.tsx'
import { voiceForm } from './voice-form.ts'

function VoiceEditing(props: EditingProps) {
  const t = useTranslations('VoiceTemplate')
  const editing = useEditing(props, voiceForm)
  const words = useDynamicWords('VoiceTemplate', props.about.account.provider)
  const { about, edited, saving, canWrite, isChanged } = editing
  const { proof, error, changed } = useProof(about, edited.store.get())
  const call = canWrite ? () => editing.setAsked('test-send') : undefined
  const isUnused = saving.saved !== null && !isChanged && proof !== undefined && proof?.state !== 'proven'
  const isRefused = proof?.state === 'refused'
  const linesOf = (content: VoiceContent) => [
    { name: words('ttsCode'), text: content.ttsCode },
    { name: t('approvedText'), text: content.templateText },
    ...linesOfMapping(content.mapping, about.texts),
    { name: t('callingNumber'), text: content.calledShowNumber ?? '' },
    ...(['playTimes', 'volume', 'speed'] as const).map((name) => ({ name: t(name), text: String(content[name]) })),
  ]
  return (
    <Frame
      editing={editing}
      notices={
        isUnused && (
          <Result
            tone="amber"
            title={words(isRefused ? 'refused' : 'unused')}
            why={words(isRefused ? 'refusedWhy' : 'unusedWhy')}
            action={call && <Button onClick={call}>{t('testCall')}</Button>}
          />
        )
      }
      form={<VoiceFields editing={editing} />}
      preview={
        <>
          <SpokenPreview editing={editing} />
          <ProofPanel
            provider={about.account.provider}
            proof={proof}
            error={error}
            onCall={isUnused ? undefined : call}
          />
        </>
      }
      linesOf={linesOf}
      test={{
        title: t('testCall'),
        intro: t('testCallIntro'),
        to: t('testCallTo'),
        help: t('testCallHelp'),
        verb: t('call'),
        busy: t('calling'),
        wrong: t('wrongNumber'),
        idName: about.texts.messageIdName,
      }}
      onTested={() => void changed()}
    />
  )
}

const tones: Record<'declared' | 'proven' | 'refused', Tone> = { declared: 'grey', proven: 'green', refused: 'red' }

type Props = { provider: string; proof: Proof; error: Error | null; onCall: (() => void) | undefined }

/** Whether a call has shown that the provider takes the content: declared only, proven or refused, since when and why. */
function ProofPanel({ provider, proof, error, onCall }: Props) {
  const t = useTranslations('VoiceTemplate')
  const words = useProblemWords()
  const means = useDynamicWords('VoiceTemplate', provider)
  const state = proof?.state ?? 'declared'
  return (
    <section className="proof" aria-label={t('proof')}>
      <div className="row" role="status">
        {proof === undefined ? (
          !error && <Waiting />
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

export const VoiceTemplate = (props: PageProps) => <TemplateOf page={props} of={VoiceEditing} />
