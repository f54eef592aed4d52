/** Counting before doing, alike for every process. */
import { eq } from 'drizzle-orm'
import { v7 } from 'uuid'
import { limitCount } from '#db/schema/index.ts'
import { forgetOld } from '#domain/base/forgetting.ts'
import { count, uncount } from '#domain/base/limits.ts'
import { expect, type Stage, test } from '../support/make.ts'

const limit = { most: 5, seconds: 60 }

/** Moves the clock to the first moment of a window. */
function toWindowStart(stage: Stage) {
  stage.clock.forward({ ms: 60_000 - (stage.clock.now().getTime() % 60_000) })
}

test('exactly as many tries pass as the limit says, also when they arrive at once', async ({ stage }) => {
  const key = v7()
  const tries = await Promise.allSettled(Array.from({ length: 40 }, () => count(stage.lent, key, limit)))
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(5)
  for (const refused of tries.filter(({ status }) => status === 'rejected')) {
    expect(refused).toMatchObject({ reason: { code: 'rate_limited' } })
  }
})

test('the refusal says when the window ends, and then tries pass again', async ({ stage }) => {
  const key = v7()
  toWindowStart(stage)
  stage.clock.forward({ seconds: 20 })
  for (let n = 0; n < 5; n++) await count(stage.lent, key, limit)
  await expect(count(stage.lent, key, limit)).rejects.toMatchObject({ data: { retryAfter: 40 } })
  stage.clock.forward({ seconds: 40, ms: -1 })
  await expect(count(stage.lent, key, limit)).rejects.toMatchObject({ data: { retryAfter: 1 } })
  stage.clock.forward({ ms: 1 })
  await count(stage.lent, key, limit)
})

test('keys do not count for each other', async ({ stage }) => {
  const [one, two] = [v7(), v7()]
  for (let n = 0; n < 5; n++) await count(stage.lent, one, limit)
  await expect(count(stage.lent, one, limit)).rejects.toMatchObject({ code: 'rate_limited' })
  await count(stage.lent, two, limit)
})

test('a try that went well is taken back', async ({ stage }) => {
  const key = v7()
  for (let n = 0; n < 20; n++) {
    await count(stage.lent, key, limit)
    await uncount(stage.lent, key, limit)
  }
  await uncount(stage.lent, key, limit)
  for (let n = 0; n < 5; n++) await count(stage.lent, key, limit)
  await expect(count(stage.lent, key, limit)).rejects.toMatchObject({ code: 'rate_limited' })
})

test('counters are dropped once they are two days old and not before', async ({ stage }) => {
  const [old, recent] = [v7(), v7()]
  await count(stage.lent, old, limit)
  stage.clock.forward({ days: 1 })
  await count(stage.lent, recent, limit)
  stage.clock.forward({ days: 1, minutes: 2 })
  await forgetOld(stage.lent)
  const kept = (key: string) => stage.db.select().from(limitCount).where(eq(limitCount.key, key))
  expect(await kept(old)).toHaveLength(0)
  expect(await kept(recent)).toHaveLength(1)
})
