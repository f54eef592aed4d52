/** Test push: exactly this content of a push rule, saved or not, to one follower of its official account, at once. */
import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { Text, Trimmed } from '#channels/text.ts'
import { pushRule } from '#db/schema/index.ts'
import { need } from '#domain/base/access.ts'
import type { ProblemCode } from '#domain/base/codes.ts'
import type { Ctx } from '#domain/base/ctx.ts'
import { invalid, notFound } from '#domain/base/errors.ts'
import { officialSender } from '#domain/push-rules/cards.ts'
import { heldBackVariable } from '#domain/push-rules/rule-variables.ts'
import { eventOf, SavePushRule } from '#domain/push-rules/saving.ts'
import { sampleValues } from '#domain/templates/samples.ts'
import { acceptContent } from '#domain/templates/templates.ts'
import { needApp } from './test-send.ts'
import { composeTrial, countTrial, sendTrial, type TrialOutcome } from './trial.ts'

export const TestPush = z.strictObject({
  ...SavePushRule.pick({ appId: true, scenario: true, accountId: true, content: true }).shape,
  /** The rule it is a version of, where one is saved. */
  id: z.uuid().optional(),
  /** An openid. */
  to: Trimmed(320).min(1, { error: 'required' satisfies ProblemCode }),
  /** Values for the event's variables; the person's sample values where one is missing. */
  values: z.record(Text(40), Text(2000)).default({}),
})

/**
 * Sends and tells what the provider answered. The message is in the log, marked as a test; its content is not kept.
 * @throws DomainError `invalid_request` with the errors of the content or the address, `rate_limited`, `unknown_scenario`,
 *   `not_found` for a rule, an App or an account of nobody's
 */
export async function testPush(ctx: Ctx, input: z.input<typeof TestPush>): Promise<TrialOutcome> {
  const organizationId = need(ctx, 'push-rules:write')
  const { event, channel } = await eventOf(ctx, input.scenario)
  const to = channel.recipient.safeParse(input.to)
  if (!to.success) throw invalid({ path: 'to', code: 'recipient_invalid' })
  const { content } = acceptContent(channel, event, input.content)
  await needApp(ctx, organizationId, input.appId)
  if (input.id) await needRule(ctx, organizationId, input.id)
  const sender = await officialSender(ctx, organizationId, input.accountId)
  await countTrial(ctx)

  const values = { ...(await sampleValues(ctx, event.key)), [heldBackVariable]: '0', ...input.values }
  const composed = await composeTrial(channel, content, values, event.variables, to.data)
  const { appId, id: pushRuleId = null } = input
  const place = { organizationId, appId, channel: channel.id, scenario: event.key, pushRuleId }
  return sendTrial(ctx, sender, { ...place, to: to.data }, composed)
}

async function needRule(ctx: Ctx, organizationId: string, id: string): Promise<void> {
  const [row] = await ctx.db
    .select({ id: pushRule.id })
    .from(pushRule)
    .where(and(eq(pushRule.organizationId, organizationId), eq(pushRule.id, id)))
  if (!row) throw notFound('push rule')
}
