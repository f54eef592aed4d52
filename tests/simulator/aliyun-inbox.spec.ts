/** SMS and calls in the inbox: for programs and on the pages; and the settings that the services start with. */
import { expect, test } from '@playwright/test'
import { readSettings, SettingsError } from '#simulator/settings.ts'
import { aliyunClient, anyMobile } from '../support/aliyun-client.ts'
import { type Simulator, startSimulator } from '../support/simulator.ts'

let simulator: Simulator

test.beforeAll(async () => {
  simulator = await startSimulator()
})

test.afterAll(() => simulator.stop())

const send = (to: string, content: string) =>
  aliyunClient(simulator, 'sms')('SendSms', {
    PhoneNumbers: to,
    SignName: '星桥智家',
    TemplateCode: 'SMS_280020001',
    TemplateParam: JSON.stringify({ device: '门锁', content }),
    OutId: 'our-reference',
  })

const call = (to: string) =>
  aliyunClient(simulator, 'voice')('SingleCallByTts', {
    CalledNumber: to,
    TtsCode: 'TTS_280010001',
    TtsParam: '{"code":"4821"}',
    PlayTimes: 2,
  })

const page = async (path: string) => (await fetch(`${simulator.url}${path}`)).text()

test('the summary of an SMS and of a call names our reference, or the id of the cloud', async () => {
  const to = anyMobile()
  await send(to, '低电量')
  const { CallId } = await call(to)
  const messageIds = async (channel: string) =>
    (
      (await (await fetch(`${simulator.url}/inbox?channel=${channel}&summary=1&to=${to}`)).json()) as {
        messageId: string
      }[]
    ).map(({ messageId }) => messageId)
  expect(await messageIds('sms')).toEqual(['our-reference'])
  expect(await messageIds('voice')).toEqual([CallId])
})

test('the page of an SMS shows its text, signature, template and variables, in both languages', async () => {
  const to = anyMobile()
  await send(to, '<b>低电量</b>')
  const [message] = await simulator.sms(to)
  const english = await page(`/messages/${message?.id}?lang=en`)
  expect(english).toContain('【星桥智家】您的设备门锁发生告警：&lt;b&gt;低电量&lt;/b&gt;，请及时处理。')
  expect(english).not.toContain('<b>低电量')
  for (const fact of ['<h1>SMS from 星桥智家</h1>', '<dt>Signature</dt>', '<dt>${content}</dt>', 'SMS_280020001']) {
    expect(english).toContain(fact)
  }
  expect(english).not.toContain('<iframe')
  const chinese = await page(`/messages/${message?.id}?lang=zh`)
  for (const fact of ['<h1>星桥智家 的短信</h1>', '<dt>签名</dt>', '计 1 条', '尚未推送']) {
    expect(chinese).toContain(fact)
  }
})

test('the page of a call shows what is spoken, how, and from where', async () => {
  const to = anyMobile()
  await call(to)
  const [message] = await simulator.calls(to)
  const english = await page(`/messages/${message?.id}?lang=en`)
  for (const fact of ['What is spoken', '您的验证码是4821，请勿告诉他人。', 'Shared number pool', '<dd>2</dd>']) {
    expect(english).toContain(fact)
  }
})

test('the list shows texts and can be filtered by channel', async () => {
  const to = anyMobile()
  await send(to, '低电量')
  await call(to)
  const rows = async (query: string) => (await page(`/?lang=en&to=${to}${query}`)).match(/<tr>\n/g)?.length ?? 0
  expect(await rows('')).toBe(2)
  expect(await rows('&channel=sms')).toBe(1)
  expect(await rows('&channel=email')).toBe(0)
  expect(await page(`/?lang=en&to=${to}&channel=voice`)).toContain('<option value="voice" selected>')
  expect(await page('/?lang=en&channel=email')).toContain('Nothing was delivered on this channel yet.')
})

test('the AccessKey of the settings is both parts or none, and a wrong one is named', () => {
  const common = { NODE_ENV: 'test' as const, SIMULATOR_SMTP_USER: 'a@example.com', SIMULATOR_SMTP_PASSWORD: 'x' }
  const id = { SIMULATOR_ALIYUN_KEY_ID: 'LTAI5tSomething' }
  const secret = { SIMULATOR_ALIYUN_KEY_SECRET: 'a-long-secret' }
  expect(readSettings(common).aliyun).toBeUndefined()
  expect(readSettings({ ...common, ...id, ...secret }).aliyun).toEqual({
    accessKeyId: 'LTAI5tSomething',
    accessKeySecret: 'a-long-secret',
  })
  expect(() => readSettings({ ...common, ...id })).toThrow(/^The setting SIMULATOR_ALIYUN_KEY_SECRET must be/)
  expect(() => readSettings({ ...common, ...secret })).toThrow(/^The setting SIMULATOR_ALIYUN_KEY_ID must be/)
  expect(() => readSettings({ ...common, ...secret, SIMULATOR_ALIYUN_KEY_ID: 'a b' })).toThrow(SettingsError)
})
