/** A push rule as it is typed: what it starts from, and what of it is sent. Pure. */
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server'
import type { AppRouter } from '#api/router.ts'
import type { OfficialAccountContent } from '#channels/official-account/content.ts'
import { fieldsOf } from '#channels/official-account/fields.ts'
import type { ContentProblem } from '#channels/problems.ts'
import { compiled, usedBy } from '#channels/render.ts'
import { entryOf } from '#channels/storable.ts'
import { hasFormOf } from '#console/editing/draft.ts'
import { heldBackVariable } from '#domain/push-rules/rule-variables.ts'

type RuleSent = inferRouterOutputs<AppRouter>['pushRules']['get']
/** On the server its date is one; in the browser it is text. */
export type RuleStored = Omit<RuleSent, 'updatedAt'> & { updatedAt: Date | string }
type SaveRule = inferRouterInputs<AppRouter>['pushRules']['save']

export type RuleDraft = Pick<SaveRule, 'name' | 'appId' | 'scenario' | 'accountId'> & {
  /** Its `templateText` may be what a person typed of it, see `templateTextFrom`. */
  content: OfficialAccountContent
  enabled: boolean
  /** Within how many minutes a recipient gets one card at most; as typed. */
  minutes: string
}

export const emptyContent: OfficialAccountContent = {
  templateId: '',
  title: '',
  templateText: '',
  values: {},
  jump: { kind: 'none' },
}

const emptyDraft: RuleDraft = {
  ...{ name: '', appId: '', scenario: '', accountId: '' },
  content: emptyContent,
  enabled: true,
  minutes: '0',
}

/** A new rule of an event, with as much as is known of it. */
export const newDraft = (scenario: string, of: Partial<Pick<RuleDraft, 'appId' | 'accountId'>>): RuleDraft => ({
  ...emptyDraft,
  ...of,
  scenario,
})

export const isDraft = (value: unknown): value is RuleDraft => hasFormOf(emptyDraft, value)

/** Stored content has passed the schema of the channel. */
const contentOf = (rule: RuleStored) => rule.content as OfficialAccountContent

export const draftOf = (rule: RuleStored): RuleDraft => ({
  name: rule.name,
  appId: rule.app.id,
  scenario: rule.scenario,
  accountId: rule.account.id ?? '',
  content: contentOf(rule),
  enabled: rule.enabled,
  minutes: String(rule.dampingSeconds / 60),
})

/** A line that a person may write for a field whose key is all they have: `设备名称：thing1`, or `thing1` alone. */
const shortLine = /^(?:(.*\S)\s*[:：]\s*)?([A-Za-z][A-Za-z0-9_]{0,63})$/

/** The text of a template from what was typed: as WeChat shows it, or only labels and keys. */
export const templateTextFrom = (typed: string): string =>
  typed
    .split(/\r?\n/)
    .map((line) => line.trim())
    .map((line) =>
      line.replace(shortLine, (_, label: string = '', key: string) => `${label && `${label}：`}{{${key}.DATA}}`),
    )
    .join('\n')
    .trim()

/** The content as it is checked, previewed and sent: without values for fields that are not in the template. */
export function contentFrom({ content }: Pick<RuleDraft, 'content'>): OfficialAccountContent {
  const templateText = templateTextFrom(content.templateText)
  const values = fieldsOf(templateText).map(({ key }) => [key, entryOf(content.values, key) ?? ''] as const)
  const filled = values.filter(([, value]) => value !== '')
  return { ...content, templateText, values: Object.fromEntries(filled) }
}

const secondsOf = (minutes: string): number => {
  const text = minutes.trim().replace(',', '.')
  return text === '' ? 0 : Math.round(Number(text) * 60)
}

/** Whether cards are held back without the next one telling how many. */
export function isSilent(draft: Pick<RuleDraft, 'content' | 'minutes'>): boolean {
  const { values } = contentFrom(draft)
  const names = [heldBackVariable]
  const isTold = Object.values(values).some((value) => usedBy(compiled(value, names)).length > 0)
  return secondsOf(draft.minutes) > 0 && Object.keys(values).length > 0 && !isTold
}

const longest = 24 * 60

/** What is still to be chosen or typed, and what no save can take; said once somebody tried to save. */
export function missingIn(draft: RuleDraft): ContentProblem[] {
  const required = (path: string): ContentProblem => ({ path, code: 'required', severity: 'error' })
  const { content, minutes } = draft
  const empty = (['name', 'appId', 'scenario', 'accountId'] as const).filter((path) => !draft[path].trim())
  const ofTemplate = (['templateId', 'title', 'templateText'] as const).filter((path) => !content[path].trim())
  const isNoNumber = Number.isNaN(secondsOf(minutes))
  const isTooLong = secondsOf(minutes) > longest * 60
  return [
    ...empty.map(required),
    ...ofTemplate.map((path) => required(`content.${path}`)),
    ...(isNoNumber
      ? [{ path: 'minutes', code: 'invalid_type', severity: 'error', params: { expected: 'number' } } as const]
      : []),
    ...(secondsOf(minutes) < 0
      ? [{ path: 'minutes', code: 'too_small_number', severity: 'error', params: { minimum: 0 } } as const]
      : []),
    ...(isTooLong
      ? [{ path: 'minutes', code: 'too_big_number', severity: 'error', params: { maximum: longest } } as const]
      : []),
  ]
}

/** The rule as it is saved, over the version that the edit started from. */
export const savedFrom = (draft: RuleDraft, id: string | undefined, baseVersion: number): SaveRule => ({
  ...(id ? { id } : {}),
  baseVersion,
  name: draft.name,
  appId: draft.appId,
  scenario: draft.scenario,
  accountId: draft.accountId,
  content: contentFrom(draft),
  enabled: draft.enabled,
  dampingSeconds: secondsOf(draft.minutes),
})
