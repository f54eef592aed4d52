'use client'
/** The page of a push rule: the form beside the card, and what is asked in a dialog. */
import { useRouter } from 'next/navigation'
import { useLocale, useTranslations } from 'next-intl'
import { fieldsOf } from '#channels/official-account/fields.ts'
import { entryOf } from '#channels/storable.ts'
import { byLines, type Line } from '../editing/compare.tsx'
import { EditingPage, MoreMenu } from '../editing/editing-page.tsx'
import { FormWithPreview } from '../editing/samples.tsx'
import { rulesPlace } from '../links.ts'
import { scenarioName, scenarioNames } from '../scenario-name.ts'
import { useTRPCClient } from '../trpc/client.tsx'
import { Button } from '../ui/button.tsx'
import { useDynamicWords } from '../ui/dynamic-words.ts'
import { lazyPart } from '../ui/lazy-part.tsx'
import { MenuItem } from '../ui/menu.tsx'
import { Result } from '../ui/result.tsx'
import { useOnceNeeded } from '../ui/use-once-needed.ts'
import { CardPreview } from './card-preview.tsx'
import { DeleteRule } from './list/delete-rule.tsx'
import { contentFrom, type RuleDraft } from './rule-draft.ts'
import { RuleFields } from './rule-fields.tsx'
import { type Rule, type RulePageProps, useRule } from './use-rule.ts'
import './rules.css'

const TestPushDialog = lazyPart(() => import('./list/test-push-dialog.tsx').then((file) => file.TestPushDialog))

export function RulePage(props: RulePageProps) {
  const rule = useRule(props)
  const { editing, variables, samples, problems, canWrite } = rule
  const t = useTranslations('PushRule')
  const rules = useTranslations('PushRules')
  const shell = useTranslations('Shell')
  return (
    <EditingPage
      editing={editing}
      isScrolling
      back={{ href: rulesPlace(), label: shell('channel_official_account') }}
      title={editing.saved?.draft.name ?? t('newTitle')}
      actions={
        canWrite && (
          <>
            <Button onClick={() => editing.open('test-send')}>{rules('testPush')}</Button>
            {editing.saved && (
              <MoreMenu>
                <MenuItem isDanger onClick={() => editing.open('delete')}>
                  {rules('deleteVerb')}
                </MenuItem>
              </MoreMenu>
            )}
          </>
        )
      }
      notices={<Invalid rule={rule} />}
      compare={byLines(useLines(props.choices))}
    >
      <FormWithPreview
        {...{ variables, samples }}
        formRef={problems.fields}
        form={<RuleFields rule={rule} />}
        preview={<CardPreview rule={rule} />}
      />
      <Dialogs rule={rule} />
    </EditingPage>
  )
}

/** Why the rule is not used as it is stored. */
function Invalid({ rule: { editing, stored } }: { rule: Rule }) {
  const t = useTranslations('PushRule')
  const reasons = useDynamicWords('Reason')
  const reason = editing.saved?.version === stored?.version && stored?.invalidReason
  if (!reason) return null
  return (
    <Result
      tone="red"
      title={t('invalid', { reason: reasons(reason) })}
      why={t('invalidWhy')}
      next={reasons.find(`${reason}Hint`)}
    />
  )
}

type Named = readonly { id: string; name: string }[]

const nameOf = (choices: Named, id: string) => choices.find((choice) => choice.id === id)?.name

function Dialogs({ rule }: { rule: Rule }) {
  const { id, choices, editing, draft, event, samples, problems } = rule
  const { store, saved, dialog, close } = editing
  const common = useTranslations('Template')
  const locale = useLocale()
  const router = useRouter()
  const client = useTRPCClient()
  const isTesting = dialog === 'test-send'
  const needsTest = useOnceNeeded(isTesting)
  const push = (to: string) => {
    const typed = store.get()
    const { appId, scenario, accountId } = typed
    const sent = { appId, scenario, accountId, content: contentFrom(typed), values: samples.values, to }
    return client.pushRules.testPush.mutate({ ...(id ? { id } : {}), ...sent })
  }
  return (
    <>
      {needsTest && (
        <TestPushDialog
          account={nameOf(choices.accounts, draft.accountId) ?? ''}
          isOpen={isTesting}
          onClose={close}
          push={push}
          blocked={() => problems.blocked(store.get(), () => common('notSent'))}
          say={problems.say}
        />
      )}
      <DeleteRule
        rule={
          dialog === 'delete' && saved && id
            ? { id, name: saved.draft.name, app: { name: nameOf(choices.apps, saved.draft.appId) ?? '' } }
            : undefined
        }
        event={event ? scenarioName(event, locale) : draft.scenario}
        onClose={close}
        onDeleted={() => {
          editing.kept.forget()
          router.push(rulesPlace())
        }}
      />
    </>
  )
}

/** A rule as lines to compare, each under the label of its field. */
function useLines({ apps, events, accounts }: Rule['choices']): (draft: RuleDraft) => Line[] {
  const t = useTranslations('PushRule')
  const locale = useLocale()
  const eventName = scenarioNames(events, locale)
  return (draft) => {
    const { templateId, title, templateText, values, jump } = contentFrom(draft)
    return [
      { name: t('name'), text: draft.name },
      { name: t('app'), text: nameOf(apps, draft.appId) ?? draft.appId },
      { name: t('event'), text: eventName(draft.scenario) },
      { name: t('account'), text: nameOf(accounts, draft.accountId) ?? draft.accountId },
      { name: t('template'), text: title },
      { name: t('templateId'), text: templateId },
      ...fieldsOf(templateText).map(({ key, label }) => ({
        name: `${label} ${key}`,
        text: entryOf(values, key) ?? '',
      })),
      { name: t('jump'), text: t(`jump_${jump.kind}`) },
      ...(jump.kind === 'url' ? [{ name: t('url'), text: jump.url }] : []),
      ...(jump.kind === 'mini_program'
        ? [
            { name: t('miniProgramAppId'), text: jump.appId },
            { name: t('pagePath'), text: jump.pagePath },
          ]
        : []),
      { name: t('damping'), text: draft.minutes },
      { name: t('enabled'), text: draft.enabled ? t('yes') : t('no') },
    ]
  }
}
