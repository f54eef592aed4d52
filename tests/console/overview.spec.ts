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

/** For what a worker has to do first. */
const patient = { timeout: 30_000 }
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
  const organization = await signet.newOrganization()
  await signet.signIn(page, organization.owner)
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
  await expect.poll(async () => page.goto('/').then(() => count(page, 'Sent').textContent()), patient).toBe('1')
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
  await expect.poll(async () => page.goto('/').then(() => count(page, 'Failed').textContent()), patient).toBe('1')
  await attention(page).getByRole('link', { name: '1 message failed in the last 24 hours.' }).click()
  await page.waitForURL('**/messages?channel=email&status=problem')
  await expect(page.getByRole('table', { name: 'Messages' })).toContainText('g•••@overview.example.com')

  // The account is refused as a sender for good: a person has to put it right.
  await signet.simulator.control({ channel: 'email', kind: 'reject_sender', times: 1, code: 550 })
  await send(signet, liveKey, alarmTo('held@overview.example.com'))
  await expect
    .poll(async () => page.goto('/').then(() => attention(page).textContent()), patient)
    .toContain('1 message waits')
  await expect(card(page)).toContainText('Validated, failing')
  await expect(attention(page).getByRole('link', { name: /The account Main is failing/ })).toBeVisible()
  await attention(page)
    .getByRole('link', { name: /1 message waits/ })
    .click()
  await expect(page.getByRole('table', { name: 'Messages' })).toContainText(/h•••@overview.example.com.*Waiting/)

  await validateAccount(signet, organization, accountId)
  await expect
    .poll(async () => page.goto('/').then(() => attention(page).textContent()), patient)
    .not.toContain('waits')
  await expect(card(page)).not.toContainText('failing')
  await expect.poll(() => signet.simulator.count('held@overview.example.com')).toBe(1)
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
  await context.close()
})
