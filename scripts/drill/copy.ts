/** One place of an installation while it runs: a worker, and the HTTP API within this process. */
import { setTimeout as wait } from 'node:timers/promises'
import { inArray, isNotNull } from 'drizzle-orm'
import { v1 } from '#api/v1/app.ts'
import { channelIds } from '#channels/traits.ts'
import { account, message } from '#db/schema/index.ts'
import { release } from '#domain/base/holding.ts'
import { findMembership } from '#domain/people/members.ts'
import { compose } from '#platform/compose.ts'
import { readEnv } from '#platform/env.ts'
import { openLog } from '#platform/log.ts'
import { end, start, untilReady } from '../../tests/support/running-signet.ts'
import { type Accepted, callOf, idOf } from '../soak/callers.ts'

/** @param key of the App that sends */
export async function runAt(settings: Record<string, string>, key: string, openid: string) {
  const parts = await compose(readEnv({ ...settings, NODE_ENV: 'production' }), openLog('drill', 'error'), {
    name: 'signet-drill',
  })
  const api = v1(parts)
  const headers = { authorization: `Bearer ${key}` }
  let worker: ReturnType<typeof start> | undefined
  const stopWorker = async () => {
    if (worker) await end(worker)
    worker = undefined
  }
  return {
    async startWorker() {
      worker = start('src/worker.ts', settings)
      await untilReady('worker', worker)
    },
    stopWorker,
    /** Accepts as many on each channel; `from` makes their recipients nobody else's. */
    async send(from: number, count: number): Promise<Accepted[]> {
      const accepted: Accepted[] = []
      for (let n = from; n < from + count; n++) {
        for (const channel of channelIds) {
          const { path, to, body } = callOf(channel, n, openid)
          const call = { method: 'POST', body: JSON.stringify(body), headers }
          const answer = await api.request(`/api/v1/${path}`, call)
          if (answer.status !== 202) throw new Error(`Answered ${answer.status}: ${await answer.text()}`)
          accepted.push({ id: idOf(await answer.json()), channel, to })
        }
      }
      return accepted
    },
    isHeld: async () => ((await (await api.request('/api/health')).json()) as { held: boolean }).held,
    /** Those of these messages that the log has. */
    async known(messages: readonly Accepted[]): Promise<number> {
      const answers = await Promise.all(messages.map(({ id }) => api.request(`/api/v1/messages/${id}`, { headers })))
      return answers.filter(({ status }) => status === 200).length
    },
    /** Accounts that workers found no key for, or that do not work for another reason. */
    failing: () => parts.db.$count(account, isNotNull(account.failingSince)),
    /** Waits until nothing is to be sent any more. */
    async untilDone(patience: number) {
      const until = performance.now() + patience
      while ((await parts.db.$count(message, inArray(message.status, ['queued', 'sending']))) > 0) {
        if (performance.now() > until) throw new Error('Not everything that was to be sent was sent in time.')
        await wait(200)
      }
    },
    async release() {
      const owner = await findMembership(parts.db, 'owner@example.com')
      if (!owner) throw new Error('There is no owner.')
      const { userId: id, organizationId } = owner
      const email = 'owner@example.com'
      await release(parts.contextFor({ kind: 'user', id, name: 'Owner', email, organizationId, role: 'owner' }))
    },
    async stop() {
      await stopWorker()
      await parts.close()
    },
  }
}
