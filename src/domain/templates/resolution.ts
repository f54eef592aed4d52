/**
 * The one answer to "what would be sent, from which account, and if nothing, why": asked by the HTTP API, the worker, the test
 * send and the coverage matrix alike. One query for any number of questions.
 */

import { everybody } from '#channels/contract.ts'
import type { ChannelId } from '#channels/traits.ts'
import type { RowOf } from '#db/statement.ts'
import {
  answerQuestions,
  answerWithoutTemplate,
  type question as questionColumns,
} from '#db/statements/template-resolution.ts'
import type { TemplateFault } from '../base/codes.ts'
import type { Ctx } from '../base/ctx.ts'
import { DomainError } from '../base/errors.ts'
import { type Scenario, scenarioFrom } from '../scenarios/scenarios.ts'

export type Question = {
  organizationId: string
  appId: string | null
  channel: ChannelId
  scenario: string
  /** The language asked for; absent: the App's. */
  locale?: string | null
  /** Whom it is for, where the channel's templates tell audiences apart. */
  audience?: string
}

export type Resolution = {
  scenario: Scenario | null
  template: {
    id: string
    version: number
    origin: 'app' | 'default'
    locale: string | null
    variables: string[]
    updatedAt: Date
    /** Why it cannot be used, a key of `Reason.*`, with the provider's own reason; null when it can. */
    blocked: { reason: TemplateFault; detail: string } | null
  } | null
  /** The validated account of the channel. */
  account: { id: string; name: string; failing: boolean; changedAt: Date } | null
  app: { name: string; codeLifetimeMinutes: number } | null
  /** As long as it is what the database answers, all of this holds. */
  fingerprint: string
}

type Row = RowOf<typeof answerQuestions.gives>
export type QuestionRow = RowOf<typeof questionColumns>

/** A question as the database takes it. */
export const questionRow = (
  { organizationId, appId, channel, scenario, locale, audience }: Question,
  number: number,
): QuestionRow => ({
  ...{ number, organizationId, appId, channel, scenario },
  ...{ locale: locale ?? null, audience: audience ?? everybody },
})

/**
 * Answers in the order of the questions. Asks nobody's permission: the organization stands in the question. A template is
 * looked for in this order: the App's in the language asked for (`en-GB`, then `en`), the App's in the App's language, the
 * App's base; then the default in the language asked for, and the default's base. Where none is asked for it is the App's.
 */
export async function resolveAll(db: Ctx['db'], questions: Question[]): Promise<Resolution[]> {
  if (questions.length === 0) return []
  const rows = await answerQuestions(db, { question: questions.map(questionRow) })
  return rows.map((row, index) => resolutionFrom(row, questions[index]?.scenario ?? ''))
}

/** The ids of the templates that would be the answers if one that is stored were not there. */
export async function resolvedWithout(
  db: Ctx['db'],
  templateId: string | null,
  questions: Question[],
): Promise<(string | null)[]> {
  const rows = await answerWithoutTemplate(db, { question: questions.map(questionRow), template: templateId })
  return rows.map((row) => row.templateId)
}

function resolutionFrom(row: Row, scenarioKey: string): Resolution {
  const own = row.kind && { kind: row.kind, nameEn: row.nameEn, nameZh: row.nameZh, variables: row.scenarioVariables }
  return {
    scenario: scenarioFrom(scenarioKey, own) ?? null,
    template: row.templateId
      ? {
          id: row.templateId,
          version: row.templateVersion,
          origin: row.templateApp ? 'app' : 'default',
          locale: row.templateLocale,
          variables: row.templateVariables,
          updatedAt: row.templateUpdatedAt,
          // What blocks a template is written by this code only.
          blocked:
            row.templateBlocked === null
              ? null
              : { reason: row.templateBlocked as TemplateFault, detail: row.templateBlockedDetail ?? '' },
        }
      : null,
    account: row.accountId
      ? { id: row.accountId, name: row.accountName, failing: row.accountFailing, changedAt: row.accountUpdatedAt }
      : null,
    app: row.appName === null ? null : { name: row.appName, codeLifetimeMinutes: row.codeLifetimeMinutes },
    fingerprint: row.fingerprint,
  }
}

/** Why nothing can be sent, or null when something can. A message that reaches no provider needs no account. */
export function obstacle({ scenario, template, account }: Resolution, needsAccount = true): DomainError | null {
  if (!scenario) return new DomainError('unknown_scenario', 'There is no such scenario.')
  if (!account && needsAccount)
    return new DomainError('channel_not_configured', 'The channel has no validated account.')
  if (!template)
    return new DomainError(
      'template_not_configured',
      'Neither the App nor the default has a template for this scenario.',
    )
  return template.blocked ? unusable(template.blocked) : null
}

/** A template that is there and cannot be used. `reason` is a key of `Reason.*`, `detail` the provider's own words. */
export const unusable = ({ reason, detail = '' }: { reason: TemplateFault; detail?: string }) =>
  new DomainError('template_not_usable', `The template cannot be used: ${reason}${detail ? ` (${detail})` : ''}.`, {
    reason,
  })
