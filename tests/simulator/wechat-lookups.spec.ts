/** The lists of templates and of followers. */
import { expect, test } from '@playwright/test'
import { keywordsOf } from '#simulator/wechat/templates.ts'
import { dataOf, requestId, seeded, type WechatClient, wechatClient } from '../support/wechat-client.ts'
import { startWechat, type WechatService } from '../support/wechat-service.ts'

let service: WechatService
let client: WechatClient

test.beforeAll(async () => {
  service = await startWechat()
  client = wechatClient(service)
})

test.afterEach(() => service.clear())

test.afterAll(() => service.close())

type Listed = { template_id: string; title: string; content: string; example: string }

const list = async (by = client): Promise<Listed[]> =>
  (await by.call('template/get_all_private_template')).template_list as Listed[]
const titles = async (by = client) => (await list(by)).map(({ title }) => title)
const of = (role: keyof WechatService['otherAppIds']) => wechatClient({ ...service, appId: service.otherAppIds[role] })

test('the list has the fields of the real one and no errcode', async () => {
  const answer = await client.call('template/get_all_private_template')
  expect(Object.keys(answer)).toEqual(['template_list'])
  const [first] = await list()
  expect(first).toEqual({
    template_id: seeded('设备告警通知').id,
    title: '设备告警通知',
    primary_industry: '',
    deputy_industry: '',
    content:
      '设备名称:{{thing1.DATA}}\n设备编号:{{character_string2.DATA}}\n告警级别:{{const3.DATA}}\n告警内容:{{thing4.DATA}}\n告警时间:{{time5.DATA}}\n',
    example:
      '设备名称:客厅烟雾报警器\n设备编号:SN-20260418-0097\n告警级别:紧急\n告警内容:烟雾浓度超过阈值\n告警时间:2026-11-20 10:00:00\n',
  })
})

test('every listed template can be sent with its own example', async () => {
  for (const { template_id, content, example } of await list()) {
    const lines = example.split('\n')
    const values = keywordsOf(content).map(({ key, label }, index) => [
      key,
      lines[index]?.slice(label.length + 1) ?? '',
    ])
    const { body } = await client.send({ template_id, data: dataOf(Object.fromEntries(values)) })
    expect(body, content).toMatchObject({ errcode: 0 })
  }
})

test('each account has its own templates, and one has none', async () => {
  expect((await titles()).length).toBe(6)
  expect(await titles(of('second'))).toEqual(['社区通知', '设备告警通知'])
  expect(await titles(of('bare'))).toEqual([])
  expect((await client.send({ template_id: (await list(of('second')))[1]?.template_id })).body.errcode).toBe(40037)
})

test('templates can be added, changed and removed', async () => {
  const id = `${'T'.repeat(40)}-_0`
  const content = '门店:{{thing1.DATA}}\n类别:{{const2.DATA}}\n'
  await service.control('template_state', { id, title: '门店通知', content, values: 'const2=开门|关门' })
  expect((await list()).at(-1)).toMatchObject({ template_id: id, title: '门店通知', content })
  const code = async (const2: string) =>
    (await client.send({ template_id: id, data: dataOf({ thing1: '一店', const2 }) })).body.errcode
  expect([await code('开门'), await code('开工')]).toEqual([0, 47003])
  await service.control('template_state', { id: seeded('设备告警通知').id, title: '告警' })
  expect((await titles())[0]).toBe('告警')
  await service.control('template_state', { id, state: 'removed' })
  expect((await titles()).length).toBe(6)
})

test('templates that the list leaves out can be sent all the same', async () => {
  await service.control('templates_unlisted')
  expect(await titles()).toEqual([])
  expect(await titles(of('second'))).toHaveLength(2)
  expect((await client.send()).body.errcode).toBe(0)
})

test('a state that makes no sense is refused with a sentence about it', async () => {
  const id = 'x'.repeat(43)
  const cases: [kind: string, fields: Record<string, string | number>, RegExp][] = [
    ['template_state', { id: 'short' }, /"id" must be 43/],
    ['template_state', { id }, /give its "title" and its "content"/],
    ['template_state', { id, title: 'x', content: 'nothing' }, /"content" has no/],
    ['template_state', { id, title: 'x', content: '{{thing1.DATA}}', values: 'x' }, /"values" must be written like/],
    ['template_state', { id, appId: 'wx0' }, /"appId" is not one of/],
    ['follower_state', { openid: 'o123', state: 'following' }, /"openid" is not one of/],
    ['follower_state', { openid: service.openids.refused, state: 'gone' }, /"state" must be one of/],
    ['quota', { api: 'token' }, /needs "day" or "minute"/],
    ['quota', { api: 'ticket', day: 1 }, /"api" must be one of/],
    ['callback', { url: 'https://example.com', token: 'abc' }, /on this machine/],
    ['callback', { url: 'http://localhost/', token: 'a' }, /"token" must be 3 to 32/],
    ['callback', { url: 'http://localhost/', token: 'abc', mode: 'secure' }, /needs "aesKey"/],
    ['callback', { url: 'http://localhost/', token: 'abc', aesKey: 'abc' }, /"aesKey" must be 43/],
    ['end_tokens', { as: 'lost' }, /"as" must be one of/],
    ['calls', { appId: 'x' }, /"calls" takes no "appId"/],
    ['nothing', {}, /"kind" must be one of: .*reject, .*calls/],
  ]
  for (const [kind, fields, sentence] of cases) {
    await expect(service.control(kind, fields), JSON.stringify(fields)).rejects.toThrow(sentence)
  }
})

test('a follower is described as by the real service, and one who left only as that', async () => {
  const { following, not_following } = service.openids
  const [openid = ''] = following
  expect(await client.call('user/info', { openid, lang: 'zh_CN' })).toEqual({
    subscribe: 1,
    openid,
    language: 'zh_CN',
    subscribe_time: expect.any(Number),
    remark: '',
    groupid: 0,
    tagid_list: [],
    subscribe_scene: 'ADD_SCENE_QR_CODE',
    qr_scene: 0,
    qr_scene_str: '',
  })
  expect(await client.call('user/info', { openid: not_following })).toEqual({ subscribe: 0, openid: not_following })
  const wrong = await client.call('user/info', { openid: 'nonsense' })
  expect([wrong.errcode, wrong.errmsg?.replace(requestId, '')]).toEqual([40003, 'invalid openid'])
  expect((await client.call('user/info')).errcode).toBe(41009)
})

test('the followers are listed from a given one on, without those who left', async () => {
  const { following, user_block, system_failed, refused } = service.openids
  const openid = [...following, user_block, system_failed, refused]
  const all = { total: 6, count: 6, data: { openid }, next_openid: refused }
  expect(await client.call('user/get')).toEqual(all)
  expect(await client.call('user/get', { next_openid: user_block })).toEqual({
    total: 6,
    count: 2,
    data: { openid: [system_failed, refused] },
    next_openid: refused,
  })
  expect(await client.call('user/get', { next_openid: refused })).toEqual({ total: 6, count: 0, next_openid: '' })
  expect((await client.call('user/get', { next_openid: 'nonsense' })).errcode).toBe(40003)
  await service.control('follower_state', { openid: refused, state: 'not_following' })
  expect((await client.call('user/get')).total).toBe(5)
})
