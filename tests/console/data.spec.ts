/** What owners decide about data: how long it is kept. */
import type { Page } from '@playwright/test'
import { expect, test } from '../support/console.ts'
import { expectSoundPage, inEveryLook } from '../support/page-checks.ts'

const place = '/personal-center/data'
const retention = (page: Page) => page.getByRole('region', { name: 'Retention' })

test('an owner says how long messages and what they said are kept, once what would go was agreed to', async ({
  page,
  signet,
}) => {
  await signet.enterNew(page)
  await page.goto('/personal-center')
  await page.getByRole('main').getByRole('link', { name: 'Data' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Data' })).toBeVisible()
  const form = retention(page)
  const [messages, content] = [form.getByLabel('Days messages are kept'), form.getByLabel('Days their content is kept')]
  const update = form.getByRole('button', { name: 'Update retention' })
  await messages.fill('soon')
  await content.fill('0')
  await update.click()
  await expect(messages).toHaveAccessibleDescription('Enter a number.')
  await messages.fill('30')
  await update.click()
  await expect(content).toHaveAccessibleDescription('The least is 1.')
  await content.fill('31')
  await update.click()
  await expect(content).toHaveAccessibleDescription('Content is kept no longer than its message.')
  await content.fill('7')
  await update.click()
  const dialog = page.getByRole('dialog', { name: 'Keep less than before?' })
  await expect(dialog).toContainText('older than 30 days go')
  await expect(dialog).toContainText('older than 7 days goes')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(messages).toHaveValue('30')
  await expect(form.getByRole('status')).toBeHidden()
  await update.click()
  await dialog.getByRole('button', { name: 'Keep less' }).click()
  await expect(form.getByRole('status')).toContainText('Saved')
  await expect(dialog).toBeHidden()
  await page.reload()
  await expect(messages).toHaveValue('30')
  await messages.fill('')
  await content.fill('')
  await update.click()
  await expect(form.getByRole('status')).toContainText('Saved')
  await page.goto('/personal-center/audit-log?subject=retention')
  await page.getByText('Show', { exact: true }).first().click()
  await expect(page.getByRole('table', { name: 'Audit Log' })).toContainText(/Retention changed.*No limit/)
})

test('who is no owner is told so, and is not led there', async ({ page, signet }) => {
  const organization = await signet.newOrganization()
  await signet.signIn(page, await organization.add('admin'))
  await page.goto('/personal-center')
  await expect(page.getByRole('main').getByRole('link', { name: 'Data' })).toHaveCount(0)
  await page.goto(place)
  await expect(page.getByRole('heading', { name: 'Your role cannot decide about data' })).toBeVisible()
  await expect(page.getByRole('main').getByRole('button')).toHaveCount(0)
})

test('it is sound in light and dark, wide and narrow, and reads as Chinese', async ({ browser, signet }) => {
  const organization = await signet.newOrganization()
  await inEveryLook(browser, signet, organization.owner, async (page) => {
    await page.goto(place)
    await expectSoundPage(page)
    await page.getByLabel('Days messages are kept').fill('7')
    await page.getByRole('button', { name: 'Update retention' }).click()
    await expect(page.getByRole('dialog', { name: 'Keep less than before?' })).toBeVisible()
    await expectSoundPage(page)
  })
  const context = await browser.newContext({ baseURL: signet.url, locale: 'zh-CN' })
  const page = await context.newPage()
  await signet.signIn(page, organization.owner)
  await page.goto(place)
  await expect(page.getByRole('region', { name: '保留期限' })).toContainText('消息保留天数')
  await context.close()
})
