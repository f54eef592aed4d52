/** Looks for incidents and tells of them, again and again: in every process, so that a worker that is gone is noticed, too. */
import { statfs } from 'node:fs/promises'
import { readSizes } from '#db/statements/watching.ts'
import type { Ctx } from '../base/ctx.ts'
import { heldNow } from '../base/holding.ts'
import { tellIncidents, within } from './telling.ts'
import { type Trouble, watchIncidents } from './watching.ts'

export type Storage = {
  /** What the database may take on disk, in bytes. */
  limit?: number | undefined
  /** Where an own database lives. */
  folder?: string | undefined
}

/** Near a limit is from here on, in percent; and where less than this is free on a disk, in bytes. */
const near = 90
const scarce = 2 ** 31
const looksEveryMs = 60_000

/** Whether the database, or the disk that it is alone on, is nearly full. */
export async function storageTroubles({ db }: Pick<Ctx, 'db'>, { limit, folder }: Storage): Promise<Trouble[]> {
  const percents: number[] = []
  if (limit) {
    const sizes = await readSizes(db, {})
    const bytes = sizes.find(({ table }) => table === '')?.bytes ?? 0
    if (bytes >= (limit * near) / 100) percents.push((bytes / limit) * 100)
  }
  if (folder) {
    const { blocks, bavail, bsize } = await statfs(folder)
    if (bavail * bsize < scarce) percents.push((1 - bavail / blocks) * 100)
  }
  return percents.length > 0 ? [{ kind: 'database_full', details: { percent: Math.floor(Math.max(...percents)) } }] : []
}

/**
 * @param url Signet's own, which notices lead to
 * @param recognise holds a copy of the database, which is to tell nobody; asked until it has answered once
 * @returns `look` looks, and begins to tell unless that is under way; `settled` waits for it, breaking it off after a time
 */
export function attendant(
  ctx: Ctx,
  { url, storage, recognise }: { url: string; storage: Storage; recognise?: (() => Promise<unknown>) | undefined },
) {
  let isRecognised = recognise === undefined
  const cutOff = new AbortController()
  let telling: Promise<void> | undefined
  let troubles: Trouble[] = []
  let lookedAt = Number.NEGATIVE_INFINITY
  const tell = () =>
    tellIncidents(ctx, { url, cutOff: cutOff.signal })
      .catch((error: unknown) => ctx.log.warn({ err: error }, 'people were not told of incidents'))
      .finally(() => {
        telling = undefined
      })
  return {
    async look(): Promise<void> {
      if (cutOff.signal.aborted) return
      if (!isRecognised) await recognise?.()
      isRecognised = true
      if (performance.now() - lookedAt > looksEveryMs) {
        lookedAt = performance.now()
        troubles = await storageTroubles(ctx, storage)
      }
      await watchIncidents(ctx, troubles)
      if (!telling && !(await heldNow(ctx.db))) telling = tell()
    },
    async settled(withinMs: number): Promise<void> {
      await within(telling ?? Promise.resolve(), withinMs)
      cutOff.abort()
      await within(telling ?? Promise.resolve(), 1000)
    },
  }
}
