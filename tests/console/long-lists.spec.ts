/** Lists of choices that are long can be searched, wherever they are; short ones stay as the browser draws them. */
import type { Page } from '@playwright/test'
import { expect, type Organization, type Signet, test } from '../support/console.ts'
import { expectSoundPage, inEveryLook, untilQuiet } from '../support/page-checks.ts'
import { addOfficial } from '../support/push-console.ts'
import { addApp, addTemplate } from '../support/sending.ts'
import { EmailPage } from './email.page.ts'
import { MessagesPage } from './messages.page.ts'
import { RulePage } from './official-account.page.ts'

/** An organization with as many Apps as it takes; the last but one is called Warehouse. */
async function withApps(signet: Signet, count = 12): Promise<Organization> {
  const organization = await signet.newOrganization()
  for (let index = 1; index <= count; index += 1) {
    const name = index === count - 1 ? 'Warehouse' : `Shop ${index}`
    await addApp(signet, organization, `app-${index}`, name)
  }
  return organization
}

const box = (page: Page) => page.locator('input[role="combobox"]')
const found = (page: Page) => page.getByRole('listbox').getByRole('option')

test('a filter with many choices is searched by mouse or keyboard, and is chosen from as before', async ({
  page,
  signet,
}) => {
  const organization = await withApps(signet)
  await signet.signIn(page, organization.owner)
  const log = new MessagesPage(page)
  await log.open()
  await log.filter('App').click()
  await expect(found(page)).toHaveCount(13)
  await page.keyboard.type('ware')
  await expect(box(page)).toHaveAccessibleName('App')
  await expect(found(page)).toHaveText(['Warehouse'])
  await page.keyboard.press('Enter')
  await expect(box(page)).toHaveCount(0)
  await expect(log.filter('App')).toBeFocused()
  await expect(log.filter('App')).toHaveValue('app-11')
  await log.apply()
  await expect(page).toHaveURL(/app=app-11/)

  await page.keyboard.press('Escape')
  await log.filter('App').focus()
  await page.keyboard.type('p 3')
  await expect(box(page)).toHaveValue('p 3')
  await expect(found(page)).toHaveText(['Shop 3'])
  await page.keyboard.press('Escape')
  await expect(log.filter('App')).toBeFocused()
  await expect(log.filter('App')).toHaveValue('app-11')
  await page.keyboard.press('ArrowDown')
  await found(page).getByText('Shop 2', { exact: true }).click()
  await expect(log.filter('App')).toHaveValue('app-2')

  await log.filter('App').selectOption({ label: 'Shop 12' })
  await log.apply()
  await expect(page).toHaveURL(/app=app-12/)
})

test('what draws the box is loaded by the first that is opened, and few choices need none', async ({
  page,
  signet,
}) => {
  const organization = await withApps(signet)
  await signet.signIn(page, organization.owner)
  const log = new MessagesPage(page)
  const scripts: Promise<string>[] = []
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.push(response.text())
  })
  const drawsBox = async () => (await Promise.all(scripts)).some((text) => text.includes('option-refused'))
  await page.goto('/messages')
  await untilQuiet(page)
  await log.filter('Channel').focus()
  await page.keyboard.press('ArrowDown')
  await expect(log.filter('Channel')).toHaveValue('sms')
  await expect(box(page)).toHaveCount(0)
  expect(await drawsBox()).toBe(false)
  await log.filter('App').click()
  await expect(box(page)).toBeFocused()
  expect(await drawsBox()).toBe(true)
})

test('the App whose templates are shown is searched, in the table and on the page of a template', async ({
  page,
  signet,
}) => {
  const organization = await withApps(signet)
  await addTemplate(signet, organization, 'login')
  await signet.signIn(page, organization.owner)
  const email = new EmailPage(page)
  await email.open()
  await untilQuiet(page)
  await email.templates.getByLabel('App').click()
  await page.keyboard.type('ware')
  await expect(found(page)).toHaveText(['Warehouse'])
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/app=app-11/)
  await expect(email.templates.getByRole('columnheader', { name: 'Warehouse' })).toBeVisible()

  await email.scenario('Login').getByRole('link', { name: 'Override' }).click()
  const picker = page.getByRole('button', { name: 'App: Warehouse' })
  await picker.click()
  await expect(page.getByRole('searchbox', { name: 'Search' })).toBeFocused()
  await page.keyboard.type('shop 12')
  await expect(page.getByRole('link', { name: /^Shop/ })).toHaveText(['Shop 12'])
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/app=app-12/)
})

test('a form hears what is chosen in it', async ({ page, signet }) => {
  const organization = await withApps(signet)
  await addOfficial(signet, organization.owner)
  await signet.signIn(page, organization.owner)
  const rule = new RulePage(page)
  await rule.open('new')
  await rule.field('App').click()
  await page.keyboard.type('ware')
  await expect(found(page)).toHaveText(['Warehouse'])
  await page.keyboard.press('Enter')
  await expect(rule.field('App').locator('option:checked')).toHaveText('Warehouse')
  await expect(page.getByText('Unsaved', { exact: true })).toBeVisible()
  await page.reload()
  await expect(rule.field('App').locator('option:checked')).toHaveText('Warehouse')
})

test('sound while it is open, in every look', async ({ browser, signet }) => {
  const organization = await withApps(signet)
  await inEveryLook(browser, signet, organization.owner, async (page) => {
    const log = new MessagesPage(page)
    await log.open()
    await log.filter('App').click()
    await expect(found(page).first()).toBeVisible()
    await expectSoundPage(page)
  })
})
