/**
 * The log as it leaves for a file: the rows of the list, masked as they are there, newest first, a batch at a time. Promises that
 * sending does not suffer: no transaction and no connection is held between batches, one batch is read at a time in a process,
 * and nine tenths of the time are left to others.
 */
import { setTimeout } from 'node:timers/promises'
import { and, eq } from 'drizzle-orm'
import { app } from '#db/schema/index.ts'
import { need } from '#domain/base/access.ts'
import { record } from '#domain/base/audit.ts'
import type { Ctx } from '#domain/base/ctx.ts'
import { notFound } from '#domain/base/errors.ts'
import { count } from '#domain/base/limits.ts'
import { reading } from '#domain/base/reading.ts'
import { listMessages, type MessageFilter, type MessageRow } from './log.ts'
import { maskRecipient } from './masks.ts'

/** Of more rows the newest leave. */
export const exportLimit = 100_000
const batchSize = 500
const perOrganization = { most: 10, seconds: 600 }
const pauses = 9

/** `isCut` says of the last batch that more rows match. */
export type ExportBatch = { rows: MessageRow[]; isCut: boolean }

/**
 * Begins an export, which is audited.
 * @param most how many rows leave at most, whole batches
 * @throws DomainError `rate_limited` for more than ten in ten minutes; `not_found` for an App of others
 */
export async function exportMessages(
  ctx: Ctx,
  filter: MessageFilter,
  most = exportLimit,
): Promise<AsyncGenerator<ExportBatch>> {
  const organizationId = need(ctx, 'messages:read')
  await count(ctx, `export:${organizationId}`, perOrganization)
  const { appId, recipient, ...others } = filter
  const [named] = appId
    ? await ctx.db
        .select({ id: app.id })
        .from(app)
        .where(and(eq(app.id, appId), eq(app.organizationId, organizationId)))
    : []
  if (appId && !named) throw notFound('App')
  await record(ctx, ctx.db, {
    action: 'exported',
    subject: 'message',
    changes: { ...others, ...(appId ? { appId } : {}), ...(recipient ? { recipient: maskRecipient(recipient) } : {}) },
  })
  return batches(ctx, filter, most)
}

async function* batches(ctx: Ctx, filter: MessageFilter, most: number): AsyncGenerator<ExportBatch> {
  let cursor: string | undefined
  for (let left = most; left > 0; left -= batchSize) {
    const { rows, older } = await inTurn(() =>
      reading(ctx, (there) => listMessages(there, { ...filter, cursor, size: batchSize })),
    )
    yield { rows, isCut: older !== null && left <= batchSize }
    if (!older) return
    cursor = older
  }
}

let lastTurn: Promise<unknown> = Promise.resolve()

/** Reads once those before have read and paused. A reader has its answer at once; the pause is for who comes after. */
function inTurn<Answer>(read: () => Promise<Answer>): Promise<Answer> {
  let ms = 0
  const answer = lastTurn.then(async () => {
    const began = performance.now()
    return read().finally(() => {
      ms = performance.now() - began
    })
  })
  const pause = () => setTimeout(pauses * ms)
  lastTurn = answer.then(pause, pause)
  return answer
}
