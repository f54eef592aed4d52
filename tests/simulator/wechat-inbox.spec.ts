/** Messages of official accounts through the whole program: its settings, its pages, and what a restart keeps. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { readSettings, SettingsError } from '#simulator/settings.ts'
import { sandboxOpenids } from '#simulator/wechat/followers.ts'
import { elementOf, startEventListener } from '../support/event-listener.ts'
import { type Simulator, startSimulator } from '../support/simulator.ts'
import { alarmValues, dataOf, seeded, wechatClient } from '../support/wechat-client.ts'

let simulator: Simulator

test.beforeAll(async () => {
  simulator = await startSimulator()
})

test.beforeEach(() => simulator.empty())

test.afterAll(() => simulator.stop())

const page = async (path: string) => (await fetch(`${simulator.url}${path}`)).text()
const send = (more: object, at = simulator) => wechatClient(at.wechat).send(more)

test('the inbox answers messages by openid, newest first, and in summary', async () => {
  const [first = '', second = ''] = simulator.wechat.openids.following
  await send({ touser: first, client_msg_id: 'ref-1' })
  await send({ touser: second })
  await send({ touser: first, client_msg_id: 'ref-3' })
  expect((await simulator.cards()).map(({ to }) => to)).toEqual([first, second, first])
  expect((await simulator.cards(first)).map(({ content }) => content.clientMsgId)).toEqual(['ref-3', 'ref-1'])
  const rows = await (await fetch(`${simulator.url}/inbox?channel=official_account&summary=1&to=${first}`)).json()
  expect((rows as { messageId: string }[]).map(({ messageId }) => messageId)).toEqual(['ref-3', 'ref-1'])
  expect(await simulator.count(second, 'official_account')).toBe(1)
})

test('the page of a message draws its card, in both languages, and leads nowhere', async () => {
  const url = 'javascript:alert(1)'
  await send({ url, data: dataOf({ ...alarmValues, thing4: '<b>烟雾</b>' }) })
  const [card] = await simulator.cards()
  const english = await page(`/messages/${card?.id}?lang=en`)
  for (const part of [
    '<h1>设备告警通知</h1>',
    '<h3>设备告警通知</h3>',
    '<span>设备名称</span><span>客厅烟雾报警器</span>',
    '<span>&lt;b&gt;烟雾&lt;/b&gt;</span>',
    '<p class="jump">View details</p>',
    '<dt>Template</dt>',
    '<dt>thing1</dt><dd>客厅烟雾报警器</dd>',
    `<dt>On tap</dt><dd>${url}</dd>`,
    `<dd>${card?.content.msgId}</dd>`,
  ]) {
    expect(english).toContain(part)
  }
  expect(english).not.toContain('href="javascript')
  const chinese = await page(`/messages/${card?.id}?lang=zh`)
  for (const part of ['<p class="jump">查看详情</p>', '<dt>公众号</dt>', '<dt>点击后</dt>']) {
    expect(chinese).toContain(part)
  }
})

test('a card says whether a tap leads to a mini program or nowhere', async () => {
  const jumpOf = async (more: object) => {
    await send(more)
    const [card] = await simulator.cards()
    return /<p class="jump">([^<]+)</.exec(await page(`/messages/${card?.id}?lang=zh`))?.[1]
  }
  expect(await jumpOf({ miniprogram: { appid: simulator.wechat.miniProgram, pagepath: 'index' } })).toBe(
    '进入小程序查看',
  )
  expect(await jumpOf({})).toBeUndefined()
})

test('a line without a label takes the whole width of its card', async () => {
  await send({ template_id: seeded('订阅模板消息').id, data: dataOf({ content: '您好' }) })
  const [card] = await simulator.cards()
  expect(await page(`/messages/${card?.id}?lang=en`)).toContain('<p class="whole"><span>您好</span></p>')
})

test('the list shows title and values, and can be filtered by channel', async () => {
  await send({})
  const list = await page('/?lang=en&channel=official_account')
  expect(list).toContain('设备告警通知 — 客厅烟雾报警器 · SN-0097 · 紧急')
  expect(list).toContain('<option value="official_account" selected>Official account</option>')
  expect(await page('/?lang=en&channel=sms')).not.toContain('设备告警通知')
})

test('the openids that are said at the start are those that anybody can derive from the AppID', () => {
  expect(simulator.wechat.openids).toEqual(sandboxOpenids(simulator.wechat.appId))
  const { following, ...special } = simulator.wechat.openids
  const all = [...following, ...Object.values(special)]
  expect(new Set(all).size).toBe(7)
  for (const openid of all) expect(openid).toMatch(/^o[\w-]{27}$/)
})

test('a restart keeps the states, the server address, what was sent, and events that were still to come', async () => {
  const data = await mkdtemp(join(tmpdir(), 'signet-wechat-'))
  const listener = await startEventListener()
  const first = await startSimulator({ data })
  const common = { channel: 'official_account' } as const
  const [touser = ''] = first.wechat.openids.following
  await first.control({ ...common, kind: 'callback', url: listener.url, token: 'token1', patience: 1_000 })
  await first.control({ ...common, kind: 'template_state', id: seeded('设备维护通知').id, state: 'removed' })
  await first.control({ ...common, kind: 'receipt', delay: 5_000 })
  const { text } = await send({ touser, client_msg_id: 'survivor' }, first)
  await expect.poll(() => readFile(join(data, 'official-account.jsonl'), 'utf8')).toContain('survivor')
  await first.kill()
  expect(listener.requests).toEqual([])

  const second = await startSimulator({ data, ports: first.ports })
  const listed = await wechatClient(second.wechat).call('template/get_all_private_template')
  expect(JSON.stringify(listed)).not.toContain('设备维护通知')
  await expect
    .poll(() => listener.requests.map(({ body }) => elementOf(body, 'MsgID')))
    .toEqual([/\d{19}/.exec(text)?.[0]])
  expect((await send({ touser, client_msg_id: 'survivor' }, second)).text).toBe(text)
  expect(await second.count(touser, 'official_account')).toBe(1)
  await second.stop()
  await listener.close()
  await rm(data, { recursive: true, force: true })
})

test('a command answers what it found, over HTTP too', async () => {
  const control = (body: object) =>
    fetch(`${simulator.url}/control`, {
      method: 'POST',
      body: JSON.stringify({ channel: 'official_account', ...body }),
    })
  const ended = await control({ kind: 'end_tokens' })
  expect([ended.status, Object.keys((await ended.json()) as object)]).toEqual([200, ['ended']])
  const refused = await control({ kind: 'verify_callback' })
  expect(refused.status).toBe(400)
  expect(((await refused.json()) as { error: string }).error).toMatch(/^No "callback" is set/)
})

test('the official account of the settings is both parts or none, and a wrong one is named', () => {
  const common = { NODE_ENV: 'test' as const, SIMULATOR_SMTP_USER: 'a@example.com', SIMULATOR_SMTP_PASSWORD: 'x' }
  const [appId, appSecret] = [`wx${'0'.repeat(16)}`, 'a'.repeat(32)]
  const id = { SIMULATOR_WECHAT_APP_ID: appId }
  const secret = { SIMULATOR_WECHAT_APP_SECRET: appSecret }
  expect(readSettings(common).wechat).toBeUndefined()
  expect(readSettings({ ...common, ...id, ...secret }).wechat).toEqual({ appId, appSecret })
  expect(() => readSettings({ ...common, ...id })).toThrow(/^The setting SIMULATOR_WECHAT_APP_SECRET must be/)
  expect(() => readSettings({ ...common, ...secret })).toThrow(/^The setting SIMULATOR_WECHAT_APP_ID must be/)
  expect(() => readSettings({ ...common, ...secret, SIMULATOR_WECHAT_APP_ID: 'wx1' })).toThrow(SettingsError)
})
