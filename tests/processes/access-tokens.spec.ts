/** The access token of an official account between processes that really are some: one for all, whatever becomes of it. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { accessToken } from '#db/schema/index.ts'
import { environmentWith } from '../support/environment.ts'
import { expect, masterKey, test as onStage } from '../support/make.ts'
import type { Order } from '../support/sending-process.ts'
import { alarmValues, seeded } from '../support/wechat-client.ts'
import { startWechat, type WechatService } from '../support/wechat-service.ts'

const program = fileURLToPath(new URL('../support/sending-process.ts', import.meta.url))

type Three = { service: WechatService; processes: ChildProcess[] }

const test = onStage.extend<{ three: Three }>({
  three: async ({ stage }, use) => {
    const service = await startWechat()
    await stage.db.delete(accessToken)
    const env = environmentWith({
      ...{ NODE_ENV: 'production', LOG_LEVEL: 'error', SIGNET_URL: 'http://localhost:3000' },
      ...{ DATABASE_URL: stage.url, SIGNET_MASTER_KEY: masterKey(7), SIGNET_WECHAT_ENDPOINT: service.endpoint },
    })
    const processes = [1, 2, 3].map(() => fork(program, { env, execArgv: [] }))
    await Promise.all(processes.map((child) => once(child, 'message')))
    await use({ service, processes })
    for (const child of processes) {
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
    }
    await service.close()
  },
})

const { id: templateId, title } = seeded('设备告警通知')
const card: Order['card'] = { templateId, data: alarmValues, card: { title, lines: [], jump: 'none' } }

/** Cards sent at the same time, so many by each process. */
async function send({ service, processes }: Three, counts: readonly number[]) {
  const { appId, appSecret, openids } = service
  const [to = ''] = openids.following
  const answers = processes.map(async (child, at) => {
    const answered = once(child, 'message')
    child.send({ config: { appId, appSecret }, to, card, count: counts[at] ?? 0 } satisfies Order)
    return (await answered)[0] as { sent: number; refused: string }
  })
  return Promise.all(answers)
}

test('a hundred cards sent at once by three processes whose token has ended make one refresh', async ({ three }) => {
  const { service, processes } = three
  expect(new Set([process.pid, ...processes.map(({ pid }) => pid)]).size).toBe(4)
  const fetched = async () => (await service.calls()).stable_token ?? 0
  const tried = async () => (await service.calls())['message/template/send'] ?? 0
  // Each process has the token at hand before it ends.
  expect((await send(three, [1, 1, 1])).map(({ sent }) => sent)).toEqual([1, 1, 1])
  expect(await fetched()).toBe(1)
  service.advance(7_201_000)
  const answers = await send(three, [34, 33, 33])
  expect(answers.map(({ sent }) => sent)).toEqual([34, 33, 33])
  expect(await fetched()).toBe(2)
  // Some of them met the old one, so that there was something to repeat; none was repeated twice.
  expect(await tried()).toBeGreaterThan(103)
  expect(await tried()).toBeLessThanOrEqual(203)
  expect(await service.cards()).toHaveLength(103)
})

test('a hundred cards sent at once by three processes without a token fetch one', async ({ three }) => {
  expect((await send(three, [34, 33, 33])).map(({ sent }) => sent)).toEqual([34, 33, 33])
  expect((await three.service.calls()).stable_token).toBe(1)
  expect(await three.service.cards()).toHaveLength(100)
})
