'use client'
/** How the call is made: from which number, how often the text is said, how loud and how fast. */
import { useTranslations } from 'next-intl'
import type { VoiceContent } from '#channels/voice/content.ts'
import { useDynamicWords } from '#console/ui/dynamic-words.ts'
import { Field } from '../field.tsx'
import type { Editing } from '../use-editing.ts'

const noHints = { hints: [] }
/** The scales of `VoiceContent`. */
const scales = { volume: { min: 0, max: 100, step: 1 }, speed: { min: -500, max: 500, step: 10 } } as const

export function CallFields({ editing }: { editing: Editing<VoiceContent> }) {
  const { about, edited, canWrite, problems } = editing
  const t = useTranslations('VoiceTemplate')
  const words = useDynamicWords('VoiceTemplate', about.account.provider)
  const { content } = edited
  const change = (part: Partial<VoiceContent>) => edited.change({ ...content, ...part })
  return (
    <>
      <Field label={t('callingNumber')} help={words('callingNumberHelp')} said={problems.at('calledShowNumber')}>
        {(input) => (
          <input
            {...input}
            className="input"
            inputMode="tel"
            value={content.calledShowNumber ?? ''}
            readOnly={!canWrite}
            autoComplete="off"
            onChange={(event) => change({ calledShowNumber: event.currentTarget.value })}
          />
        )}
      </Field>
      <div className="call-manner">
        <Field label={t('playTimes')} said={noHints}>
          {(input) => (
            <select
              {...input}
              className="input"
              value={content.playTimes}
              disabled={!canWrite}
              onChange={(event) => change({ playTimes: Number(event.currentTarget.value) })}
            >
              {[1, 2, 3].map((times) => (
                <option key={times} value={times}>
                  {t('times', { count: times })}
                </option>
              ))}
            </select>
          )}
        </Field>
        {(['volume', 'speed'] as const).map((name) => (
          <Field key={name} label={t(name)} said={noHints}>
            {(input) => (
              <div className="scale">
                <input
                  {...input}
                  {...scales[name]}
                  type="range"
                  value={content[name]}
                  disabled={!canWrite}
                  onChange={(event) => change({ [name]: Number(event.currentTarget.value) })}
                />
                <output htmlFor={input.id} className="numbers">
                  {content[name]}
                </output>
              </div>
            )}
          </Field>
        ))}
      </div>
    </>
  )
}
