/** Templates: what is said per channel and scenario, by default or for one App. Every save is a version. */
import { and, eq } from 'drizzle-orm'
import { v7 } from 'uuid'
import { z } from 'zod'
import type { Channel } from '#channels/contract.ts'
import type { ContentProblem } from '#channels/problems.ts'
import { Json, Trimmed } from '#channels/text.ts'
import type { Texts } from '#channels/texts.ts'
import { type ChannelId, isByRules } from '#channels/traits.ts'
import type { Tx } from '#db/database.ts'
import { account, app, type TemplateApproval, template, templateVersion } from '#db/schema/index.ts'
import { need, person } from '../base/access.ts'
import { record } from '../base/audit.ts'
import type { Ctx } from '../base/ctx.ts'
import { DomainError, invalid, notFound } from '../base/errors.ts'
import { problemsFrom } from '../base/problems.ts'
import { getScenario, type Scenario } from '../scenarios/scenarios.ts'
import { exactlyAt, TemplateKey } from './template-key.ts'

export const SaveTemplate = z.strictObject({
  ...TemplateKey.shape,
  content: Json,
  /** The version this edit started from; 0 when none was stored. */
  baseVersion: z.int().min(0),
  fallBack: z.boolean().default(false),
  note: Trimmed(200).optional(),
})

/** A channel that the scenario is sent on by templates. @throws DomainError `invalid_request` */
export function offeredChannel(ctx: Ctx, channelId: ChannelId, scenario: Scenario): Channel {
  const channel = ctx.catalog.channels.find(({ id }) => id === channelId)
  const isOffered = !isByRules(channelId) && scenario.channels.includes(channelId)
  if (!channel || !isOffered) throw invalid({ path: 'channel', code: 'invalid_value' })
  return channel
}

/** Content as its channel understands it, with what is wrong about it. @throws DomainError `invalid_request` on its form */
export function checkContent(
  ctx: Ctx,
  channelId: ChannelId,
  scenario: Scenario,
  content: unknown,
): { content: unknown; problems: ContentProblem[] } {
  return readContent(offeredChannel(ctx, channelId, scenario), scenario, content, undefined)
}

type ForContent = Pick<Scenario, 'kind' | 'variables'>

function readContent(channel: Channel, scenario: ForContent, content: unknown, texts: Texts | undefined) {
  const parsed = channel.content.safeParse(content)
  if (!parsed.success) throw invalid(...problemsFrom(parsed.error, 'content'))
  return { content: parsed.data, problems: channel.check(parsed.data, scenario, texts) }
}

/**
 * Content that may be used as it stands, and what could be better.
 * @param texts what the provider that is to send it says of its texts
 * @throws DomainError `invalid_request` with its errors
 */
export function acceptContent(
  channel: Channel,
  scenario: ForContent,
  given: unknown,
  texts?: Texts,
): { content: unknown; hints: ContentProblem[] } {
  const { content, problems } = readContent(channel, scenario, given, texts)
  const errors = problems.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) {
    throw invalid(...errors.map(({ severity, ...problem }) => ({ ...problem, path: `content.${problem.path}` })))
  }
  return { content, hints: problems.filter(({ severity }) => severity === 'hint') }
}

/** The approval of what a content names, as its provider has just told. */
export type Bound = { approval: TemplateApproval; approvalAt: Date | null }

export const changedMeanwhile = (currentVersion: number) =>
  new DomainError('conflict', 'Somebody else saved this template meanwhile.', {
    reason: 'template_changed',
    currentVersion,
  })

/** Of the provider that is to send a template: its texts, and the approval, which is read in the transaction. */
type Keeper = { texts?: Texts | undefined; boundIn?: (tx: Tx) => Bound | Promise<Bound> }

/**
 * Saves a template as a new version. Where a provider keeps what it names, `boundIn` says how it stands there, as the first
 * question of the transaction.
 * @throws DomainError `invalid_request` with the errors of its content; `conflict` with the stored version when somebody else
 *   saved since `baseVersion`; `unknown_scenario`; `not_found` for an App of nobody's
 */
export async function saveTemplate(
  ctx: Ctx,
  input: z.input<typeof SaveTemplate>,
  { texts, boundIn = () => ({ approval: {}, approvalAt: null }) }: Keeper = {},
): Promise<{ id: string; version: number; hints: ContentProblem[] }> {
  const organizationId = need(ctx, 'templates:write')
  const scenario = await getScenario(ctx, input.scenario)
  const channel = offeredChannel(ctx, input.channel, scenario)
  const { content, hints } = acceptContent(channel, scenario, input.content, texts)
  const variables = channel.variablesIn(content, scenario.variables)
  const author = ctx.actor.kind === 'user' ? person(ctx) : null
  return ctx.db.transaction(async (tx) => {
    const bound = await boundIn(tx)
    const now = ctx.now()
    if (input.appId) {
      const [owner] = await tx
        .select({ id: app.id })
        .from(app)
        .where(and(eq(app.organizationId, organizationId), eq(app.id, input.appId)))
      if (!owner) throw notFound('App')
    }
    const [before] = await tx
      .select({ id: template.id, version: template.version })
      .from(template)
      .where(exactlyAt(organizationId, input))
      .for('update')
    if ((before?.version ?? 0) !== input.baseVersion) throw changedMeanwhile(before?.version ?? 0)
    const id = before?.id ?? v7()
    const version = (before?.version ?? 0) + 1
    const values = {
      content,
      variables,
      version,
      fallBack: input.fallBack ?? false,
      ...bound,
      updatedAt: now,
      updatedBy: author?.name ?? null,
    }
    if (before) {
      await tx.update(template).set(values).where(eq(template.id, id))
    } else {
      const { scenario: key, appId, locale = null, accountId = null } = input
      const added = await tx
        .insert(template)
        .values({ ...values, id, organizationId, channel: channel.id, scenario: key, appId, locale, accountId })
        .onConflictDoNothing()
        .returning({ id: template.id })
      if (added.length === 0) throw changedMeanwhile(1)
    }
    await tx.insert(templateVersion).values({
      templateId: id,
      version,
      content,
      note: input.note ?? null,
      authorId: author?.id ?? null,
      authorName: author?.name ?? null,
      createdAt: now,
    })
    await record(ctx, tx, {
      action: before ? 'changed' : 'added',
      subject: 'template',
      subjectId: id,
      subjectName: scenario.key,
      changes: { ...(await keyInWords(tx, input)), version },
    })
    return { id, version, hints }
  })
}

/** A template's key as the audit trail tells of it: its account by the name that it has now. */
export async function keyInWords(tx: Tx, of: Omit<TemplateKey, 'channel'> & { channel: string }) {
  const { channel, scenario, appId, locale = null, accountId } = of
  const [bound] = accountId
    ? await tx.select({ account: account.name }).from(account).where(eq(account.id, accountId))
    : []
  return { channel, scenario, appId, locale, ...bound }
}
