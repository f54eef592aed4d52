'use client'
/** The form of a push rule: what it joins, what the card says and where it leads, and when it is sent. */
import { useLocale, useTranslations } from 'next-intl'
import { type ReactNode, useId } from 'react'
import type { Said } from '../editing/use-problems.ts'
import { scenarioName } from '../scenario-name.ts'
import { Field } from '../templates/provider-text/field.tsx'
import { Tick } from '../templates/provider-text/tick.tsx'
import { JumpFields } from './jump-fields.tsx'
import { isSilent } from './rule-draft.ts'
import { TemplateFields } from './template-fields.tsx'
import type { Rule } from './use-rule.ts'
import { ValueFields } from './value-fields.tsx'

export function RuleFields({ rule }: { rule: Rule }) {
  return (
    <>
      <Occasion rule={rule} />
      <CardFields rule={rule} />
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
      <Field label={t('name')} help={t('nameHelp')} said={problems.at('name')}>
        {(input) => (
          <input
            {...input}
            className="input"
            value={draft.name}
            readOnly={!canWrite}
            maxLength={60}
            autoComplete="off"
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
        )}
      </Field>
      <div className="form-pair">
        <ChoiceSelect
          label={t('app')}
          help={t('appHelp')}
          value={draft.appId}
          options={choices.apps.map(({ id, name }) => ({ value: id, label: name }))}
          said={problems.at('appId')}
          isReadOnly={!canWrite}
          onChoose={(appId) => change({ appId })}
        />
        <ChoiceSelect
          label={t('event')}
          help={t('eventHelp')}
          value={draft.scenario}
          options={choices.events.map((event) => ({ value: event.key, label: scenarioName(event, locale) }))}
          goneLabel={draft.scenario}
          said={problems.at('scenario')}
          isReadOnly={!canWrite}
          onChoose={(scenario) => change({ scenario })}
        />
      </div>
    </Part>
  )
}

function CardFields({ rule }: { rule: Rule }) {
  const { choices, stored, draft, change, problems, canWrite } = rule
  const t = useTranslations('PushRule')
  return (
    <Part title={t('card')}>
      <ChoiceSelect
        label={t('account')}
        help={t('accountHelp')}
        value={draft.accountId}
        options={choices.accounts.map(({ id, name, isFailing }) => ({
          value: id,
          label: isFailing ? t('accountFailing', { name }) : name,
        }))}
        goneLabel={stored ? t('accountGone', { name: stored.account.name }) : undefined}
        said={problems.at('accountId')}
        isReadOnly={!canWrite}
        onChoose={(accountId) => change({ accountId })}
      />
      {/* The list is another account's: what was looked up for one is not shown for the next. */}
      <TemplateFields key={draft.accountId} rule={rule} />
      <ValueFields rule={rule} />
      <JumpFields rule={rule} />
    </Part>
  )
}

/** How often and whether it is sent. */
function Sending({ rule: { draft, change, problems, canWrite } }: { rule: Rule }) {
  const t = useTranslations('PushRule')
  const said = problems.at('minutes')
  const hints = isSilent(draft) && !said.error ? [...said.hints, t('heldBackUnsaid')] : said.hints
  return (
    <Part title={t('sending')}>
      <Field label={t('damping')} help={t('dampingHelp')} said={{ ...said, hints }}>
        {(input) => (
          <div className="minutes">
            <input
              {...input}
              className="input"
              inputMode="decimal"
              value={draft.minutes}
              readOnly={!canWrite}
              maxLength={8}
              autoComplete="off"
              onChange={(event) => change({ minutes: event.currentTarget.value })}
            />
            <span>{t('minutes')}</span>
          </div>
        )}
      </Field>
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

type Props = {
  label: string
  help?: string
  value: string
  options: readonly { value: string; label: string }[]
  /** What stands for a value that is not among the options. */
  goneLabel?: string | undefined
  said: Said
  isReadOnly: boolean
  onChoose: (value: string) => void
}

/** One of a few things that a push rule joins; what is chosen stays in sight even when it is gone. */
function ChoiceSelect({ label, help, value, options, goneLabel, said, isReadOnly, onChoose }: Props) {
  const t = useTranslations('PushRule')
  const isGone = !options.some((option) => option.value === value)
  return (
    <Field label={label} help={help} said={said}>
      {(input) => (
        <select
          {...input}
          className="input"
          value={value}
          disabled={isReadOnly}
          onChange={(event) => onChoose(event.currentTarget.value)}
        >
          {isGone && <option value={value}>{goneLabel ?? t('choose')}</option>}
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
