/** Email Template Configuration: the table of what each scenario says, by default and for an App, and scenarios of one's own. */
import { expect, test } from '../support/console.ts'
import { expectSoundPage, inEveryLook } from '../support/page-checks.ts'
import { EmailPage, emailAddress } from './email.page.ts'
import { TemplatePage } from './templates.page.ts'

test('the table shows the default and what the chosen App has, and the address says which', async ({
  page,
  signet,
}) => {
  await signet.signIn(page)
  const email = new EmailPage(page)
  await email.open()
  await expect(email.scenario('Login')).toContainText('${code} is your ${app_name} sign-in code')
  await expect(email.scenario('Login').getByText('Usable')).toBeVisible()
  await email.chooseApp('Smart Home')
  await expect(page).toHaveURL(/\?app=smart-home$/)
  await expect(email.scenario('Login')).toContainText('${app_name} 登录验证码')
  await expect(email.scenario('Login').getByText('Override')).toBeVisible()
  await expect(email.scenario('Registration')).toContainText('Same as the default')
  await expect(email.scenario('Registration').getByText('From default')).toBeVisible()
  await page.goBack()
  await expect(page).toHaveURL(new RegExp(`${emailAddress}$`))
  await expect(email.templates.getByLabel('App')).toHaveValue('')
  await expect(email.templates.getByRole('columnheader', { name: 'Smart Home' })).toHaveCount(0)
})

test('the table is in the first HTML', async ({ browser, signet }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: signet.url })
  const page = await context.newPage()
  await signet.signIn(page)
  const email = new EmailPage(page)
  await email.open('?app=smart-home')
  await expect(email.scenario('Login')).toContainText('登录验证码')
  await expect(email.account('Sandbox mail').getByText('Validated', { exact: true })).toBeVisible()
  await context.close()
})

test('a scenario of one’s own is added, configured and deleted with what depends on it', async ({ page, signet }) => {
  await signet.enterNew(page)
  const email = new EmailPage(page)
  await email.open()
  await email.templates.getByRole('button', { name: 'Add scenario' }).click()
  await email.dialog.getByLabel('Key').fill('Order Shipped')
  await email.dialog.getByLabel('Kind').selectOption({ label: 'Notification' })
  await email.dialog.getByLabel('Name in English').fill('Order shipped')
  await email.dialog.getByLabel('Name in Chinese').fill('订单发货')
  await email.dialog.getByLabel('Variables').fill('order_number, Carrier\n${tracking_url}')
  await email.save()
  await expect(email.dialog.getByLabel('Key')).toHaveAccessibleDescription(/^2 to 40 lower-case letters/)
  await expect(email.dialog.getByLabel('Key')).toBeFocused()
  await expect(email.dialog.getByLabel('Variables')).toHaveAccessibleDescription(/^Carrier: a variable is/)
  await email.dialog.getByLabel('Key').fill('order_shipped')
  await email.dialog.getByLabel('Variables').fill('order_number, carrier\n${tracking_url}')
  await email.save()

  const row = email.scenario('Order shipped')
  await row.getByRole('link', { name: 'Configure' }).click()
  const template = new TemplatePage(page)
  await expect(page.getByRole('heading', { level: 1, name: 'Order shipped' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Insert example' })).toHaveCount(0)
  await template.subject.fill('Order ${order_number}')
  await template.html.fill('<p>With ${carrier}: ${tracking_url}</p>')
  await template.save()
  await template.expectSaved(1)

  await email.open()
  await expect(email.scenario('Login').getByRole('button', { name: 'More' })).toHaveCount(0)
  await email.choose(row, 'Delete scenario')
  await expect(email.dialog).toContainText('1 template of it is deleted')
  await expect(email.dialog).toContainText('Sends that name order_shipped are refused from then on.')
  await email.dialog.getByRole('button', { name: 'Delete scenario' }).click()
  await expect(row).toHaveCount(0)
})

test('a scenario or an App that is not there is a page that is not there', async ({ page, signet }) => {
  await signet.signIn(page)
  const template = new TemplatePage(page)
  for (const [scenario, query] of [
    ['no_such_scenario', ''],
    ['login', '?app=nobody'],
  ] as const) {
    await template.open(scenario, query)
    await expect(page.getByRole('heading', { name: 'This record is not here' })).toBeVisible()
  }
})

test('accessible and without sideways scroll, with the table and the drawer', async ({ browser, signet }) => {
  await inEveryLook(browser, signet, signet.owner, async (page) => {
    const email = new EmailPage(page)
    await email.open('?app=smart-home')
    await expectSoundPage(page)
    await email.templates.getByRole('button', { name: 'Add scenario' }).click()
    await expect(email.dialog.getByLabel('Key')).toBeVisible()
    await expectSoundPage(page)
  })
})

test('a viewer is offered nothing to change', async ({ page, signet }) => {
  const organization = await signet.newOrganization()
  await signet.signIn(page, await organization.add('viewer'))
  const email = new EmailPage(page)
  await email.open()
  await expect(email.scenario('Login')).toBeVisible()
  await expect(email.templates.getByRole('button')).toHaveCount(0)
})
