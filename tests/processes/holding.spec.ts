/** A restored copy of a database sends nothing until a person says so. */
import { once } from 'node:events'
import { test } from '@playwright/test'
import { eq } from 'drizzle-orm'
import { v1 } from '#api/v1/app.ts'
import { auditEvent, message } from '#db/schema/index.ts'
import { heldNow, holdIfCopied, release } from '#domain/base/holding.ts'
import { emptyDatabase, freshDatabase, type TestDatabase } from '../support/database.ts'
import { dumpOf, openLanded } from '../support/landed.ts'
import { expect } from '../support/make.ts'
import { end, sandboxSettings, start, untilReady } from '../support/running-signet.ts'
import { type Simulator, startSimulator } from '../support/simulator.ts'

let simulator: Simulator
test.beforeAll(async () => {
  simulator = await startSimulator()
})
test.afterAll(() => simulator.stop())

/** As an installation has them that is no sandbox. */
const settingsOf = (database: TestDatabase) => ({
  ...sandboxSettings({ database, simulator, port: 3999, data: '' }),
  ...{ SIGNET_SANDBOX: 'off', HOST: '127.0.0.1' },
})

async function run(script: string, settings: Record<string, string>): Promise<string> {
  const { child, output } = start(script, settings)
  const [code] = await once(child, 'exit')
  expect(code, output()).toBe(0)
  return output()
}

test('a copy is held until an owner or admin releases it, and what it was made of goes on', async () => {
  const first = await emptyDatabase(dumpOf('0004'))
  await run('scripts/prepare.ts', settingsOf(first))
  const before = await openLanded(settingsOf(first), simulator)
  const worker = start('src/worker.ts', settingsOf(first))
  await untilReady('worker', worker)
  expect(await before.accept('first@example.com')).toBe(202)
  await expect.poll(() => simulator.count('first@example.com')).toBe(1)
  await end(worker)
  const again = start('src/worker.ts', settingsOf(first))
  await untilReady('worker', again)
  expect(await heldNow(before.parts.db)).toBeNull()
  await end(again)
  await before.parts.close()

  const copy = await freshDatabase(new URL(first.url).pathname.slice(1))
  const { parts, as, accept } = await openLanded(settingsOf(copy), simulator)
  const held = start('src/worker.ts', settingsOf(copy))
  await untilReady('worker', held)
  await expect.poll(held.output).toContain('sending is held')
  expect(await accept('copy@example.com')).toBe(202)
  expect(await (await v1(parts).request('/api/health')).json()).toMatchObject({ status: 'ok', held: true })
  expect(await heldNow(parts.db)).toMatchObject({ why: 'copied' })
  await expect(release(as('author'))).rejects.toMatchObject({ code: 'forbidden' })
  // The worker has looked for jobs several times by now.
  await new Promise((resolve) => setTimeout(resolve, 3000))
  const stored = () => parts.db.select().from(message).where(eq(message.recipient, 'copy@example.com'))
  expect(await stored()).toMatchObject([{ status: 'queued', attempt: 0 }])
  await release(as('owner'))
  await expect.poll(() => simulator.count('copy@example.com')).toBe(1)
  expect(await parts.db.$count(auditEvent, eq(auditEvent.action, 'released'))).toBe(1)
  expect(await heldNow(parts.db)).toBeNull()
  await end(held)
  await parts.close()
  await Promise.all([first.drop(), copy.drop()])
})

test('a data folder that was copied is recognised, and held once: what was released stays so', async () => {
  const database = await emptyDatabase(dumpOf('0004'))
  await run('scripts/prepare.ts', settingsOf(database))
  const { parts, as } = await openLanded(settingsOf(database), simulator)
  const ctx = as('owner')
  expect(await holdIfCopied(ctx, '17')).toBeNull()
  expect(await holdIfCopied(ctx, '17')).toBeNull()
  const looks = await Promise.all(Array.from({ length: 8 }, () => holdIfCopied(ctx, '18')))
  expect(looks.map((hold) => hold?.why)).toEqual(Array(8).fill('copied'))
  await release(ctx)
  await release(ctx)
  expect(await holdIfCopied(ctx, '18')).toBeNull()
  await parts.close()
  await database.drop()
})

test('sending is held on request, also in a database of an earlier version', async () => {
  const database = await emptyDatabase(dumpOf('0001'))
  expect(await run('scripts/hold.ts', settingsOf(database))).toContain('Sending is held.')
  const { parts, as } = await openLanded(settingsOf(database), simulator)
  expect(await heldNow(parts.db)).toMatchObject({ why: 'asked' })
  expect(await holdIfCopied(as('owner'), '17')).toMatchObject({ why: 'asked' })
  await parts.close()
  await database.drop()
})
