'use client'
/** Where a tap on the card leads: nowhere, to a web page, or into a mini program. */
import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import type { OfficialAccountContent } from '#channels/official-account/content.ts'
import { VariableInput } from '../editing/variable-input.tsx'
import { Field } from '../templates/provider-text/field.tsx'
import type { Rule } from './use-rule.ts'

type Jump = OfficialAccountContent['jump']
type Kind = Jump['kind']

const kinds: readonly Kind[] = ['none', 'url', 'mini_program']
const empty: { [K in Kind]: Extract<Jump, { kind: K }> } = {
  none: { kind: 'none' },
  url: { kind: 'url', url: '' },
  mini_program: { kind: 'mini_program', appId: '', pagePath: '' },
}

export function JumpFields({ rule }: { rule: Rule }) {
  const { draft, change, canWrite } = rule
  const t = useTranslations('PushRule')
  const id = useId()
  const { jump } = draft.content
  const [typed, setTyped] = useState<Partial<Record<Kind, Jump>>>({})
  const put = (next: Jump) => change({ content: { ...draft.content, jump: next } })
  /** What was typed for another kind comes back with it. */
  const choose = (kind: Kind) => {
    setTyped({ ...typed, [jump.kind]: jump })
    put(typed[kind] ?? empty[kind])
  }
  return (
    <>
      <fieldset className="jump">
        <legend className="label">{t('jump')}</legend>
        {kinds.map((kind) => (
          <label key={kind}>
            <input
              type="radio"
              name={id}
              checked={jump.kind === kind}
              disabled={!canWrite}
              onChange={() => choose(kind)}
            />
            {t(`jump_${kind}`)}
          </label>
        ))}
      </fieldset>
      {jump.kind === 'url' && <Address rule={rule} jump={jump} onChange={put} />}
      {jump.kind === 'mini_program' && <MiniProgram rule={rule} jump={jump} onChange={put} />}
    </>
  )
}

type Props<K extends Kind> = { rule: Rule; jump: Extract<Jump, { kind: K }>; onChange: (jump: Jump) => void }

function Address({ rule, jump, onChange }: Props<'url'>) {
  const t = useTranslations('PushRule')
  return (
    <Field label={t('url')} help={t('urlHelp')} said={rule.problems.at('content.jump.url')}>
      {(input) => (
        <VariableInput
          {...input}
          value={jump.url}
          variables={rule.variables}
          isReadOnly={!rule.canWrite}
          placeholder="https://"
          maxLength={1024}
          insertLabel={t('insertInto', { field: t('url') })}
          onChange={(url) => onChange({ ...jump, url })}
        />
      )}
    </Field>
  )
}

function MiniProgram({ rule, jump, onChange }: Props<'mini_program'>) {
  const t = useTranslations('PushRule')
  return (
    <>
      <Field
        label={t('miniProgramAppId')}
        help={t('miniProgramAppIdHelp')}
        said={rule.problems.at('content.jump.appId')}
      >
        {(input) => (
          <input
            {...input}
            className="input mono"
            value={jump.appId}
            readOnly={!rule.canWrite}
            maxLength={40}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => onChange({ ...jump, appId: event.currentTarget.value.trim() })}
          />
        )}
      </Field>
      <Field label={t('pagePath')} help={t('pagePathHelp')} said={rule.problems.at('content.jump.pagePath')}>
        {(input) => (
          <VariableInput
            {...input}
            value={jump.pagePath}
            variables={rule.variables}
            isReadOnly={!rule.canWrite}
            maxLength={1024}
            insertLabel={t('insertInto', { field: t('pagePath') })}
            onChange={(pagePath) => onChange({ ...jump, pagePath })}
          />
        )}
      </Field>
    </>
  )
}
