/**
 * The signatures and templates of an account, in our words. Tencent Cloud keeps those for the mainland and those for elsewhere
 * apart, and lists them by separate questions.
 */
import type { ProviderTemplate, ReviewState, Signature } from '#channels/answers.ts'
import { templateVariables } from '#channels/mapping.ts'
import { entryOf } from '#channels/storable.ts'
import { type Fields, onceEach, textOf } from '../reading.ts'
import type { Ask } from './account.ts'
import { listIn } from './tencent.ts'

/** Of `StatusCode`. What is approved and not in effect yet cannot be sent with, as what is in review. */
const reviewStates: Record<string, ReviewState> = {
  '0': 'approved',
  '1': 'in_review',
  '2': 'in_review',
  '-1': 'rejected',
}
const stateOf = (code: unknown): ReviewState => entryOf(reviewStates, textOf(code)) ?? 'unknown'

const largestPage = 100
const mostPages = 100

/** Of `International` in a question: the audience that it is about. */
const audiences = [
  ['mainland', 0],
  ['international', 1],
] as const
type Audience = (typeof audiences)[number][0]

/** All items of a list, a page after the other. There is no total: a page that is not full is the last. */
async function readPages(ask: Ask, action: string, field: string, international: number): Promise<Fields[]> {
  const items: Fields[] = []
  for (let page = 0; page < mostPages; page++) {
    const params = { International: international, Limit: largestPage, Offset: page * largestPage }
    const read = listIn(await ask(action, params), field)
    items.push(...read)
    if (read.length < largestPage) break
  }
  return items
}

const reasonOf = (item: Fields, state: ReviewState): string =>
  state === 'approved' ? '' : textOf(item.ReviewReply).trim().slice(0, 300)

export async function readSignatures(ask: Ask): Promise<Signature[]> {
  const signatures: Signature[] = []
  for (const [audience, international] of audiences) {
    const items = await readPages(ask, 'DescribeSmsSignList', 'DescribeSignListStatusSet', international)
    const read = items.map((item): Signature => {
      const state = stateOf(item.StatusCode)
      return { name: textOf(item.SignName), state, reason: reasonOf(item, state), carriers: [], audiences: [audience] }
    })
    signatures.push(...onceEach(read, ({ name }) => name))
  }
  return signatures
}

/** The service writes `{1}`, Signet `${1}`. */
export const numbered = (text: string): string => text.replace(/\{([1-9]\d?)\}/g, '${$1}')

/** Of `International` in an answer: 3 is approved for both. */
const audiencesOf = (item: Fields, audience: Audience): readonly Audience[] =>
  textOf(item.International) === '3' ? ['mainland', 'international'] : [audience]

export async function readTemplates(ask: Ask): Promise<ProviderTemplate[]> {
  const templates: ProviderTemplate[] = []
  for (const [audience, international] of audiences) {
    const items = await readPages(ask, 'DescribeSmsTemplateList', 'DescribeTemplateStatusSet', international)
    templates.push(
      ...items.map((item): ProviderTemplate => {
        const [state, text, to] = [
          stateOf(item.StatusCode),
          numbered(textOf(item.TemplateContent)),
          audiencesOf(item, audience),
        ]
        return {
          ...{ code: textOf(item.TemplateId), name: textOf(item.TemplateName), text, state, audiences: to },
          reason: reasonOf(item, state),
          // Which kind a template is of is not told.
          type: to.includes('mainland') ? 'other' : 'international',
          variables: templateVariables(text).map((name) => ({ name })),
        }
      }),
    )
  }
  return onceEach(templates, ({ code }) => code)
}
