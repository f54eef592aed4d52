/** Test send: exactly this content, saved or not, to a person's own address through the validated account, at once. */
import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { Json, Text, Trimmed } from '#channels/text.ts'
import { app } from '#db/schema/index.ts'
import { need } from '#domain/base/access.ts'
import type { ProblemCode } from '#domain/base/codes.ts'
import type { Ctx } from '#domain/base/ctx.ts'
import { DomainError, invalid, notFound } from '#domain/base/errors.ts'
import { recordProof } from '#domain/templates/approvals.ts'
import { resolveAll } from '#domain/templates/resolution.ts'
import { sampleValues } from '#domain/templates/samples.ts'
import { accountToNameFrom } from '#domain/templates/saving.ts'
import { TemplateKey } from '#domain/templates/template-key.ts'
import { acceptContent, offeredChannel } from '#domain/templates/templates.ts'
import { composeTrial, countTrial, sendTrial, type TrialOutcome } from './trial.ts'

export const TestSend = z.strictObject({
  ...TemplateKey.shape,
  content: Json,
  to: Trimmed(320).min(1, { error: 'required' satisfies ProblemCode }),
  /** Values for the scenario's variables; the person's sample values where one is missing. */
  values: z.record(Text(40), Text(2000)).default({}),
})

/**
 * Sends and tells what the provider answered. The message is in the log, marked as a test; its content is not kept.
 * @throws DomainError `invalid_request` with the errors of the content or the address, `channel_not_configured`,
 *   `rate_limited`, `not_found` for an App of nobody's
 */
export async function testSend(ctx: Ctx, input: z.input<typeof TestSend>): Promise<TrialOutcome> {
  const organizationId = need(ctx, 'templates:write')
  const { appId, scenario: scenarioKey } = input
  const [resolution] = await resolveAll(ctx.db, [
    { organizationId, appId, channel: input.channel, scenario: scenarioKey },
  ])
  if (!resolution?.scenario) throw new DomainError('unknown_scenario', `There is no scenario "${scenarioKey}".`)
  const { scenario } = resolution
  const channel = offeredChannel(ctx, input.channel, scenario)
  const to = channel.recipient.safeParse(input.to)
  if (!to.success) throw invalid({ path: 'to', code: 'recipient_invalid' })
  const isBound = channel.named !== undefined || channel.provenBy !== undefined
  const sender = await accountToNameFrom(ctx, input.channel, isBound ? (input.accountId ?? null) : null)
  const { content } = acceptContent(channel, scenario, input.content, sender.provider.texts)
  if (appId) await needApp(ctx, organizationId, appId)
  await countTrial(ctx)

  const values = { ...(await sampleValues(ctx, scenario.key)), ...input.values }
  const composed = await composeTrial(channel, content, values, scenario.variables, to.data)
  const trial = { organizationId, appId, channel: channel.id, scenario: scenario.key, to: to.data }
  const startedAt = ctx.now()
  const outcome = await sendTrial(ctx, sender, trial, composed)
  await keepProof(ctx, { accountId: sender.accountId, channel: channel.id, content, startedAt }, outcome)
  return outcome
}

/** @throws DomainError `not_found` for an App of nobody's */
export async function needApp(ctx: Ctx, organizationId: string, appId: string): Promise<void> {
  const [owner] = await ctx.db
    .select({ id: app.id })
    .from(app)
    .where(and(eq(app.organizationId, organizationId), eq(app.id, appId)))
  if (!owner) throw notFound('App')
}

/** A send that was taken proves the content; one that was refused for the content's sake disproves it. */
async function keepProof(ctx: Ctx, of: Parameters<typeof recordProof>[1], outcome: TrialOutcome): Promise<void> {
  if (outcome.ok) return recordProof(ctx, of)
  if (outcome.about !== 'account') await recordProof(ctx, of, outcome)
}
