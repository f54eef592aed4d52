/** Webhooks: made with a secret that is shown once, tried out, followed call by call, sent again, changed and deleted. */
import { createHmac } from 'node:crypto'
import { test as base, expect, type Organization, type Signet } from '../support/console.ts'
import { misplacedAt } from '../support/layout-check.ts'
import { expectSoundPage, inEveryLook } from '../support/page-checks.ts'
import { addApp } from '../support/sending.ts'
import { receiver } from '../support/webhook-stage.ts'
import { WebhooksPage } from './webhooks.page.ts'

type Receiver = Awaited<ReturnType<typeof receiver>>

const test = base.extend<{ heard: Receiver }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs off this pattern
  heard: async ({}, use) => {
    const heard = await receiver()
    await use(heard)
    await heard.close()
  },
})

/** By the documentation of Standard Webhooks, without its package. */
function isSigned(secret: string, { headers, body }: Receiver['calls'][number]): boolean {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
  const signature = `v1,${createHmac('sha256', key).update(signed).digest('base64')}`
  return String(headers['webhook-signature']).split(' ').includes(signature)
}

/** An App with a webhook, as the console's procedures make it. */
async function withWebhook(signet: Signet, organization: Organization, url: string, enabled = true): Promise<string> {
  const { id: appId } = await addApp(signet, organization)
  const { webhooks } = await signet.api(organization.owner)
  const events = ['message.delivered', 'message.failed'] as const
  const made = await webhooks.add.mutate({
    ...{ appId, url, enabled, description: '', events: [...events], wholeRecipient: false },
  })
  return made.id
}

test('a webhook is made, its secret shown once, and a test event arrives with a signature', async ({
  page,
  signet,
  heard,
}) => {
  const organization = await signet.newOrganization()
  await addApp(signet, organization)
  await signet.signIn(page, organization.owner)
  const webhooks = new WebhooksPage(page)
  await webhooks.openApp()
  await expect(page.getByRole('heading', { name: 'No webhooks yet' })).toBeVisible()
  const secret = await webhooks.make(heard.url)
  expect(secret).toMatch(/^whsec_/)
  await expect(webhooks.secret).toBeFocused()
  await expect(webhooks.table).toContainText('5 of 13')
  await expect(webhooks.table).toContainText('On')
  await page.reload()
  await expect(webhooks.table).toContainText(heard.url)
  await expect(webhooks.secret).toBeHidden()
  expect(await page.content()).not.toContain(secret)

  await webhooks.table.getByRole('link').click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(heard.url)
  await expect(page.getByRole('heading', { name: 'Nothing was sent yet' })).toBeVisible()
  heard.state.text = 'thank you'
  await webhooks.tryOut()
  await expect(page.getByText('The test event arrived')).toBeVisible({ timeout: 20_000 })
  await expect(webhooks.call()).toContainText(/Delivered.*200 · \d/)
  await webhooks.call().getByRole('button', { name: 'webhook.test' }).click()
  await expect(webhooks.unfolded).toContainText('"type": "webhook.test"')
  const [call] = heard.calls
  await expect(webhooks.unfolded).toContainText(String(call?.headers['webhook-id']))
  await expect(webhooks.unfolded).toContainText('thank you')
  expect(heard.calls).toHaveLength(1)
  expect(call && isSigned(secret, call)).toBe(true)

  await page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'Webhooks' }).click()
  await page.waitForURL('**/apps/shop#webhooks')
  await expect(webhooks.table).toContainText(heard.url)
})

test('what is wrong stands on its field, and nothing typed is lost', async ({ page, signet, heard }) => {
  const organization = await signet.newOrganization()
  await addApp(signet, organization)
  await signet.signIn(page, organization.owner)
  const webhooks = new WebhooksPage(page)
  await webhooks.openApp()
  await webhooks.start.click()
  await webhooks.field('Address').fill('http://shop.example/hook')
  await webhooks.field('Description').fill('order service')
  for (const name of ['sent', 'delivered', 'failed', 'unknown', 'expired']) {
    await webhooks.event(`message.${name}`).uncheck()
  }
  await webhooks.press('Make webhook')
  await expect(webhooks.field('Address')).toHaveAttribute('aria-invalid', 'true')
  await expect(webhooks.field('Address')).toBeFocused()
  await expect(webhooks.dialog.getByRole('alert')).toContainText('Choose at least one event.')
  await webhooks.field('Address').fill(heard.url)
  await webhooks.press('Make webhook')
  await expect(webhooks.event('message.sent')).toBeFocused()
  await webhooks.event('verification.approved').check()
  await webhooks.press('Make webhook')
  await expect(webhooks.secret).toBeVisible()
  await expect(webhooks.table).toContainText('order service')
  await expect(webhooks.table).toContainText('verification.approved')
})

test('a call that is not taken waits with words, and is sent again', async ({ page, signet, heard }) => {
  const organization = await signet.newOrganization()
  const id = await withWebhook(signet, organization, heard.url)
  await signet.signIn(page, organization.owner)
  heard.state.status = 500
  heard.state.text = 'the shelf is full'
  const webhooks = new WebhooksPage(page)
  await webhooks.open(id)
  await webhooks.tryOut()
  await expect(page.getByText('The test event was not taken')).toBeVisible({ timeout: 20_000 })
  await expect(webhooks.call()).toContainText(/Waiting.*tried \d of 10.*500 · \d/)
  await expect(webhooks.state('Failing')).toBeVisible()
  await expect(page.getByText('No call is answered well at present')).toBeVisible()
  await webhooks.call().getByRole('button', { name: 'webhook.test' }).click()
  await expect(webhooks.unfolded).toContainText('the shelf is full')

  heard.state.status = 200
  await webhooks.call().getByRole('button', { name: 'Send again' }).click()
  await expect(webhooks.call()).toContainText('Delivered', { timeout: 20_000 })
  await expect(webhooks.state('On')).toBeVisible()
  expect(new Set(heard.calls.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
})

test('failed calls are found by the address and sent again together', async ({ page, signet, heard }) => {
  const organization = await signet.newOrganization()
  const id = await withWebhook(signet, organization, heard.url)
  await signet.signIn(page, organization.owner)
  heard.state.status = 400
  const webhooks = new WebhooksPage(page)
  await webhooks.open(id)
  await webhooks.tryOut()
  await expect(webhooks.call()).toContainText(/Failed.*400/, { timeout: 20_000 })
  await webhooks.show('Waiting')
  await page.waitForURL(/state=waiting/)
  await expect(page.getByRole('heading', { name: 'No call is waiting' })).toBeVisible()
  await webhooks.show('Failed')
  await page.waitForURL(/state=failed/)
  await expect(webhooks.call()).toContainText('Failed')

  heard.state.status = 200
  await page.getByRole('button', { name: 'Send failed ones again' }).click()
  await webhooks.field('Failed within').selectOption('The last hour')
  await webhooks.press('Send again')
  await expect(page.getByText('1 call was put in line')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'No call has failed' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Send failed ones again' })).toBeHidden()
  await webhooks.show('All')
  await expect(webhooks.call()).toContainText('Delivered', { timeout: 20_000 })
})

test('one that answers 410 is switched off, and on again by its form', async ({ page, signet, heard }) => {
  const organization = await signet.newOrganization()
  const id = await withWebhook(signet, organization, heard.url)
  await signet.signIn(page, organization.owner)
  heard.state.status = 410
  const webhooks = new WebhooksPage(page)
  await webhooks.open(id)
  await webhooks.tryOut()
  await expect(webhooks.state('Gone')).toBeVisible({ timeout: 20_000 })
  await webhooks.tryOut()
  await expect(page.getByText('This webhook is switched off')).toBeVisible()
  await webhooks.choose('Edit')
  await expect(webhooks.field('Address')).toHaveValue(heard.url)
  await webhooks.dialog.getByRole('checkbox', { name: 'On', exact: true }).check()
  await webhooks.field('Description').fill('back again')
  await webhooks.press('Save')
  await expect(webhooks.state('On')).toBeVisible()
  await expect(page.getByText('back again')).toBeVisible()
})

test('a change over somebody else’s is refused', async ({ page, signet, heard }) => {
  const organization = await signet.newOrganization()
  const id = await withWebhook(signet, organization, heard.url)
  await signet.signIn(page, organization.owner)
  const webhooks = new WebhooksPage(page)
  await webhooks.open(id)
  await webhooks.choose('Edit')
  await webhooks.field('Description').fill('mine')
  const api = await signet.api(organization.owner)
  const { version, url } = await api.webhooks.get.query({ appKey: 'shop', id })
  const theirs = { id, version, url, description: 'theirs', events: ['message.sent' as const] }
  await api.webhooks.change.mutate({ ...theirs, enabled: true, wholeRecipient: false })
  await webhooks.press('Save')
  await expect(webhooks.dialog).toContainText('Somebody else changed this webhook meanwhile')
  await expect(webhooks.field('Description')).toHaveValue('mine')
  // What the page shows is read anew, and does not make the form's own change the newer one.
  await expect(page.getByText('theirs')).toBeVisible()
  await webhooks.press('Save')
  await expect(webhooks.dialog).toContainText('Somebody else changed this webhook meanwhile')
})

test('a secret is replaced, and both sign meanwhile', async ({ page, signet, heard }) => {
  const organization = await signet.newOrganization()
  await addApp(signet, organization)
  await signet.signIn(page, organization.owner)
  const webhooks = new WebhooksPage(page)
  await webhooks.openApp()
  const before = await webhooks.make(heard.url)
  await webhooks.secret.getByRole('link', { name: 'send a test event' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(heard.url)
  await webhooks.choose('Replace secret')
  await expect(webhooks.dialog).toContainText('Calls are signed with both secrets for 24 hours')
  await webhooks.press('Replace secret')
  await expect(webhooks.secret).toBeVisible()
  const secret = await webhooks.shownSecret()
  expect(secret).not.toBe(before)
  await expect(page.getByText('The secret before signs too until')).toBeVisible()
  await webhooks.tryOut()
  await expect(page.getByText('The test event arrived')).toBeVisible({ timeout: 20_000 })
  expect(heard.calls.map((call) => [before, secret].every((one) => isSigned(one, call)))).toEqual([true])
})

test('a webhook is deleted with the list of its calls', async ({ page, signet, heard }) => {
  const organization = await signet.newOrganization()
  const id = await withWebhook(signet, organization, heard.url)
  await signet.signIn(page, organization.owner)
  const webhooks = new WebhooksPage(page)
  await webhooks.open(id)
  await webhooks.choose('Delete')
  await expect(webhooks.dialog).toContainText('The list of its calls goes with it.')
  await webhooks.press('Delete webhook')
  await page.waitForURL('**/apps/shop#webhooks')
  await expect(page.getByRole('heading', { name: 'No webhooks yet' })).toBeVisible()
  await webhooks.open(id)
  await expect(page.getByRole('heading', { name: 'This record is not here' })).toBeVisible()
})

test('a viewer reads webhooks and their calls, and changes nothing', async ({ page, signet, heard }) => {
  const organization = await signet.newOrganization()
  const id = await withWebhook(signet, organization, heard.url)
  const api = await signet.api(organization.owner)
  await api.webhooks.tryOut.mutate({ id })
  await expect.poll(() => heard.calls.length, { timeout: 20_000 }).toBe(1)
  await signet.signIn(page, await organization.add('viewer'))
  const webhooks = new WebhooksPage(page)
  await webhooks.openApp()
  await expect(webhooks.table).toContainText(heard.url.replace('hook', '…'))
  await expect(page.getByText(heard.url)).toBeHidden()
  await expect(webhooks.start).toBeHidden()
  await webhooks.table.getByRole('link').click()
  await webhooks.call().getByRole('button', { name: 'webhook.test' }).click()
  await expect(webhooks.unfolded).toContainText('"type": "webhook.test"')
  for (const name of ['Send test event', 'More', 'Send again', 'Send failed ones again']) {
    await expect(page.getByRole('button', { name, exact: true })).toBeHidden()
  }
})

test('webhooks are sound in light and dark, wide and narrow, with everything open', async ({
  browser,
  page: narrowing,
  signet,
  heard,
}) => {
  const organization = await signet.newOrganization()
  const id = await withWebhook(signet, organization, `${heard.url}?${'x'.repeat(1900)}`)
  const api = await signet.api(organization.owner)
  heard.state.status = 500
  await api.webhooks.tryOut.mutate({ id })
  const tried = async () => (await api.webhooks.deliveries.query({ endpointId: id })).rows[0]?.attempts
  await expect.poll(tried, { timeout: 20_000 }).toBeGreaterThan(0)
  await inEveryLook(browser, signet, organization.owner, async (page) => {
    const webhooks = new WebhooksPage(page)
    await webhooks.openApp()
    await expect(webhooks.table).toBeVisible()
    await webhooks.start.click()
    await webhooks.press('Make webhook')
    await expect(webhooks.field('Address')).toHaveAttribute('aria-invalid', 'true')
    await expectSoundPage(page)
    await webhooks.open(id)
    await webhooks.call().getByRole('button', { name: 'webhook.test' }).click()
    await expect(webhooks.unfolded).toContainText('"type": "webhook.test"')
    await expectSoundPage(page)
    await webhooks.choose('Replace secret')
    await expect(webhooks.dialog).toBeVisible()
    await expectSoundPage(page)
  })
  await signet.signIn(narrowing, organization.owner)
  const webhooks = new WebhooksPage(narrowing)
  await webhooks.open(id)
  await webhooks.call().getByRole('button', { name: 'webhook.test' }).click()
  await expect(webhooks.unfolded).toContainText('"type": "webhook.test"')
  const misplaced: string[] = []
  for (const width of [1280, 1024, 768, 640, 390, 360]) misplaced.push(...(await misplacedAt(narrowing, width)))
  expect(misplaced).toEqual([])
})
