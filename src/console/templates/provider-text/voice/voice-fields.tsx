'use client'
/** The code and the text that were approved, as a person has them from the provider's console, what fills the text, and how the call is made. */
import { useTranslations } from 'next-intl'
import { templateVariables } from '#channels/mapping.ts'
import type { VoiceContent } from '#channels/voice/content.ts'
import { Field, LineField, SelectField } from '#console/editing/field.tsx'
import { useDynamicWords } from '#console/ui/dynamic-words.ts'
import { guessMapping } from '../guess-mapping.ts'
import { MappingFields } from '../mapping.tsx'
import type { ProviderText } from '../provider-text.tsx'

/** The content with another text. A variable that is new in it gets a guess; what was mapped before is kept, in case it comes back. */
function withText(content: VoiceContent, templateText: string, declared: readonly string[]): VoiceContent {
  const before = templateVariables(content.templateText)
  const names = templateVariables(templateText)
  const guessed = Object.entries(guessMapping(names, declared, content.mapping))
  const fresh = guessed.filter(([name]) => !before.includes(name))
  return { ...content, templateText, mapping: { ...content.mapping, ...Object.fromEntries(fresh) } }
}

export function VoiceFields({ text }: { text: ProviderText<VoiceContent> }) {
  const { opened, content, change, canWrite, problems, variables } = text
  const { account, texts, scenario } = opened
  const words = useDynamicWords('VoiceTemplate', account.provider)
  return (
    <>
      <LineField
        label={words('ttsCode')}
        help={words('ttsCodeHelp')}
        problems={problems.at('ttsCode')}
        isCode
        value={content.ttsCode}
        placeholder={texts.templateId?.begins}
        isReadOnly={!canWrite}
        onChange={(ttsCode) => change({ ...content, ttsCode })}
      />
      <Field label={words('approvedText')} help={words('approvedTextHelp')} problems={problems.at('templateText')}>
        {(input) => (
          <textarea
            {...input}
            className="input"
            dir="auto"
            rows={4}
            value={content.templateText}
            readOnly={!canWrite}
            spellCheck={false}
            onChange={(event) => change(withText(content, event.currentTarget.value, scenario.variables))}
          />
        )}
      </Field>
      {content.templateText.trim() && (
        <MappingFields
          names={templateVariables(content.templateText)}
          mapping={content.mapping}
          variables={variables}
          texts={texts}
          at={problems.at}
          path="mapping"
          isReadOnly={!canWrite}
          onChange={(mapping) => change({ ...content, mapping })}
        />
      )}
      <CallFields text={text} />
    </>
  )
}

/** The scales of `VoiceContent`. */
const scales = { volume: { min: 0, max: 100, step: 1 }, speed: { min: -500, max: 500, step: 10 } } as const

/** From which number, how often the text is said, how loud and how fast. */
function CallFields({ text }: { text: ProviderText<VoiceContent> }) {
  const { opened, content, change, canWrite, problems } = text
  const t = useTranslations('VoiceTemplate')
  const words = useDynamicWords('VoiceTemplate', opened.account.provider)
  return (
    <>
      <LineField
        label={t('callingNumber')}
        help={words('callingNumberHelp')}
        problems={problems.at('calledShowNumber')}
        inputMode="tel"
        value={content.calledShowNumber ?? ''}
        isReadOnly={!canWrite}
        onChange={(calledShowNumber) => change({ ...content, calledShowNumber })}
      />
      <div className="call-manner">
        <SelectField
          label={t('playTimes')}
          value={String(content.playTimes)}
          options={[1, 2, 3].map((times) => ({ value: String(times), label: t('times', { count: times }) }))}
          isReadOnly={!canWrite}
          onChange={(times) => change({ ...content, playTimes: Number(times) })}
        />
        {(['volume', 'speed'] as const).map((name) => (
          <Field key={name} label={t(name)}>
            {(input) => (
              <div className="scale">
                <input
                  {...input}
                  {...scales[name]}
                  type="range"
                  value={content[name]}
                  disabled={!canWrite}
                  onChange={(event) => change({ ...content, [name]: Number(event.currentTarget.value) })}
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
