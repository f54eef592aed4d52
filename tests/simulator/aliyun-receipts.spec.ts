/** The receipts that are pushed: what they say, in which order, how often, and what a restart does to them. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { aliyunClient, anyMobile } from '../support/aliyun-client.ts'
import { type ReceiptListener, startReceiptListener } from '../support/receipt-listener.ts'
import { type Simulator, startSimulator } from '../support/simulator.ts'

let simulator: Simulator
let listener: ReceiptListener

test.beforeAll(async () => {
  simulator = await startSimulator()
})

test.beforeEach(async () => {
  listener = await startReceiptListener()
  for (const channel of ['sms', 'voice'] as const) {
    await simulator.control({ channel, kind: 'callback', url: listener.url, minute: 20 })
  }
})

test.afterEach(async () => {
  await simulator.clear()
  await listener.close()
})

test.afterAll(() => simulator.stop())

const send = (to: string, OutId: string, at = simulator) =>
  aliyunClient(at, 'sms')('SendSms', {
    PhoneNumbers: to,
    SignName: '星桥智家',
    TemplateCode: 'SMS_280020001',
    TemplateParam: '{"device":"门锁","content":"低电量"}',
    OutId,
  })

const call = (to: string, OutId: string) =>
  aliyunClient(simulator, 'voice')('SingleCallByTts', {
    CalledNumber: to,
    TtsCode: 'TTS_280020001',
    TtsParam: '{"device":"门锁","content":"低电量"}',
    OutId,
  })

/** Only some milliseconds later instead of the usual second. */
const soon = (channel: 'sms' | 'voice', more: Record<string, string | number> = {}) =>
  simulator.control({ channel, kind: 'receipt', delay: 50, ...more })

const outIds = () => listener.items.map((item) => item.out_id)
/** In China. */
const today = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10).replaceAll('-', '')
const wallClock = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/

test('the receipt of an SMS says all that the real one says', async () => {
  const to = anyMobile()
  const { BizId } = await send(to, 'ref-1')
  await expect.poll(() => listener.pushes.length).toBe(1)
  expect(listener.pushes[0]?.contentType).toBe('application/json; charset=utf-8')
  expect(listener.items).toEqual([
    {
      phone_number: to,
      success: true,
      err_code: 'DELIVERED',
      err_msg: '用户接收成功',
      send_time: expect.stringMatching(wallClock),
      report_time: expect.stringMatching(wallClock),
      sms_size: '1',
      biz_id: BizId,
      out_id: 'ref-1',
    },
  ])
  await expect.poll(async () => (await simulator.sms(to))[0]?.content.receipt?.push).toBe('accepted')
})

test('the receipt of a call says all that the real one says', async () => {
  await soon('voice')
  const to = anyMobile()
  const { CallId } = await call(to, 'ref-2')
  await expect.poll(() => listener.pushes.length).toBe(1)
  expect(listener.items[0]).toEqual({
    call_id: CallId,
    out_id: 'ref-2',
    caller: expect.stringMatching(/^0\d+$/),
    callee: to,
    voice_type: 'voice',
    status_code: '200000',
    status_msg: '用户听完',
    smart_status_code: 'ANSWERED',
    originate_time: expect.stringMatching(wallClock),
    ring_time: expect.stringMatching(wallClock),
    start_time: expect.stringMatching(wallClock),
    end_time: expect.stringMatching(wallClock),
    duration: expect.stringMatching(/^\d+$/),
    dtmf: '',
    toll_type: 'DOMESTIC',
    hangup_direction: '机器',
    early_media_code: '',
    dialog_id: '',
  })
})

test('a receipt carries the code that was asked for, for the recipient it was asked for', async () => {
  const [bad, good] = [anyMobile(), anyMobile()]
  await soon('sms', { status: 'failed', code: 'MOBILE_IN_BLACK', to: bad })
  await soon('voice', { status: 'failed', to: bad })
  await send(bad, 'bad')
  await send(good, 'good')
  await call(bad, 'bad-call')
  await expect.poll(() => outIds().toSorted()).toEqual(['bad', 'bad-call', 'good'])
  const by = (outId: string) => listener.items.find((item) => item.out_id === outId)
  expect(by('bad')).toMatchObject({ success: false, err_code: 'MOBILE_IN_BLACK', err_msg: '手机号在黑名单中' })
  expect(by('good')).toMatchObject({ success: true })
  expect(by('bad-call')).toMatchObject({ status_code: '200003', smart_status_code: 'NO_ANSWER', start_time: '' })
})

test('a push that is not taken comes again three times and is then dropped', async () => {
  const notTaken = [
    { status: 500, body: '{"code":0}' },
    { status: 200, body: 'ok' },
    { status: 200, body: '{"code":"0"}' },
    { status: 302, body: '{"code":0}' },
  ]
  listener.answers = [...notTaken]
  await soon('sms', { times: 1 })
  const to = anyMobile()
  await send(to, 'dropped')
  await expect.poll(async () => (await simulator.sms(to))[0]?.content.receipt?.push).toBe('given_up')
  expect(outIds()).toEqual(['dropped', 'dropped', 'dropped', 'dropped'])
  listener.answers = notTaken.slice(0, 3)
  await soon('sms', { times: 1 })
  const other = anyMobile()
  await send(other, 'kept')
  await expect.poll(async () => (await simulator.sms(other))[0]?.content.receipt?.push).toBe('accepted')
  expect(outIds().filter((id) => id === 'kept')).toHaveLength(4)
})

test('receipts that become due together come in one array', async () => {
  await simulator.control({ channel: 'sms', kind: 'receipt', delay: 300 })
  const numbers = Array.from({ length: 30 }, anyMobile)
  await send(numbers.join(','), 'together')
  await expect.poll(() => listener.items.length).toBe(30)
  expect(listener.pushes).toHaveLength(1)
  expect(listener.items.map((item) => item.phone_number).toSorted()).toEqual(numbers.toSorted())
})

test('a receipt is repeated as often as asked, each time by itself', async () => {
  await soon('sms', { repeat: 2 })
  await send(anyMobile(), 'repeated')
  await expect.poll(outIds).toEqual(['repeated', 'repeated', 'repeated'])
  expect(listener.pushes).toHaveLength(3)
})

test('receipts come backwards when asked, the newest first', async () => {
  await simulator.control({ channel: 'sms', kind: 'receipt', delay: 2_000, order: 'reversed' })
  for (const id of ['one', 'two', 'three']) await send(anyMobile(), id)
  await expect.poll(outIds).toEqual(['three', 'two', 'one'])
})

test('a receipt can come before the answer to the sending', async () => {
  await soon('sms', { delay: 0 })
  await simulator.control({ channel: 'sms', kind: 'delay', ms: 1_500 })
  const sending = send(anyMobile(), 'early').then(() => 'answered')
  const received = expect
    .poll(outIds)
    .toEqual(['early'])
    .then(() => 'received')
  expect(await Promise.race([sending, received])).toBe('received')
  expect(await sending).toBe('answered')
})

test('without receipts nothing is pushed, and the result can still be asked for', async () => {
  await simulator.control({ channel: 'sms', kind: 'receipt_off', times: 1 })
  await soon('sms')
  const silent = anyMobile()
  await send(silent, 'silent')
  await send(anyMobile(), 'loud')
  await expect.poll(outIds).toEqual(['loud'])
  expect((await simulator.sms(silent))[0]?.content.receipt).toMatchObject({ push: 'off', code: 'DELIVERED' })
  const details = await aliyunClient(simulator, 'sms')('QuerySendDetails', {
    ...{ PhoneNumber: silent, SendDate: today(), PageSize: 10, CurrentPage: 1 },
  })
  expect(details.SmsSendDetailDTOs).toMatchObject({ SmsSendDetailDTO: [{ SendStatus: 3, OutId: 'silent' }] })
})

test('each cloud account has an address of its own', async () => {
  const { second } = simulator.aliyun.otherKeys
  const other = await startReceiptListener()
  await simulator.control({ channel: 'sms', kind: 'callback', url: other.url, accessKeyId: second })
  await soon('sms')
  await aliyunClient(simulator, 'sms', { accessKeyId: second })('SendSms', {
    PhoneNumbers: anyMobile(),
    SignName: '远帆科技',
    TemplateCode: 'SMS_290020001',
    TemplateParam: '{"device":"门锁","content":"低电量"}',
    OutId: 'of-second',
  })
  await send(anyMobile(), 'of-main')
  await expect.poll(() => other.items.map((item) => item.out_id)).toEqual(['of-second'])
  await expect.poll(outIds).toEqual(['of-main'])
  await other.close()
})

test('a kill keeps the address, the approvals and what was accepted, and receipts still come', async () => {
  const data = await mkdtemp(join(tmpdir(), 'signet-simulator-'))
  const first = await startSimulator({ data })
  await first.control({ channel: 'sms', kind: 'callback', url: listener.url, minute: 60_000 })
  await first.control({ channel: 'sms', kind: 'sign_state', name: '星桥商城', state: 'rejected', reason: '主体变更' })
  await first.control({ channel: 'sms', kind: 'receipt', delay: 5_000 })
  const to = anyMobile()
  const { BizId } = await send(to, 'survivor', first)
  await expect.poll(async () => readFile(join(data, 'sent.jsonl'), 'utf8')).toContain(String(BizId))
  await first.kill()
  expect(listener.items).toEqual([])

  const second = await startSimulator({ data, ports: first.ports })
  expect(await (await fetch(`${second.url}/control`)).json()).toEqual({
    faults: [
      { channel: 'sms', kind: 'callback', url: listener.url, minute: 60_000 },
      { channel: 'sms', kind: 'sign_state', name: '星桥商城', state: 'rejected', reason: '主体变更' },
    ],
  })
  await expect.poll(() => listener.items.map((item) => item.biz_id)).toEqual([BizId])
  await second.empty()
  const details = await aliyunClient(second, 'sms')('QuerySendDetails', {
    ...{ PhoneNumber: to, SendDate: today(), PageSize: 10, CurrentPage: 1 },
  })
  expect(details.TotalCount).toBe('1')
  await second.stop()

  const third = await startSimulator({ data })
  await third.control({ channel: 'sms', kind: 'receipt', delay: 0 })
  await send(anyMobile(), 'next', third)
  await expect.poll(outIds).toEqual(['survivor', 'next'])
  await third.stop()
  await rm(data, { recursive: true, force: true })
})
