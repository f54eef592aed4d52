'use client'
/** Source and preview side by side, or as tabs where there is no room for two, with the findings under them. */
import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { type Ref, useCallback, useImperativeHandle, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useDraft } from '#console/editing/draft.ts'
import { type Samples, SampleValues, type Variable } from '#console/editing/samples.tsx'
import { VariableInput } from '#console/editing/variable-input.tsx'
import { type ContentStore, writeField } from './content.ts'
import type { Finding, FindingScenario } from './findings/finding.ts'
import { FindingsPanel, useFindings, useFindingWords, useReading } from './findings/findings-panel.tsx'
import { Preview, TabList } from './preview/preview.tsx'
import type { SourceHandle } from './source/source-editor.tsx'
import './template-editor.css'

const SourceEditor = dynamic(() => import('./source/source-editor.tsx'), { ssr: false })

/** For what stands around the workspace. */
export type EditorHandle = {
  /** Puts the cursor where a finding is. */
  reveal(finding: Finding): void
}

export type WorkspaceProps = {
  content: ContentStore
  scenario: FindingScenario
  variables: readonly Variable[]
  samples: Samples
  from: { name: string; address: string }
  isReadOnly?: boolean
  handle?: Ref<EditorHandle>
}

export function EditorWorkspace(props: WorkspaceProps) {
  const { content, scenario, variables, samples, isReadOnly, handle } = props
  const { values } = samples
  const t = useTranslations('TemplateEditor')
  const [pane, setPane] = useState<'source' | 'preview'>('source')
  const { reading, isCurrent } = useReading({ content, variables: scenario.variables, values })
  const findings = useFindings(content, scenario, reading)
  const sayFinding = useFindingWords()
  const source = useRef<SourceHandle>(null)
  const onCursorMoved = useRef<() => void>(undefined)
  const reveal = useCallback(({ field, place }: Finding) => {
    if (field !== 'html') return document.getElementById(`template-${field}`)?.focus()
    // Drawn at once: an editor that is out of sight takes no cursor.
    flushSync(() => setPane('source'))
    if (place) source.current?.reveal(place.offset, place.length)
    else source.current?.focus()
  }, [])
  useImperativeHandle(handle, () => ({ reveal }), [reveal])
  const line = { content, variables, isReadOnly }
  return (
    <div className="editor" data-pane={pane}>
      <div className="editor-lines">
        <LineField {...line} field="subject" label={t('field_subject')} maxLength={998} />
        <LineField
          {...line}
          field="fromName"
          label={t('field_fromName')}
          placeholder={props.from.name}
          maxLength={200}
        />
      </div>
      <div className="editor-tabs">
        <TabList
          label={t('panes')}
          panelId="editor-panes"
          tabs={[
            { id: 'source', label: t('source') },
            { id: 'preview', label: t('preview') },
          ]}
          chosen={pane}
          onChoose={setPane}
        />
      </div>
      <div id="editor-panes" className="editor-panes">
        <div className="editor-source">
          <SourceEditor
            ref={source}
            content={content}
            variables={variables}
            findings={findings}
            sayFinding={sayFinding}
            label={t('htmlSource')}
            onCursorMoved={() => onCursorMoved.current?.()}
            isReadOnly={isReadOnly}
          />
        </div>
        <Preview
          content={content}
          variables={scenario.variables}
          values={values}
          reading={reading}
          from={props.from}
          onCursorMoved={onCursorMoved}
          isReadOnly={isReadOnly}
          aside={<SampleValues variables={variables} samples={samples} />}
        />
      </div>
      <FindingsPanel
        findings={findings}
        isCurrent={isCurrent}
        size={reading && t('size', { size: (reading.bytes / 1024).toFixed(reading.bytes < 10_240 ? 1 : 0) })}
        sayFinding={sayFinding}
        onReveal={reveal}
      />
    </div>
  )
}

type Props = {
  content: ContentStore
  field: 'subject' | 'fromName'
  label: string
  placeholder?: string
  variables: readonly Variable[]
  maxLength: number
  isReadOnly?: boolean
}

/** A field of the mail that has one line, the subject or the from name, with its label beside it. */
function LineField({ content, field, label, ...input }: Props) {
  const value = useDraft(content, (draft) => draft[field]) ?? ''
  const id = `template-${field}`
  return (
    <div className="line-field">
      <label htmlFor={id}>{label}</label>
      <VariableInput {...input} id={id} value={value} onChange={(text) => writeField(content, field, text)} />
    </div>
  )
}
