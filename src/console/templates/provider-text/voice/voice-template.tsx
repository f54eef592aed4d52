'use client'
/** A voice template in its form: what is said, how the call is made, and whether a call has proven it. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { mappingFor } from '#channels/mapping.ts'
import type { ContentProblem } from '#channels/problems.ts'
import { isTemplateId, type Texts, templateIdProblems } from '#channels/texts.ts'
import { checkVoice, proofSubject } from '#channels/voice/check.ts'
import type { VoiceContent } from '#channels/voice/content.ts'
import { callingNumberForm } from '#channels/voice/limits.ts'
import { hasFormOf } from '#console/editing/draft.ts'
import { OpenTemplate } from '#console/templates/template-page.tsx'
import { useTRPC } from '#console/trpc/client.tsx'
import { Button } from '#console/ui/button.tsx'
import { useDynamicWords } from '#console/ui/dynamic-words.ts'
import { useProblemWords } from '#console/ui/problem-words.tsx'
import { Result } from '#console/ui/result.tsx'
import { StateBadge, type Tone } from '#console/ui/state-badge.tsx'
import { Time } from '#console/ui/time.tsx'
import { Waiting } from '#console/ui/waiting.tsx'
import { linesOfMapping } from '../mapping.tsx'
import {
  type ProviderTextOpened,
  ProviderTextPage,
  type ProviderTextProps,
  type TextForm,
  useProviderText,
} from '../provider-text.tsx'
import { SpokenPreview } from './spoken-preview.tsx'
import { VoiceFields } from './voice-fields.tsx'

const empty: VoiceContent = {
  ttsCode: '',
  templateText: '',
  mapping: {},
  calledShowNumber: undefined,
  playTimes: 3,
  volume: 100,
  speed: 0,
}

const asSent = ({ ttsCode, templateText, mapping, calledShowNumber, ...call }: VoiceContent): VoiceContent => ({
  ...call,
  ttsCode: ttsCode.trim(),
  templateText: templateText.trim(),
  mapping: mappingFor(templateText, mapping),
  calledShowNumber: calledShowNumber?.trim() || undefined,
})

const voiceForm: TextForm<VoiceContent> = {
  empty,
  isContent: (value) => hasFormOf(empty, value),
  asSent,
  // Of the id it is said once somebody tried to save: it is typed.
  check: (content, scenario, texts) =>
    content.templateText.trim()
      ? checkVoice(asSent(content), scenario, texts).filter(({ path }) => path !== 'ttsCode')
      : [],
  missing(content, texts) {
    const { ttsCode, templateText, calledShowNumber = '' } = asSent(content)
    const error = (path: string, code: 'required' | 'invalid_calling_number'): ContentProblem => ({
      ...{ path, code, severity: 'error' },
    })
    return [
      ...(ttsCode ? templateIdProblems(texts, 'ttsCode', ttsCode) : [error('ttsCode', 'required')]),
      ...(templateText ? [] : [error('templateText', 'required')]),
      ...(callingNumberForm.test(calledShowNumber) ? [] : [error('calledShowNumber', 'invalid_calling_number')]),
    ]
  },
}

/**
 * What the last call with such a content has shown: its code, its calling number and its variables decide.
 * @param content as it is sent. `proof` is null while no call was made, undefined while that is not known.
 */
function useProof(accountId: string, texts: Texts, content: VoiceContent) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const isComplete = content.ttsCode !== '' && isTemplateId(texts, content.ttsCode)
  const subject = proofSubject(content)
  const { data, error } = useQuery(trpc.templates.proof.queryOptions({ accountId, subject }, { enabled: isComplete }))
  return {
    proof: isComplete ? data : null,
    error: error as Error | null,
    /** Reads it again: a call was made. */
    readAgain: () =>
      Promise.all([
        queryClient.invalidateQueries(trpc.templates.proof.pathFilter()),
        queryClient.invalidateQueries(trpc.templates.get.pathFilter()),
      ]),
  }
}

function VoiceEditor(opened: ProviderTextOpened) {
  const { account, texts } = opened
  const t = useTranslations('VoiceTemplate')
  const words = useDynamicWords('VoiceTemplate', account.provider)
  const text = useProviderText(opened, voiceForm)
  const { saved, isChanged, canWrite, open } = text.editing
  const { proof, error, readAgain } = useProof(account.id, texts, text.sent())
  const call = canWrite ? () => open('test-send') : undefined
  const isUnused = saved !== null && !isChanged && proof !== undefined && proof?.state !== 'proven'
  const isRefused = proof?.state === 'refused'
  const linesOf = (content: VoiceContent) => [
    { name: words('ttsCode'), text: content.ttsCode },
    { name: t('approvedText'), text: content.templateText },
    ...linesOfMapping(content.mapping, texts),
    { name: t('callingNumber'), text: content.calledShowNumber ?? '' },
    ...(['playTimes', 'volume', 'speed'] as const).map((name) => ({ name: t(name), text: String(content[name]) })),
  ]
  return (
    <ProviderTextPage
      text={text}
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
      form={<VoiceFields text={text} />}
      preview={
        <>
          <SpokenPreview text={text} />
          <ProofPanel provider={account.provider} proof={proof} error={error} onCall={isUnused ? undefined : call} />
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
        idName: texts.messageIdName,
      }}
      onTested={() => void readAgain()}
    />
  )
}

type Proof = ReturnType<typeof useProof>['proof']

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

export const VoiceTemplate = (props: ProviderTextProps) => <OpenTemplate page={props} editor={VoiceEditor} />
