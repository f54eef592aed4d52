'use client'
/** Somebody else saved the rule first, or deleted it: what differs, field by field, and the choice between the two. */
import { useLocale, useTranslations } from 'next-intl'
import { fieldsOf } from '#channels/official-account/fields.ts'
import { entryOf } from '#channels/storable.ts'
import { ConflictDialog } from '../editing/conflict-dialog.tsx'
import { scenarioNames } from '../scenario-name.ts'
import { Differences } from '../ui/differences.tsx'
import { contentFrom, type RuleDraft } from './rule-draft.ts'
import type { Rule } from './use-rule.ts'
import type { RuleSaving, SavedRule } from './use-rule-saving.ts'

type Props = { rule: Rule; conflict: NonNullable<RuleSaving['conflict']> }

export function RuleConflict({ rule: { choices, latest, change, saving }, conflict }: Props) {
  const editor = useTranslations('TemplateEditor')
  const linesOf = useLines(choices)
  return (
    <ConflictDialog<RuleDraft, SavedRule>
      conflict={conflict}
      content={{ get: () => latest.current, replace: change }}
      saving={saving}
      compare={(before, after) => {
        const [ours, theirs] = [linesOf(before.content), linesOf(after.content)]
        const names = [...new Set([...Object.keys(ours), ...Object.keys(theirs)])]
        return (
          <div className="compare">
            <div className="compare-head">
              <span>{before.label}</span>
              <span>{after.label}</span>
            </div>
            <Differences
              fields={names.map((name) => ({
                name,
                before: entryOf(ours, name) ?? '',
                after: entryOf(theirs, name) ?? '',
              }))}
              none={editor('noDifference')}
            />
          </div>
        )
      }}
    />
  )
}

/** A rule as lines to compare, each under the label of its field. */
function useLines({ apps, events, accounts }: Rule['choices']): (draft: RuleDraft) => Record<string, string> {
  const t = useTranslations('PushRule')
  const locale = useLocale()
  const eventName = scenarioNames(events, locale)
  const nameOf = (choices: readonly { id: string; name: string }[], id: string) =>
    choices.find((choice) => choice.id === id)?.name ?? id
  return (draft) => {
    const { templateId, title, templateText, values, jump } = contentFrom(draft)
    const ofFields = fieldsOf(templateText).map(({ key, label }) => [`${label} ${key}`, entryOf(values, key) ?? ''])
    return {
      [t('name')]: draft.name,
      [t('app')]: nameOf(apps, draft.appId),
      [t('event')]: eventName(draft.scenario),
      [t('account')]: nameOf(accounts, draft.accountId),
      [t('template')]: title,
      [t('templateId')]: templateId,
      ...Object.fromEntries(ofFields),
      [t('jump')]: t(`jump_${jump.kind}`),
      ...(jump.kind === 'url' ? { [t('url')]: jump.url } : {}),
      ...(jump.kind === 'mini_program' ? { [t('miniProgramAppId')]: jump.appId, [t('pagePath')]: jump.pagePath } : {}),
      [t('damping')]: draft.minutes,
      [t('enabled')]: draft.enabled ? t('yes') : t('no'),
    }
  }
}
