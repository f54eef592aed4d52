/** What an App's owners decide about the guard, and what they are shown of it. */
import { and, desc, eq, gte } from 'drizzle-orm'
import { z } from 'zod'
import { type ChannelId, channelsFor } from '#channels/traits.ts'
import { app, codeDecision, guardModes } from '#db/schema/index.ts'
import { may, need } from '../base/access.ts'
import { record } from '../base/audit.ts'
import type { Ctx } from '../base/ctx.ts'
import { notFound } from '../base/errors.ts'
import { sentInDay } from './guard.ts'

/** The channels that codes go out on. */
const codeChannels = channelsFor('verification') as [ChannelId, ...ChannelId[]]

/** What is not named stays: of two people at once each changes what they meant to. */
export const ChangeGuard = z.strictObject({
  appId: z.uuid(),
  guardMode: z.enum(guardModes).optional(),
  codesPerDay: z.partialRecord(z.enum(codeChannels), z.int().min(1).max(10_000_000)).default({}),
  /** Channels that are to send as many as there are. */
  unlimited: z.array(z.enum(codeChannels)).max(codeChannels.length).default([]),
  /** By channel: whether it sends no codes. */
  stops: z.partialRecord(z.enum(codeChannels), z.boolean()).default({}),
})

const columns = { guardMode: app.guardMode, codesPerDay: app.codesPerDay, stoppedChannels: app.stoppedChannels }

/** @throws DomainError `not_found` */
export async function changeGuard(ctx: Ctx, input: z.infer<typeof ChangeGuard>): Promise<void> {
  const organizationId = need(ctx, 'apps:write')
  const { appId } = input
  await ctx.db.transaction(async (tx) => {
    const [before] = await tx
      .select({ ...columns, name: app.name })
      .from(app)
      .where(and(eq(app.organizationId, organizationId), eq(app.id, appId)))
      .for('update')
    if (!before) throw notFound('App')
    const limits = Object.entries({ ...before.codesPerDay, ...input.codesPerDay })
    const isLimited = (channel: string) => !input.unlimited.some((each) => each === channel)
    const isStopped = (channel: ChannelId) => input.stops[channel] ?? before.stoppedChannels.includes(channel)
    const after = {
      guardMode: input.guardMode ?? before.guardMode,
      codesPerDay: Object.fromEntries(limits.filter(([channel]) => isLimited(channel))),
      stoppedChannels: codeChannels.filter(isStopped),
    }
    await tx.update(app).set(after).where(eq(app.id, appId))
    const isLimitOther = codeChannels.some((channel) => after.codesPerDay[channel] !== before.codesPerDay[channel])
    const fields = [
      ...(after.guardMode === before.guardMode ? [] : ['guardMode']),
      ...(isLimitOther ? ['codesPerDay'] : []),
    ]
    const stopped = after.stoppedChannels.filter((channel) => !before.stoppedChannels.includes(channel))
    const released = before.stoppedChannels.filter((channel) => !isStopped(channel as ChannelId))
    await record(ctx, tx, {
      action: 'changed',
      subject: 'app',
      subjectId: appId,
      subjectName: before.name,
      changes: { fields, ...(stopped.length > 0 ? { stopped } : {}), ...(released.length > 0 ? { released } : {}) },
    })
  })
}

const shownDays = 7
const mostShown = 50

/** A prefix or an address as those see it who may see no whole recipient: with the log beside it, it would give one away. */
const masked = ({ cause, value }: Pick<typeof codeDecision.$inferSelect, 'cause' | 'value'>): string => {
  if (cause === 'number_prefix') return value.replace(/ (\d*?)\d{0,4}$/, ' $1••••')
  if (cause === 'client_ip') return value.replace(/^([^.:]*([.:])[^.:]*).*$/, '$1$2•••')
  return value
}

/**
 * What is set, how many codes went out in the last day, and what the guard decided in the last seven days, the last first.
 * @throws DomainError `not_found`
 */
export async function guardOf(ctx: Ctx, appId: string) {
  const organizationId = need(ctx, 'apps:read')
  const [settings] = await ctx.db
    .select(columns)
    .from(app)
    .where(and(eq(app.organizationId, organizationId), eq(app.id, appId)))
  if (!settings) throw notFound('App')
  const since = new Date(ctx.now().getTime() - shownDays * 86_400_000)
  const decisions = await ctx.db
    .select()
    .from(codeDecision)
    .where(and(eq(codeDecision.appId, appId), gte(codeDecision.hour, since)))
    .orderBy(desc(codeDecision.hour), desc(codeDecision.codes))
    .limit(mostShown + 1)
  const isWhole = may(ctx, 'recipients:read')
  return {
    guardMode: settings.guardMode,
    channels: await Promise.all(
      codeChannels.map(async (channel) => ({
        channel,
        perDay: settings.codesPerDay[channel] ?? null,
        isStopped: settings.stoppedChannels.includes(channel),
        sentInDay: await sentInDay(ctx, ctx.db, appId, channel),
      })),
    ),
    /** Whether there are older ones. */
    isCut: decisions.length > mostShown,
    decisions: decisions.slice(0, mostShown).map(({ appId: _, ...one }, number) => ({
      ...one,
      number,
      channel: one.channel as ChannelId,
      value: isWhole ? one.value : masked(one),
    })),
  }
}
