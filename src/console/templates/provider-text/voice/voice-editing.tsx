'use client'
/** A voice template in its form: what is said, how the call is made, and whether a call has proven it. */
import { useTranslations } from 'next-intl'
import type { VoiceContent } from '#channels/voice/content.ts'
import { Button } from '#console/ui/button.tsx'
import { useDynamicWords } from '#console/ui/dynamic-words.ts'
import { Result } from '#console/ui/result.tsx'
import { Frame } from '../frame.tsx'
import { linesOfMapping } from '../mapping-lines.ts'
import { type EditingProps, useEditing } from '../use-editing.ts'
import { ProofPanel } from './proof-panel.tsx'
import { SpokenPreview } from './spoken-preview.tsx'
import { useProof } from './use-proof.ts'
import { VoiceFields } from './voice-fields.tsx'
import { voiceForm } from './voice-form.ts'

export function VoiceEditing(props: EditingProps) {
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
