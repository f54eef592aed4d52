/** Which pages are photographed, and in what state. */
import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from 'playwright'

export type Sandbox = {
  url: string
  simulatorUrl: string
  email: string
  password: string
  apps: { key: string; liveKey: string; testKey: string }[]
}

export type Shot = {
  name: string
  path: string
  /** Seen without signing in. */
  isPublic?: boolean
  /** Brings the page into the state to be shown. */
  prepare?: (page: Page) => Promise<void>
}

const configuration = '/personal-center/third-party-configuration'
const email = `${configuration}/email`
const sms = `${configuration}/sms`
const voice = `${configuration}/voice`
const officialAccount = `${configuration}/official-account`

async function send(sandbox: Sandbox, key: string, body: object): Promise<string> {
  const answer = await fetch(`${sandbox.url}/api/v1/messages`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const { id } = (await answer.json()) as { id?: string }
  if (!id) throw new Error(`A message was not accepted: ${answer.status}`)
  return id
}

/** Messages of several kinds and ends, so that the log has something to show. Answers the ids of some of them. */
async function sendSome(sandbox: Sandbox): Promise<{ sent: string; failed: string; texted: string; called: string }> {
  const [shop, home] = sandbox.apps
  const liveKey = shop?.liveKey ?? ''
  const fault = { channel: 'email', kind: 'reject_recipient', to: 'gone@example.com' }
  await fetch(`${sandbox.simulatorUrl}/control`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(fault),
  })
  const alarm = {
    device_name: 'Boiler room 2',
    device_key: 'dev-7f3a91',
    alarm_content: 'Temperature 93 °C',
    alarm_level: 'critical',
  }
  const failed = await send(sandbox, liveKey, {
    channel: 'email',
    scenario: 'device_alarm',
    to: 'gone@example.com',
    variables: alarm,
  })
  for (let n = 0; n < 12; n++) {
    await send(sandbox, n % 3 === 0 ? (home?.liveKey ?? liveKey) : liveKey, {
      channel: 'email',
      scenario: n % 2 ? 'login' : 'registration',
      to: `user${n}@example.com`,
      variables: { code: '482913' },
    })
  }
  for (const to of ['failed@example.com', 'expired@example.com', 'anybody@example.com']) {
    await send(sandbox, shop?.testKey ?? '', { channel: 'email', scenario: 'login', to, variables: { code: '482913' } })
  }
  const sent = await send(sandbox, liveKey, {
    channel: 'email',
    scenario: 'login',
    to: 'lin@example.com',
    variables: { code: '482913' },
    reference: 'order-17',
  })
  const code = { code: '482913' }
  const texted = await send(sandbox, liveKey, {
    channel: 'sms',
    scenario: 'login',
    to: '+8613900000001',
    variables: code,
  })
  const called = await send(sandbox, liveKey, {
    channel: 'voice',
    scenario: 'device_alarm',
    to: '+8613900000002',
    variables: alarm,
  })
  await wait(4000)
  return { sent, failed, texted, called }
}

const press = (name: RegExp) => async (page: Page) => {
  await page.getByRole('button', { name }).first().click()
  await wait(400)
}

const follow = (name: string) => async (page: Page) => {
  const before = page.url()
  await page.getByRole('link', { name, exact: true }).first().click()
  await page.waitForURL((url) => url.href !== before)
  await wait(800)
}

/** Every page, with the data that it needs. */
export async function pages(sandbox: Sandbox): Promise<Shot[]> {
  const { sent, failed, texted, called } = await sendSome(sandbox)
  return [
    { name: 'sign-in', path: '/sign-in', isPublic: true },
    { name: 'overview', path: '/' },
    { name: 'overview-30-days', path: '/?period=30d' },
    { name: 'email', path: email },
    { name: 'email-add', path: email, prepare: press(/^(Add|添加|新增)$/) },
    { name: 'email-override', path: `${email}?app=smart-home` },
    { name: 'email-template', path: `${email}/templates/login` },
    {
      name: 'email-examples',
      path: `${email}/templates/login`,
      prepare: press(/^(Insert example|插入示例)$/),
    },
    { name: 'sms', path: sms },
    { name: 'sms-add', path: sms, prepare: press(/^(Add|添加|新增)$/) },
    { name: 'sms-override', path: `${sms}?app=smart-home` },
    { name: 'sms-template', path: `${sms}/templates/login` },
    { name: 'sms-template-override', path: `${sms}/templates/login?app=smart-home` },
    { name: 'voice', path: voice },
    { name: 'voice-override', path: `${voice}?app=smart-home` },
    { name: 'voice-template', path: `${voice}/templates/device_alarm` },
    { name: 'voice-template-override', path: `${voice}/templates/device_alarm?app=smart-home` },
    { name: 'official-account', path: officialAccount },
    { name: 'official-account-add', path: officialAccount, prepare: press(/^(Add|添加|新增)$/) },
    { name: 'push-rule', path: officialAccount, prepare: follow('Alarms') },
    { name: 'push-rule-new', path: `${officialAccount}/rules/new` },
    { name: 'apps', path: '/apps' },
    { name: 'app', path: '/apps/shop' },
    { name: 'messages', path: '/messages' },
    { name: 'messages-failed', path: '/messages?status=failed' },
    { name: 'message-sent', path: `/messages/${sent}` },
    { name: 'message-failed', path: `/messages/${failed}` },
    { name: 'message-sms', path: `/messages/${texted}` },
    { name: 'message-call', path: `/messages/${called}` },
    { name: 'personal-center', path: '/personal-center' },
    { name: 'members', path: '/personal-center/members' },
    { name: 'audit-log', path: '/personal-center/audit-log' },
    { name: 'data', path: '/personal-center/data' },
    { name: 'profile', path: '/personal-center/profile' },
    { name: 'not-found', path: '/nothing-here' },
    { name: 'docs', path: '/docs' },
  ]
}
