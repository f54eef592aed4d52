'use client'
/** The code and the text that were approved for it, as a person has them from the provider's console, and what fills the text. */
import { templateVariables } from '#channels/mapping.ts'
import type { VoiceContent } from '#channels/voice/content.ts'
import { useDynamicWords } from '#console/ui/dynamic-words.ts'
import { Field } from '../field.tsx'
import { MappingFields } from '../mapping-fields.tsx'
import type { Editing } from '../use-editing.ts'
import { CallFields } from './call-fields.tsx'
import { withText } from './voice-form.ts'

export function VoiceFields({ editing }: { editing: Editing<VoiceContent> }) {
  const { about, edited, canWrite, problems, scenario, variables } = editing
  const words = useDynamicWords('VoiceTemplate', about.account.provider)
  const { content } = edited
  return (
    <>
      <Field label={words('ttsCode')} help={words('ttsCodeHelp')} said={problems.at('ttsCode')}>
        {(input) => (
          <input
            {...input}
            className="input mono"
            value={content.ttsCode}
            placeholder={about.texts.templateId?.begins}
            readOnly={!canWrite}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => edited.change({ ...content, ttsCode: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field label={words('approvedText')} help={words('approvedTextHelp')} said={problems.at('templateText')}>
        {(input) => (
          <textarea
            {...input}
            className="input"
            dir="auto"
            rows={4}
            value={content.templateText}
            readOnly={!canWrite}
            spellCheck={false}
            onChange={(event) => edited.change(withText(content, event.currentTarget.value, scenario.variables))}
          />
        )}
      </Field>
      {content.templateText.trim() && (
        <MappingFields
          names={templateVariables(content.templateText)}
          mapping={content.mapping}
          variables={variables}
          texts={about.texts}
          at={problems.at}
          path="mapping"
          isReadOnly={!canWrite}
          onChange={(mapping) => edited.change({ ...content, mapping })}
        />
      )}
      <CallFields editing={editing} />
    </>
  )
}
