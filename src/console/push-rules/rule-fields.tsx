'use client'
/** The form of a push rule: what it joins, what the card says and where it leads, and when it is sent. */
import { useLocale, useTranslations } from 'next-intl'
import { type ReactNode, useId, useState } from 'react'
import type { OfficialAccountContent } from '#channels/official-account/content.ts'
import { Field, LineField, SelectField, Tick } from '../editing/field.tsx'
import { VariableInput } from '../editing/variable-input.tsx'
import { scenarioName } from '../scenario-name.ts'
import { CardFields } from './card-fields.tsx'
import { isSilent } from './rule-draft.ts'
import type { Rule } from './use-rule.ts'

export function RuleFields({ rule }: { rule: Rule }) {
  return (
    <>
      <Occasion rule={rule} />
      <Card rule={rule} />
      <Sending rule={rule} />
    </>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  const id = useId()
  return (
    <section className="part" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  )
}

/** Of which App's which event it is. */
function Occasion({ rule: { choices, draft, change, problems, canWrite } }: { rule: Rule }) {
  const t = useTranslations('PushRule')
  const locale = useLocale()
  return (
    <Part title={t('occasion')}>
      <LineField
        label={t('name')}
        help={t('nameHelp')}
        problems={problems.at('name')}
        value={draft.name}
        isReadOnly={!canWrite}
        maxLength={60}
        onChange={(name) => change({ name })}
      />
      <div className="form-pair">
        <SelectField
          label={t('app')}
          help={t('appHelp')}
          value={draft.appId}
          options={choices.apps.map(({ id, name }) => ({ value: id, label: name }))}
          problems={problems.at('appId')}
          isReadOnly={!canWrite}
          onChange={(appId) => change({ appId })}
        />
        <SelectField
          label={t('event')}
          help={t('eventHelp')}
          value={draft.scenario}
          options={choices.events.map((event) => ({ value: event.key, label: scenarioName(event, locale) }))}
          goneLabel={draft.scenario}
          problems={problems.at('scenario')}
          isReadOnly={!canWrite}
          onChange={(scenario) => change({ scenario })}
        />
      </div>
    </Part>
  )
}

function Card({ rule }: { rule: Rule }) {
  const { choices, stored, draft, change, problems, canWrite } = rule
  const t = useTranslations('PushRule')
  return (
    <Part title={t('card')}>
      <SelectField
        label={t('account')}
        help={t('accountHelp')}
        value={draft.accountId}
        options={choices.accounts.map(({ id, name, isFailing }) => ({
          value: id,
          label: isFailing ? t('accountFailing', { name }) : name,
        }))}
        goneLabel={stored ? t('accountGone', { name: stored.account.name }) : undefined}
        problems={problems.at('accountId')}
        isReadOnly={!canWrite}
        onChange={(accountId) => change({ accountId })}
      />
      <CardFields rule={rule} />
      <JumpFields rule={rule} />
    </Part>
  )
}

type Jump = OfficialAccountContent['jump']
type Kind = Jump['kind']

const kinds: readonly Kind[] = ['none', 'url', 'mini_program']
const empty: { [K in Kind]: Extract<Jump, { kind: K }> } = {
  none: { kind: 'none' },
  url: { kind: 'url', url: '' },
  mini_program: { kind: 'mini_program', appId: '', pagePath: '' },
}

/** Where a tap on the card leads: nowhere, to a web page, or into a mini program. */
function JumpFields({ rule }: { rule: Rule }) {
  const { draft, changeContent, problems, canWrite } = rule
  const t = useTranslations('PushRule')
  const id = useId()
  const { jump } = draft.content
  const [typed, setTyped] = useState<Partial<Record<Kind, Jump>>>({})
  /** What was typed for another kind comes back with it. */
  const choose = (kind: Kind) => {
    setTyped({ ...typed, [jump.kind]: jump })
    changeContent({ jump: typed[kind] ?? empty[kind] })
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
      {jump.kind === 'url' && (
        <AddressField
          rule={rule}
          name="url"
          value={jump.url}
          placeholder="https://"
          onChange={(url) => changeContent({ jump: { ...jump, url } })}
        />
      )}
      {jump.kind === 'mini_program' && (
        <>
          <LineField
            label={t('miniProgramAppId')}
            help={t('miniProgramAppIdHelp')}
            problems={problems.at('content.jump.appId')}
            isCode
            value={jump.appId}
            isReadOnly={!canWrite}
            maxLength={40}
            onChange={(appId) => changeContent({ jump: { ...jump, appId: appId.trim() } })}
          />
          <AddressField
            rule={rule}
            name="pagePath"
            value={jump.pagePath}
            onChange={(pagePath) => changeContent({ jump: { ...jump, pagePath } })}
          />
        </>
      )}
    </>
  )
}

type AddressProps = {
  rule: Rule
  name: 'url' | 'pagePath'
  value: string
  placeholder?: string
  onChange: (value: string) => void
}

function AddressField({ rule: { problems, variables, canWrite }, name, ...input }: AddressProps) {
  const t = useTranslations('PushRule')
  return (
    <Field label={t(name)} help={t(`${name}Help`)} problems={problems.at(`content.jump.${name}`)}>
      {(field) => (
        <VariableInput
          {...field}
          {...input}
          variables={variables}
          isReadOnly={!canWrite}
          maxLength={1024}
          insertLabel={t('insertInto', { field: t(name) })}
        />
      )}
    </Field>
  )
}

/** How often and whether it is sent. */
function Sending({ rule: { draft, change, problems, canWrite } }: { rule: Rule }) {
  const t = useTranslations('PushRule')
  const ofMinutes = problems.at('minutes')
  const isUntold = isSilent(draft) && !ofMinutes.error
  return (
    <Part title={t('sending')}>
      <LineField
        label={t('damping')}
        help={t('dampingHelp')}
        problems={isUntold ? { hints: [...ofMinutes.hints, t('heldBackUnsaid')] } : ofMinutes}
        inputMode="decimal"
        value={draft.minutes}
        unit={t('minutes')}
        isReadOnly={!canWrite}
        maxLength={8}
        onChange={(minutes) => change({ minutes })}
      />
      <Tick
        label={t('enabled')}
        help={t('enabledHelp')}
        isTicked={draft.enabled}
        isReadOnly={!canWrite}
        onChange={(enabled) => change({ enabled })}
      />
    </Part>
  )
}
