/** A process of its own that sends cards through the real provider, as a worker is composed: as many at once as it is told. */
import { randomUUID } from 'node:crypto'
import type { CardMessage } from '#channels/official-account/card.ts'
import { compose } from '#platform/compose.ts'
import { readEnv } from '#platform/env.ts'
import { openLog } from '#platform/log.ts'

/** What the process is told; it answers with how many were taken, or why one was not. */
export type Order = { config: { appId: string; appSecret: string }; to: string; card: CardMessage; count: number }

const env = readEnv(process.env)
const parts = await compose(env, openLog('worker', env.logLevel), { name: 'signet-worker', pool: 3 })
const { catalog } = parts.contextFor({ kind: 'system', name: 'worker' })
const provider = catalog.provider('wechat')

process.on('message', async ({ config, to, card, count }: Order) => {
  const sending = Array.from({ length: count }, () => provider.send(config, to, card, { reference: randomUUID() }))
  const ends = await Promise.allSettled(sending)
  const refused = ends.find((end) => end.status === 'rejected')
  process.send?.({ sent: ends.filter(({ status }) => status === 'fulfilled').length, refused: String(refused?.reason) })
})
process.on('disconnect', () => process.exit(0))
process.send?.({ ready: true })
