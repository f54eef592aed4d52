/** Tencent Cloud SMS from the account to the handset and back: the real provider, the simulator at the wire, its real pushes. */
import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { v1 } from '#api/v1/app.ts'
import type { Channel } from '#channels/contract.ts'
import { sms } from '#channels/sms/sms.ts'
import { saveAccount } from '#domain/accounts/saving.ts'
import { validateAccount } from '#domain/accounts/validation.ts'
import { releaseWaiting } from '#domain/sending/deliver/upkeep.ts'
import { settleDue } from '#domain/sending/receipts/settling.ts'
import { testSend } from '#domain/sending/trials/test-send.ts'
import { refreshNext } from '#domain/templates/approvals.ts'
import { providerLists } from '#domain/templates/provider-lists.ts'
import { saveCheckedTemplate } from '#domain/templates/saving.ts'
import { catalogOf } from '#providers/catalog.ts'
import { tencentSms } from '#providers/tencent/sms.ts'
import { anyMobile } from '../support/aliyun-client.ts'
import { expect, test } from '../support/api-stage.ts'
import { endOf, type Stage } from '../support/make.ts'
import { type Simulator, startSimulator } from '../support/simulator.ts'
import { accessOf } from '../support/tencent-client.ts'
import { tokenOf } from '../support/texting.ts'

let simulator: Simulator

test.beforeAll(async () => {
  simulator = await startSimulator()
})
test.afterEach(() => simulator.clear())
test.afterAll(() => simulator.stop())

const fault = (kind: string, fields: object = {}) =>
  simulator.control({ channel: 'sms', vendor: 'tencent', kind, ...fields })

const mapping = { '1': { variable: 'device_name' }, '2': { variable: 'alarm_content' } }
const text = {
  mainland: {
    ...{ signature: '星桥智家', templateCode: '1900005', mapping },
    templateText: '您的设备${1}发生告警：${2}，请及时处理。',
  },
  international: {
    ...{ signature: 'Starbridge', templateCode: '1900022', mapping },
    templateText: 'Alarm from your device ${1}: ${2}. Check it soon.',
  },
}
const variables = { device_name: '门锁', alarm_content: '低电量' }
const place = { channel: 'sms', scenario: 'device_alarm', appId: null } as const

/** An organization whose account is validated, with a template chosen from the lists, and an address for receipts. */
async function connected(stage: Stage, address: string) {
  const provider = tencentSms({ endpoint: `${simulator.url}/tencent`, timeouts: { connect: 1500, read: 100 } })
  stage.lent.catalog = catalogOf([sms as unknown as Channel], [provider as never])
  const org = await stage.organization()
  const owner = org.as('owner')
  const about = { channel: 'sms', provider: 'tencent-sms', name: 'Main', config: accessOf(simulator) } as const
  const saved = await endOf(saveAccount(owner, about))
  if (!saved.saved) throw new Error('A new account is saved without a check.')
  const checked = await endOf(validateAccount(owner, { id: saved.id }))
  expect(checked).toMatchObject({ ok: true })
  const url = `${address}/api/receipts/tencent-sms/${await tokenOf(stage, saved.id)}`
  await fault('callback', { url, minute: 20 })
  await saveCheckedTemplate(owner, { ...place, accountId: saved.id, content: text, baseVersion: 0 })
  const app = await stage.app(owner)
  return { owner, accountId: saved.id, ...(await stage.key(owner, app.id)) }
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

const send = async (stage: Stage, { asApp }: { asApp: Stage['system'] }, to = anyMobile()) =>
  (await stage.send(asApp, { channel: 'sms', scenario: 'device_alarm', to, variables })).id
const deliver = (stage: Stage) => stage.deliver(stage.newWorker())
const becomes = (stage: Stage, id: string, status: string) =>
  expect.poll(async () => (await stage.stored(id)).status).toBe(status)
const textTo = async (to: string) => (await simulator.sms(to)).map(({ content }) => content.text)

spec(
  'signatures and templates are chosen from live lists, each with its state and for whom it is',
  async ({ ready }) => {
    const { signatures, templates } = await providerLists(ready.owner, { channel: 'sms', accountId: ready.accountId })
    expect(signatures).toHaveLength(7)
    expect(signatures).toContainEqual(
      expect.objectContaining({ name: '星桥优选', state: 'rejected', reason: '签名证明材料不清晰，请重新上传' }),
    )
    expect(templates).toContainEqual(
      expect.objectContaining({ code: '1900008', audiences: ['mainland', 'international'], state: 'approved' }),
    )
  },
)

spec('a test send arrives with every value in its place', async ({ ready }) => {
  const [here, abroad] = [anyMobile(), '+85261234567']
  for (const to of [here, abroad]) {
    const sending = { ...place, accountId: ready.accountId, content: text, to, values: variables }
    expect(await testSend(ready.owner, sending)).toMatchObject({ ok: true })
  }
  expect(await textTo(here)).toEqual(['【星桥智家】您的设备门锁发生告警：低电量，请及时处理。'])
  expect(await textTo(abroad)).toEqual(['Alarm from your device 门锁: 低电量. Check it soon.'])
})

spec('a message is delivered, or not, as its receipt is pushed', async ({ stage, ready }) => {
  const listed = anyMobile()
  await fault('receipt', { delay: 100, to: listed, status: 'failed', code: 'MBBLACK' })
  const [good, bad] = [await send(stage, ready), await send(stage, ready, listed)]
  expect(await deliver(stage)).toBe(2)
  await becomes(stage, good, 'delivered')
  await becomes(stage, bad, 'failed')
  expect(await stage.stored(good)).toMatchObject({
    ...{ settleAt: null, accountId: ready.accountId, providerMessageId: expect.stringMatching(/^5000:\d+$/) },
    line: ['accepted', 'sending', 'sent', 'delivered'],
  })
  expect(await stage.stored(bad)).toMatchObject({ problem: true, errorCode: 'MBBLACK' })
})

spec('a number that is refused within an answer fails this message alone', async ({ stage, ready }) => {
  const [refused, other] = [anyMobile(), anyMobile()]
  await fault('reject', { code: 'FailedOperation.PhoneNumberInBlacklist', what: 'number', to: refused })
  const [one, two] = [await send(stage, ready, refused), await send(stage, ready, other)]
  await deliver(stage)
  expect(await stage.stored(one)).toMatchObject({
    ...{ status: 'failed', errorCode: 'FailedOperation.PhoneNumberInBlacklist' },
  })
  await becomes(stage, two, 'delivered')
})

spec('a message whose receipt never came is found delivered by asking', async ({ stage, ready }) => {
  const to = anyMobile()
  await fault('receipt_off', { to })
  await fault('receipt', { to, delay: 0 })
  const id = await send(stage, ready, to)
  await deliver(stage)
  expect(await stage.stored(id)).toMatchObject({ status: 'sent' })
  stage.clock.forward({ minutes: 10 })
  await settleDue(stage.system)
  expect(await stage.stored(id)).toMatchObject({ status: 'delivered' })
})

for (const [where, isEchoed, status] of [
  ['by our reference, where the service hands it back', true, 'delivered'],
  ['and stays open where nothing tells it from others', false, 'unknown'],
] as const) {
  spec(`a message whose answer never came is not repeated, but asked about ${where}`, async ({ stage, ready }) => {
    const to = anyMobile()
    await fault('session_context', { on: isEchoed })
    await fault('delay', { ms: 2500, to, times: 1 })
    await fault('receipt_off', { to })
    await fault('receipt', { to, delay: 0 })
    const id = await send(stage, ready, to)
    await deliver(stage)
    expect(await stage.stored(id)).toMatchObject({ status: 'unknown', problem: true, providerMessageId: null })
    stage.clock.forward({ minutes: 1 })
    await deliver(stage)
    await settleDue(stage.system)
    expect(await stage.stored(id)).toMatchObject({ status })
    expect(await textTo(to)).toHaveLength(1)
  })
}

spec('a message that the line swallowed is found not taken by asking', async ({ stage, ready }) => {
  const to = anyMobile()
  await fault('reset', { to, times: 1 })
  const id = await send(stage, ready, to)
  await deliver(stage)
  expect(await stage.stored(id)).toMatchObject({ status: 'unknown' })
  stage.clock.forward({ minutes: 10 })
  await settleDue(stage.system)
  expect(await stage.stored(id)).toMatchObject({ status: 'failed', errorCode: 'not_taken' })
  expect(await textTo(to)).toEqual([])
})

spec('a template that loses its approval waits until it has it back, and nothing is lost', async ({ stage, ready }) => {
  const to = anyMobile()
  const id = await send(stage, ready, to)
  await fault('template_state', { id: '1900005', state: 'rejected', reason: '主体变更' })
  stage.clock.forward({ minutes: 1 })
  await deliver(stage)
  expect(await stage.stored(id)).toMatchObject({
    ...{ waiting: true, errorCode: 'FailedOperation.TemplateIncorrectOrUnapproved' },
  })
  await expect(send(stage, ready)).rejects.toMatchObject({
    ...{ code: 'template_not_usable', data: { reason: 'template_rejected' } },
  })
  await fault('template_state', { id: '1900005', state: 'approved' })
  stage.clock.forward({ minutes: 10 })
  while (await refreshNext(stage.system));
  expect(await releaseWaiting(stage.system)).toBe(1)
  await deliver(stage)
  await becomes(stage, id, 'delivered')
})
