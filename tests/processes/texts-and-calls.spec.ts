/** From the API to the handset and back: the real providers, the simulator at the wire, its pushes to the real address. */
import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { v1 } from '#api/v1/app.ts'
import type { Channel } from '#channels/contract.ts'
import { sms } from '#channels/sms/sms.ts'
import { voice } from '#channels/voice/voice.ts'
import { saveAccount } from '#domain/accounts/saving.ts'
import { validateAccount } from '#domain/accounts/validation.ts'
import { releaseWaiting } from '#domain/sending/deliver/upkeep.ts'
import { applyEarly } from '#domain/sending/receipts/early-receipts.ts'
import { settleDue } from '#domain/sending/receipts/settling.ts'
import { testSend } from '#domain/sending/trials/test-send.ts'
import { refreshNext } from '#domain/templates/approvals.ts'
import { aliyunSms } from '#providers/aliyun/sms.ts'
import { aliyunVoice } from '#providers/aliyun/voice.ts'
import { catalogOf } from '#providers/catalog.ts'
import { anyMobile } from '../support/aliyun-client.ts'
import { expect, test } from '../support/api-stage.ts'
import { endOf, type Stage } from '../support/make.ts'
import { type Simulator, startSimulator } from '../support/simulator.ts'
import { tokenOf } from '../support/texting.ts'

let simulator: Simulator

test.beforeAll(async () => {
  simulator = await startSimulator()
})
test.afterEach(() => simulator.clear())
test.afterAll(() => simulator.stop())

const alarm = (text: string) => ({
  templateText: text,
  mapping: { device: { variable: 'device_name' }, content: { variable: 'alarm_content' } },
})
const text = {
  mainland: {
    ...alarm('您的设备${device}发生告警：${content}，请及时处理。'),
    ...{ signature: '星桥智家', templateCode: 'SMS_280020001' },
  },
  international: null,
}
const call = { ...alarm('您好，您的设备${device}发生告警，内容是${content}，请及时处理。'), ttsCode: 'TTS_280020001' }
const variables = { device_name: '门锁', alarm_content: '低电量' }

/** An organization with both accounts in force, both templates, and an address that the simulator pushes to. */
async function connected(stage: Stage, address: string) {
  const { endpoints, accessKeyId, accessKeySecret } = simulator.aliyun
  const providers = [
    aliyunSms({ endpoint: endpoints.sms, timeouts: { connect: 1500, read: 100 } }),
    aliyunVoice({ endpoint: endpoints.voice, timeouts: { connect: 1500, read: 100 } }),
  ]
  const channels = [sms, voice].map((channel: unknown) => channel as Channel)
  stage.lent.catalog = catalogOf(channels, providers as Parameters<typeof catalogOf>[1])
  const org = await stage.organization()
  const owner = org.as('owner')
  const config = { accessKeyId, accessKeySecret }
  const accounts = { sms: '', voice: '' }
  for (const channel of ['sms', 'voice'] as const) {
    const provider = `aliyun-${channel}`
    const saved = await endOf(saveAccount(owner, { channel, provider, name: 'Main', config }))
    if (!saved.saved) throw new Error('A new account is saved without a check.')
    expect(await endOf(validateAccount(owner, { id: saved.id }))).toMatchObject({ ok: true })
    accounts[channel] = saved.id
    const url = `${address}/api/receipts/${provider}/${await tokenOf(stage, saved.id)}`
    await simulator.control({ channel, kind: 'callback', url, minute: 20 })
  }
  const place = { scenario: 'device_alarm', appId: null, baseVersion: 0 } as const
  await stage.template(owner, { ...place, channel: 'sms', content: text })
  await stage.template(owner, { ...place, channel: 'voice', content: call })
  await testSend(owner, { ...place, channel: 'voice', content: call, to: anyMobile(), values: variables })
  const app = await stage.app(owner)
  return { owner, accounts, ...(await stage.key(owner, app.id)) }
}

const spec = test.extend<{ ready: Awaited<ReturnType<typeof connected>> }>({
  ready: async ({ stage, parts }, use) => {
    const withCatalog: typeof parts = {
      ...parts,
      contextFor: (actor) => ({ ...parts.contextFor(actor), catalog: stage.lent.catalog }),
    }
    const server = serve({ fetch: v1(withCatalog).fetch, port: 0, hostname: '127.0.0.1' }) as Server
    await once(server, 'listening')
    await use(await connected(stage, `http://127.0.0.1:${(server.address() as AddressInfo).port}`))
    await Promise.all(stage.lent.catalog.providers.map((provider) => provider.close?.()))
    server.closeAllConnections()
    server.close()
  },
})

const send = async (stage: Stage, { asApp }: { asApp: Stage['system'] }, channel: 'sms' | 'voice', to = anyMobile()) =>
  (await stage.send(asApp, { channel, scenario: 'device_alarm', to, variables })).id

/** A worker that knows the providers of this spec. */
const deliver = (stage: Stage) => stage.deliver(stage.newWorker())

type Received = { content: { receipt: { settledAt: string | null } | null } }

/** Resolves once the simulator knows what became of the newest of these. */
const isSettled = (list: () => Promise<Received[]>) =>
  expect.poll(async () => Date.parse((await list())[0]?.content.receipt?.settledAt ?? '') < Date.now()).toBe(true)

/** As the worker does, what was pushed before the sending was written down is applied after it. */
const becomes = (stage: Stage, id: string, status: string) =>
  expect
    .poll(async () => {
      await applyEarly(stage.system)
      return (await stage.stored(id)).status
    })
    .toBe(status)

spec('texts and calls are delivered, or not, as the simulator pushes it', async ({ stage, ready }) => {
  const [unheard, listed] = [anyMobile(), anyMobile()]
  await simulator.control({ channel: 'sms', kind: 'receipt', delay: 100, to: listed, code: 'MOBILE_IN_BLACK' })
  await simulator.control({ channel: 'voice', kind: 'receipt', delay: 100, to: unheard, code: '200002' })
  const good = [await send(stage, ready, 'sms'), await send(stage, ready, 'voice')]
  const bad = [await send(stage, ready, 'sms', listed), await send(stage, ready, 'voice', unheard)]
  expect(await deliver(stage)).toBe(4)
  for (const id of good) await becomes(stage, id, 'delivered')
  for (const id of bad) await becomes(stage, id, 'failed')
  expect(await stage.stored(good[0] ?? '')).toMatchObject({
    ...{ settleAt: null, accountId: ready.accounts.sms, providerMessageId: expect.stringMatching(/^\d+\^0$/) },
    line: ['accepted', 'sending', 'sent', 'delivered'],
  })
  expect(await stage.stored(bad[0] ?? '')).toMatchObject({ problem: true, errorCode: 'MOBILE_IN_BLACK' })
  expect(await stage.stored(bad[1] ?? '')).toMatchObject({ problem: true, errorCode: '200002' })
})

for (const channel of ['sms', 'voice'] as const) {
  spec(
    `a receipt that overtakes the answer to the sending is applied after it: ${channel}`,
    async ({ stage, ready }) => {
      await simulator.control({ channel, kind: 'receipt', delay: 0 })
      await simulator.control({ channel, kind: 'delay', ms: 400 })
      const to = anyMobile()
      const id = await send(stage, ready, channel, to)
      await deliver(stage)
      expect(await stage.stored(id)).toMatchObject({ status: 'sent' })
      const delivered = channel === 'sms' ? simulator.sms(to) : simulator.calls(to)
      expect((await delivered)[0]?.content.receipt).toMatchObject({ push: 'accepted' })
      expect(await applyEarly(stage.system)).toBe(1)
      expect(await stage.stored(id)).toMatchObject({ status: 'delivered' })
    },
  )
}

spec('a text whose answer never came is not repeated, and is found delivered by asking', async ({ stage, ready }) => {
  const to = anyMobile()
  await simulator.control({ channel: 'sms', kind: 'delay', ms: 2500, to, times: 1 })
  await simulator.control({ channel: 'sms', kind: 'receipt_off', to })
  const id = await send(stage, ready, 'sms', to)
  await deliver(stage)
  expect(await stage.stored(id)).toMatchObject({ status: 'unknown', problem: true, providerMessageId: null })
  await isSettled(() => simulator.sms(to))
  stage.clock.forward({ minutes: 1 })
  await deliver(stage)
  await settleDue(stage.system)
  expect(await stage.stored(id)).toMatchObject({ status: 'delivered', problem: false, settleAt: null })
  expect(await simulator.count(to, 'sms')).toBe(1)
})

spec('a text that the line swallowed is found not taken by asking', async ({ stage, ready }) => {
  const to = anyMobile()
  await simulator.control({ channel: 'sms', kind: 'reset', to, times: 1 })
  const id = await send(stage, ready, 'sms', to)
  await deliver(stage)
  expect(await stage.stored(id)).toMatchObject({ status: 'unknown' })
  stage.clock.forward({ minutes: 1 })
  await settleDue(stage.system)
  expect(await stage.stored(id)).toMatchObject({ status: 'unknown' })
  stage.clock.forward({ minutes: 9 })
  await settleDue(stage.system)
  expect(await stage.stored(id)).toMatchObject({ status: 'failed', errorCode: 'not_taken' })
  expect(await simulator.count(to, 'sms')).toBe(0)
})

spec('a call whose receipt never came is found answered by asking', async ({ stage, ready }) => {
  const to = anyMobile()
  await simulator.control({ channel: 'voice', kind: 'receipt_off', to })
  const id = await send(stage, ready, 'voice', to)
  await deliver(stage)
  await isSettled(() => simulator.calls(to))
  stage.clock.forward({ minutes: 10 })
  await settleDue(stage.system)
  expect(await stage.stored(id)).toMatchObject({ status: 'delivered' })
})

spec(
  'a template that loses its approval is not used until it has it back, and nothing is lost',
  async ({ stage, ready }) => {
    const [first, second] = [anyMobile(), anyMobile()]
    const one = await send(stage, ready, 'sms', first)
    const state = { channel: 'sms', kind: 'template_state', code: 'SMS_280020001' } as const
    await simulator.control({ ...state, state: 'rejected', reason: '主体变更' })
    stage.clock.forward({ minutes: 1 })
    await deliver(stage)
    expect(await stage.stored(one)).toMatchObject({ waiting: true, errorCode: 'isv.SMS_TEMPLATE_ILLEGAL' })
    const refused = { code: 'template_not_usable', data: { reason: 'template_rejected' } }
    await expect(send(stage, ready, 'sms', second)).rejects.toMatchObject(refused)
    stage.clock.forward({ minutes: 10 })
    while (await refreshNext(stage.system));
    await expect(send(stage, ready, 'sms', second)).rejects.toMatchObject(refused)
    expect(await releaseWaiting(stage.system)).toBe(0)
    await simulator.control({ ...state, state: 'approved' })
    stage.clock.forward({ minutes: 10 })
    while (await refreshNext(stage.system));
    expect(await releaseWaiting(stage.system)).toBe(1)
    await deliver(stage)
    await becomes(stage, one, 'delivered')
    expect(await simulator.count(first, 'sms')).toBe(1)
  },
)
