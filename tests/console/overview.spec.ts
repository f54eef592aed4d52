/** The overview: steps to the first message, the state of each channel, and what needs a person. */
import type { Page } from '@playwright/test'
import { expect, test } from '../support/console.ts'
import { expectSoundPage, inEveryLook } from '../support/page-checks.ts'
import {
  addApp,
  addKey,
  addTemplate,
  addValidatedAccount,
  alarmTo,
  makeSending,
  send,
  validateAccount,
} from '../support/sending.ts'

const steps = (page: Page) => page.getByRole('region', { name: 'Steps to the first message' })
const card = (page: Page) =>
  page.getByRole('region', { name: 'Channels' }).getByRole('listitem').filter({ hasText: 'Email' })
const attention = (page: Page) => page.getByRole('region', { name: 'Needs attention' })
const count = (page: Page, label: string) =>
  card(page)
    .locator('div')
    .filter({ has: page.locator(`dt:text-is("${label}")`) })
    .locator('dd')

test('the steps to the first message are ticked off one by one, and go when all are done', async ({ page, signet }) => {
  const organization = await signet.enterNew(page)
  await page.goto('/')
  await expect(steps(page).getByRole('listitem')).toHaveCount(5)
  await expect(card(page)).toContainText(/Not configured.*No validated account/)
  await steps(page).getByRole('link', { name: 'Add an account and validate it' }).click()
  await page.waitForURL('**/third-party-configuration/sms')

  await addValidatedAccount(signet, organization)
  await page.goto('/')
  await expect(steps(page).getByRole('link', { name: 'Add an account and validate it' })).toBeHidden()
  await expect(steps(page)).toContainText('Add an account and validate it (done)')
  await expect(steps(page)).toContainText('Configure a template for a scenario of that channel.')
  await expect(card(page)).toContainText(/Validated.*Main/)

  await addTemplate(signet, organization, 'device_alarm')
  const app = await addApp(signet, organization)
  await page.goto('/')
  await steps(page).getByRole('link', { name: 'Make an API key' }).click()
  await page.waitForURL('**/apps/shop#keys')

  const key = await addKey(signet, organization, app.id, 'live')
  await page.goto('/')
  await steps(page).getByRole('link', { name: 'Send the first message' }).click()
  await page.waitForURL('**/messages')
  await send(signet, key, alarmTo('first@example.com'))
  await page.goto('/')
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible()
  await expect(steps(page)).toBeHidden()
  await expect(attention(page)).toContainText('Nothing needs attention.')
  await expect.poll(async () => page.goto('/').then(() => count(page, 'Sent').textContent())).toBe('1')
})

test('failed messages, a failing account and what waits for it are told, each with its place', async ({
  page,
  signet,
}) => {
  const organization = await signet.newOrganization()
  const { accountId, liveKey, testKey } = await makeSending(signet, organization)
  await send(signet, testKey, alarmTo('failed@example.com'))
  const gone = 'gone@overview.example.com'
  await signet.simulator.control({ channel: 'email', kind: 'reject_recipient', to: gone, times: 1, code: 550 })
  await send(signet, liveKey, alarmTo(gone))
  await signet.signIn(page, organization.owner)
  await expect.poll(async () => page.goto('/').then(() => count(page, 'Failed').textContent())).toBe('1')
  await attention(page).getByRole('link', { name: '1 message failed in the last 24 hours.' }).click()
  await page.waitForURL('**/messages?channel=email&status=problem')
  await expect(page.getByRole('table', { name: 'Messages' })).toContainText('g•••@overview.example.com')

  // The account is refused as a sender for good: a person has to put it right.
  await signet.simulator.control({ channel: 'email', kind: 'reject_sender', times: 1, code: 550 })
  await send(signet, liveKey, alarmTo('held@overview.example.com'))
  await expect.poll(async () => page.goto('/').then(() => attention(page).textContent())).toContain('1 message waits')
  await expect(card(page)).toContainText('Validated, failing')
  await expect(attention(page).getByRole('link', { name: /The account Main is failing/ })).toBeVisible()
  await attention(page)
    .getByRole('link', { name: /1 message waits/ })
    .click()
  await expect(page.getByRole('table', { name: 'Messages' })).toContainText(/h•••@overview.example.com.*Waiting/)

  await validateAccount(signet, organization, accountId)
  await expect.poll(async () => page.goto('/').then(() => attention(page).textContent())).not.toContain('waits')
  await expect(card(page)).not.toContainText('failing')
  await expect.poll(() => signet.simulator.count('held@overview.example.com')).toBe(1)
})

/** The bars of a chart, and the numbers of one that it shows. */
const chart = (page: Page, of: '24 hours' | '30 days') =>
  page.getByRole('radiogroup', { name: new RegExp(`^\\d+ messages? of the last ${of}`) })
const shownIn = (page: Page, of: '24 hours' | '30 days') =>
  chart(page, of)
    .locator('span')
    .evaluateAll((spans) => spans.filter(({ clientWidth }) => clientWidth > 1).map(({ textContent }) => textContent))

test('what became of messages is read bar by bar, by keys and by pointer, of a day and of thirty', async ({
  page,
  signet,
}) => {
  const organization = await signet.newOrganization()
  const { liveKey, testKey } = await makeSending(signet, organization)
  await send(signet, testKey, alarmTo('failed@example.com'))
  await send(signet, liveKey, alarmTo('counted@example.com'))
  await signet.signIn(page, organization.owner)
  await expect.poll(async () => page.goto('/').then(() => count(page, 'Sent').textContent())).toBe('1')

  const hours = chart(page, '24 hours').getByRole('radio')
  await expect(hours).toHaveCount(24)
  await expect(hours.last()).toBeChecked()
  await expect(hours.last()).toHaveAccessibleName(/^\d\d:00–\d\d:00: 1 sent, 0 open, 0 failed$/)
  expect(await shownIn(page, '24 hours')).toEqual([expect.stringContaining(': 1 sent, 0 open, 0 failed')])
  await hours.last().focus()
  await page.keyboard.press('ArrowLeft')
  await expect(hours.nth(22)).toBeFocused()
  await expect(hours.nth(22)).toHaveAccessibleName(/: 0 sent, 0 open, 0 failed$/)
  expect(await shownIn(page, '24 hours')).toEqual([expect.stringContaining(': 0 sent')])
  await chart(page, '24 hours').locator('label').last().hover()
  expect(await shownIn(page, '24 hours')).toEqual([expect.stringContaining(': 1 sent')])

  const period = page.getByRole('navigation', { name: 'Period' })
  await period.getByRole('link', { name: '30 days' }).click()
  await page.waitForURL('**/?period=30d')
  await expect(chart(page, '30 days').getByRole('radio')).toHaveCount(30)
  await page.reload()
  await expect(page.getByRole('region', { name: 'Last 30 days' })).toContainText('Sent 1')
  await expect(chart(page, '30 days').getByRole('radio', { name: /: 1 sent, 0 open, 0 failed$/ })).toBeChecked()
  await expect(count(page, 'Sent')).toHaveText('1')
  await page.goBack()
  await expect(chart(page, '24 hours')).toBeVisible()
})

test('keys that end soon are told', async ({ page, signet }) => {
  const organization = await signet.newOrganization()
  const app = await addApp(signet, organization)
  await addKey(signet, organization, app.id, 'live', 7)
  await addKey(signet, organization, app.id, 'test', 60)
  await signet.signIn(page, organization.owner)
  await page.goto('/')
  await expect(attention(page).getByRole('listitem')).toHaveCount(1)
  await attention(page).getByRole('link', { name: 'The API key “live key” expires soon.' }).click()
  await page.waitForURL('**/apps/shop#keys')
})

test('the overview is sound in light and dark, wide and narrow, and reads as Chinese', async ({ browser, signet }) => {
  const organization = await signet.newOrganization()
  const app = await addApp(signet, organization)
  await addKey(signet, organization, app.id, 'live', 7)
  await inEveryLook(browser, signet, await organization.add('viewer'), async (page) => {
    await page.goto('/')
    await expect(attention(page).getByRole('listitem')).toHaveCount(1)
    await expectSoundPage(page)
  })
  const context = await browser.newContext({ baseURL: signet.url, locale: 'zh-CN' })
  const page = await context.newPage()
  await signet.signIn(page, organization.owner)
  await page.goto('/')
  await expect(
    page.getByRole('region', { name: '开始使用' }).getByRole('link', { name: '添加并验证账号' }),
  ).toBeVisible()
  await expect(page.getByRole('region', { name: '待处理' })).toContainText('API 密钥“live key”即将到期。')
  await expect(page.getByRole('region', { name: '最近 24 小时' })).toContainText('最近 24 小时没有消息。')
  await context.close()
})

test('its chart is sound in light and dark, wide and narrow, and reads as Chinese', async ({ browser, signet }) => {
  const organization = await signet.newOrganization()
  const { liveKey } = await makeSending(signet, organization)
  await send(signet, liveKey, alarmTo('sound@example.com'))
  await inEveryLook(browser, signet, await organization.add('viewer'), async (page) => {
    for (const [address, of] of [
      ['/', '24 hours'],
      ['/?period=30d', '30 days'],
    ] as const) {
      await page.goto(address)
      await expect(chart(page, of)).toBeVisible()
      await expectSoundPage(page)
    }
  })
  const context = await browser.newContext({ baseURL: signet.url, locale: 'zh-CN' })
  const page = await context.newPage()
  await signet.signIn(page, organization.owner)
  await page.goto('/')
  await page.getByRole('navigation', { name: '时间范围' }).getByRole('link', { name: '30 天' }).click()
  await expect(page.getByRole('region', { name: '最近 30 天' }).getByRole('radio').last()).toHaveAccessibleName(
    /^\d+月\d+日.*：已发送 \d，处理中 \d，失败 0$/,
  )
  await context.close()
})
