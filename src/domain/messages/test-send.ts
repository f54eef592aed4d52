/** Test send: exactly this content, saved or not, to a person's own address through the validated account, at once. */
import { and, eq } from 'drizzle-orm'
import { v7 } from 'uuid'
import { z } from 'zod'
import { app, message, messageEvent, providerReference } from '#db/schema/index.ts'
import { need, person } from '../access.ts'
import type { Sender } from '../accounts/sender.ts'
import { recordProof } from '../approvals.ts'
import { type Channel, ContentError, SendError } from '../channels/contract.ts'
import type { Ctx } from '../ctx.ts'
import { DomainError, invalid, notFound } from '../errors.ts'
import { count } from '../limits.ts'
import { resolveAll } from '../resolution.ts'
import { accountToNameFrom } from '../template-saving.ts'
import { TemplatePlace } from '../templates/place.ts'
import { sampleValues } from '../templates/samples.ts'
import { checkContent, offeredChannel } from '../templates/templates.ts'
import { followUp } from './outcome.ts'

/** How many a person may send in an hour. */
const perHour = { most: 30, seconds: 3600 }

export const TestSend = z.strictObject({
  ...TemplatePlace.shape,
  content: z.unknown(),
  to: z.string().trim().min(1, { error: 'required' }).max(320),
  /** Values for the scenario's variables; the person's sample values where one is missing. */
  values: z.record(z.string().max(40), z.string().max(2000)).default({}),
})

export type TestSendOutcome =
  | { ok: true; messageId: string; account: string; providerMessageId: string; ms: number }
  | (Extract<Sent, { ok: false }> & {
      messageId: string
      account: string
      ms: number
      /** What the provider's code means, a key of `Outcome.*`, where the provider knows its codes better than their words do. */
      cause?: string
    })

/**
 * Sends and tells what the provider answered. The message is in the log, marked as a test; its content is not kept.
 * @throws DomainError `invalid_request` with the errors of the content or the address, `channel_not_configured`,
 *   `rate_limited`, `not_found` for an App of nobody's
 */
export async function testSend(ctx: Ctx, input: z.input<typeof TestSend>): Promise<TestSendOutcome> {
  const organizationId = need(ctx, 'templates:write')
  const [resolution] = await resolveAll(ctx.db, [
    { organizationId, appId: input.appId, channel: input.channel, scenario: input.scenario },
  ])
  if (!resolution?.scenario) throw new DomainError('unknown_scenario', `There is no scenario "${input.scenario}".`)
  const { scenario } = resolution
  const channel = offeredChannel(ctx, input.channel, scenario)
  const to = channel.recipient.safeParse(input.to)
  if (!to.success) throw invalid({ path: 'to', code: 'recipient_invalid' })
  const { content, problems } = checkContent(ctx, input.channel, scenario, input.content)
  const errors = problems.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) {
    throw invalid(
      ...errors.map(({ path, code, params }) => ({ path: `content.${path}`, code, ...(params ? { params } : {}) })),
    )
  }
  if (input.appId) {
    const [owner] = await ctx.db
      .select({ id: app.id })
      .from(app)
      .where(and(eq(app.organizationId, organizationId), eq(app.id, input.appId)))
    if (!owner) throw notFound('App')
  }
  const sender = await accountToNameFrom(ctx, input.channel, input.accountId ?? null)
  await count(ctx, `test-send:${person(ctx).id}`, perHour)

  const values = { ...(await sampleValues(ctx, scenario.key)), ...input.values }
  const composed = composedFor(channel, content, values, scenario.variables, to.data)
  const messageId = v7()
  const startedAt = ctx.now()
  const started = performance.now()
  const outcome = await sender.provider
    .send(sender.config, to.data, composed, { reference: messageId })
    .then(({ providerMessageId }) => ({ ok: true, providerMessageId }) as const)
    .catch((error: unknown) => {
      if (!(error instanceof SendError)) throw error
      return { ok: false, kind: error.kind, about: error.about, code: error.code, detail: error.detail } as const
    })
  const ms = Math.round(performance.now() - started)
  await keepProof(ctx, { accountId: sender.accountId, channel: input.channel, content }, outcome)
  await log(ctx, { ...input, id: messageId, organizationId, to: to.data, sender, startedAt, ms }, outcome)
  const told = { messageId, account: sender.name, ms }
  if (outcome.ok) return { ...outcome, ...told }
  const cause = sender.provider.explain?.(outcome.code)
  return { ...outcome, ...told, ...(cause ? { cause } : {}) }
}

function composedFor(
  channel: Channel,
  content: unknown,
  values: Record<string, string>,
  declared: readonly string[],
  to: string,
): unknown {
  try {
    return channel.compose(content, values, declared, to)
  } catch (error) {
    if (error instanceof ContentError) throw invalid({ path: 'to', code: error.reason })
    throw error
  }
}

/** A send that was taken proves the content; one that was refused for the content's sake disproves it. */
async function keepProof(ctx: Ctx, of: Parameters<typeof recordProof>[1], outcome: Sent): Promise<void> {
  if (outcome.ok) return recordProof(ctx, of)
  if (outcome.about === 'template') await recordProof(ctx, of, outcome)
}

type Sent =
  | { ok: true; providerMessageId: string }
  | { ok: false; kind: SendError['kind']; about: SendError['about']; code: string; detail: string }

async function log(
  ctx: Ctx,
  about: {
    id: string
    organizationId: string
    appId: string | null
    channel: string
    scenario: string
    to: string
    sender: Sender
    startedAt: Date
    ms: number
  },
  outcome: Sent,
): Promise<void> {
  const status = outcome.ok ? 'sent' : outcome.kind === 'unknown' ? 'unknown' : 'failed'
  const told = outcome.ok
    ? { providerMessageId: outcome.providerMessageId }
    : { errorCode: outcome.code, errorDetail: outcome.detail }
  const event = outcome.ok
    ? { providerMessageId: outcome.providerMessageId }
    : { code: outcome.code, detail: outcome.detail }
  const { id, organizationId, appId, channel, scenario, sender, startedAt, ms } = about
  const { accountId } = sender
  const providerMessageId = outcome.ok ? outcome.providerMessageId : undefined
  const { settleAt, references = [] } = status === 'failed' ? {} : followUp(sender, id, ctx.now(), providerMessageId)
  await ctx.db.transaction(async (tx) => {
    await tx.insert(message).values({
      id,
      organizationId,
      appId,
      kind: 'test_send',
      channel,
      scenario,
      recipient: about.to,
      status,
      problem: !outcome.ok,
      accountId,
      variables: {},
      attempt: 1,
      settleAt: settleAt ?? null,
      ...told,
      createdAt: startedAt,
      updatedAt: ctx.now(),
    })
    if (references.length > 0) {
      await tx
        .insert(providerReference)
        .values(references.map((reference) => ({ accountId, reference, messageId: id, createdAt: ctx.now() })))
        .onConflictDoNothing()
    }
    await tx.insert(messageEvent).values([
      { messageId: id, at: startedAt, status: 'accepted', attempt: 0 },
      { messageId: id, at: startedAt, status: 'sending', attempt: 1, accountId },
      { messageId: id, at: ctx.now(), status, attempt: 1, accountId, ms, ...event },
    ])
  })
}
