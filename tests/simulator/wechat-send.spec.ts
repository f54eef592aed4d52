/** Sending template messages: what is refused and with which code, and what is kept of what is accepted. */
import { expect, test } from '@playwright/test'
import { alarmValues, dataOf, requestId, seeded, type WechatClient, wechatClient } from '../support/wechat-client.ts'
import { startWechat, type WechatService } from '../support/wechat-service.ts'

let service: WechatService
let client: WechatClient

test.beforeAll(async () => {
  service = await startWechat()
  client = wechatClient(service)
})

test.afterEach(() => service.clear())

test.afterAll(() => service.close())

const api = 'message/template/send'
const follower = () => service.openids.following[0] ?? ''

/** What a letter is refused with; `ok` when it is not. */
async function refused(more: object): Promise<[errcode: number | undefined, errmsg: string | undefined]> {
  const { status, body } = await client.send(more)
  expect(status).toBe(200)
  if (body.errcode !== 0) expect(body.errmsg).toMatch(requestId)
  return [body.errcode, body.errmsg?.replace(requestId, '')]
}

test('an accepted message answers a msgid that is a number too large for a double', async () => {
  const { text, body } = await client.send()
  const msgId = /^\{"errcode":0,"errmsg":"ok","msgid":(\d{19})\}$/.exec(text)?.[1] ?? ''
  expect(msgId).not.toBe('')
  expect(BigInt(body.msgid as number)).not.toBe(BigInt(msgId))
  expect((await service.cards())[0]?.content.msgId).toBe(msgId)
})

test('the inbox keeps template, labelled fields, text and where a tap leads', async () => {
  await client.send({ url: 'https://example.com/device/7', client_msg_id: 'our-reference' })
  const [card] = await service.cards(follower())
  expect(card).toEqual({
    id: expect.any(String),
    channel: 'official_account',
    to: follower(),
    at: expect.stringMatching(/^\d{4}-.*Z$/),
    content: {
      template: seeded('设备告警通知').id,
      title: '设备告警通知',
      fields: [
        { label: '设备名称', key: 'thing1', value: '客厅烟雾报警器' },
        { label: '设备编号', key: 'character_string2', value: 'SN-0097' },
        { label: '告警级别', key: 'const3', value: '紧急' },
        { label: '告警内容', key: 'thing4', value: '烟雾浓度超过阈值' },
        { label: '告警时间', key: 'time5', value: '2026-11-20 10:00:00' },
      ],
      text: '设备名称:客厅烟雾报警器\n设备编号:SN-0097\n告警级别:紧急\n告警内容:烟雾浓度超过阈值\n告警时间:2026-11-20 10:00:00',
      jump: { to: 'url', url: 'https://example.com/device/7' },
      appId: service.appId,
      msgId: expect.stringMatching(/^\d{19}$/),
      clientMsgId: 'our-reference',
      receipt: {
        status: 'success',
        settledAt: expect.any(String),
        push: expect.stringMatching(/^(waiting|no_address)$/),
      },
    },
  })
})

test('a mini program wins over the address, if it is linked to the account', async () => {
  const { miniProgram } = service
  const url = 'https://example.com'
  expect(await refused({ url, miniprogram: { appid: miniProgram, pagepath: 'pages/device?id=7' } })).toEqual([0, 'ok'])
  expect((await service.cards())[0]?.content.jump).toEqual({
    to: 'mini_program',
    appId: miniProgram,
    pagePath: 'pages/device?id=7',
  })
  expect(await refused({ miniprogram: { appid: 'wx0000000000000000', pagepath: 'index' } })).toEqual([
    40013,
    'invalid appid',
  ])
  expect(await refused({ miniprogram: { pagepath: 'index' } })).toEqual([40013, 'invalid appid'])
  expect(await refused({ miniprogram: { appid: miniProgram, pagepath: 'https://x' } })).toEqual([
    40165,
    'invalid weapp pagepath',
  ])
  expect(await refused({})).toEqual([0, 'ok'])
  expect((await service.cards())[0]?.content.jump).toBeNull()
})

test('the recipient must be a follower of this account who takes messages', async () => {
  const foreign = wechatClient({ ...service, appId: service.otherAppIds.second })
  const [firstOfSecond] = ((await foreign.call('user/get')).data as { openid: string[] }).openid
  const { openids } = service
  const cases: [touser: string, errcode: number, errmsg: string][] = [
    ['', 40003, 'invalid openid'],
    ['nonsense', 40003, 'invalid openid'],
    [`${follower()}x`, 40003, 'invalid openid'],
    [firstOfSecond ?? '', 40003, 'invalid openid'],
    [openids.not_following, 43004, 'require subscribe'],
    [`${follower().slice(0, 6)}${'z'.repeat(22)}`, 43004, 'require subscribe'],
    [openids.refused, 43101, 'user refuse to accept the msg'],
    [openids.user_block, 0, 'ok'],
    [openids.system_failed, 0, 'ok'],
  ]
  for (const [touser, ...expected] of cases) expect(await refused({ touser }), touser).toEqual(expected)
})

test('a follower can be made, and can leave', async () => {
  const openid = `${follower().slice(0, 6)}${'n'.repeat(22)}`
  await service.control('follower_state', { openid, state: 'following' })
  expect(await refused({ touser: openid })).toEqual([0, 'ok'])
  await service.control('follower_state', { openid: follower(), state: 'not_following' })
  expect((await refused({}))[0]).toBe(43004)
})

test('the template must be one of this account', async () => {
  expect(await refused({ template_id: 'short' })).toEqual([40036, 'invalid template_id size'])
  expect(await refused({ template_id: '' })).toEqual([40036, 'invalid template_id size'])
  expect(await refused({ template_id: 'x'.repeat(43) })).toEqual([40037, 'invalid template_id'])
  await service.control('template_state', { id: seeded('设备告警通知').id, state: 'removed' })
  expect(await refused({})).toEqual([40037, 'invalid template_id'])
})

const wrongValues: [values: Record<string, string>, key: string][] = [
  [{ thing1: '字'.repeat(21) }, 'thing1'],
  [{ thing1: '两\n行' }, 'thing1'],
  [{ character_string2: '设备一' }, 'character_string2'],
  [{ const3: '严重' }, 'const3'],
  [{ thing4: 'x'.repeat(21), time5: 'now' }, 'thing4'],
  [{ time5: '2026-11-20T10:00:00Z' }, 'time5'],
]
for (const [values, key] of wrongValues) {
  test(`${JSON.stringify(values)} is refused with the name of its field`, async () => {
    expect(await refused({ data: dataOf({ ...alarmValues, ...values }) })).toEqual([
      47003,
      `argument invalid! data.${key}.value invalid`,
    ])
  })
}

test('a value that is empty or missing is refused, and one that the template does not name is not looked at', async () => {
  const { thing1: _, ...missing } = alarmValues
  const said = 'argument invalid! data.thing1.value is emtpy'
  expect(await refused({ data: dataOf(missing) })).toEqual([47003, said])
  expect(await refused({ data: dataOf({ ...alarmValues, thing1: '' }) })).toEqual([47003, said])
  expect(await refused({ data: undefined })).toEqual([47003, said])
  expect(await refused({ data: dataOf({ ...alarmValues, remark: '再见' }) })).toEqual([0, 'ok'])
})

test('a body that is empty, no JSON, or of other types is refused', async () => {
  const access_token = await client.accessToken()
  const code = async (body: unknown) => (await client.post(api, body, { access_token })).body.errcode
  expect(await code('')).toBe(44002)
  for (const body of ['touser=x', '[]', '{"touser":7}']) expect(await code(body), body).toBe(47001)
  expect(await code(client.letter({ data: [] }))).toBe(47001)
  expect(await code(client.letter({ data: { ...dataOf(alarmValues), thing1: 'text' } }))).toBe(47001)
  expect(await code(client.letter({ data: { ...dataOf(alarmValues), thing1: { value: 7 } } }))).toBe(47001)
  expect((await client.get(api, { access_token })).body.errcode).toBe(43002)
})

test('the same client_msg_id is sent once to each follower within ten minutes', async () => {
  const [first = '', second = ''] = service.openids.following
  const send = async (touser: string, id: string) => (await client.send({ touser, client_msg_id: id })).text
  const sent = await send(first, 'same')
  const count = (await service.cards(first)).length
  expect(await send(first, 'same')).toBe(sent)
  expect((await service.cards(first)).length).toBe(count)
  expect(await send(second, 'same')).not.toBe(sent)
  expect(await send(first, 'other')).not.toBe(sent)
  service.advance(9 * 60_000)
  expect(await send(first, 'same')).toBe(sent)
  service.advance(61_000)
  expect(await send(first, 'same')).not.toBe(sent)
  expect((await service.cards(first)).length).toBe(count + 2)
  expect(await refused({ client_msg_id: 'x'.repeat(33) })).toEqual([47003, 'argument invalid! client_msg_id invalid'])
})

test('a refused message is not remembered by its client_msg_id', async () => {
  const client_msg_id = 'refused-first'
  expect((await refused({ client_msg_id, data: {} }))[0]).toBe(47003)
  expect(await refused({ client_msg_id })).toEqual([0, 'ok'])
})

test('sending has a quota by day and by minute', async () => {
  await service.control('quota', { api, minute: 0 })
  expect(await refused({})).toEqual([45011, 'api minute-quota reach limit, must slower, retry next minute'])
  await service.control('quota', { api, day: 0 })
  expect(await refused({})).toEqual([45009, 'reach max api daily quota limit'])
})

test('an account without the right to templates can neither list them nor send', async () => {
  const other = wechatClient({ ...service, appId: service.otherAppIds.unauthorized })
  expect((await other.send()).body.errcode).toBe(48001)
  expect((await other.call('template/get_all_private_template')).errmsg).toMatch(/^api unauthorized rid: /)
  expect((await other.call('user/get')).total).toBeGreaterThan(0)
})
