/** Email Template Configuration: what each scenario says, by default and for an App, and the form that it is written in. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, type Organization, type Signet, test } from '../support/console.ts'
import { EmailPage, emailAddress, scrollsSideways } from './email.page.ts'
import { TemplatePage } from './templates.page.ts'

const codeHtml = '<p>Your code is ${code}.</p>'

/** Stores a template as the owner, without the page. */
async function addTemplate(
  signet: Signet,
  { owner }: Organization,
  input: { appId?: string; subject?: string; html?: string; scenario?: string; baseVersion?: number } = {},
): Promise<void> {
  const { appId = null, subject = 'Your code', html = codeHtml, scenario = 'login', baseVersion = 0 } = input
  const api = await signet.api(owner)
  await api.templates.save.mutate({ channel: 'email', scenario, appId, content: { subject, html }, baseVersion })
}

async function addApp(signet: Signet, { owner }: Organization, key: string, name: string): Promise<string> {
  const api = await signet.api(owner)
  const added = await api.apps.add.mutate({ key, name, language: 'en', codeLifetimeMinutes: 10, logo: null })
  return added.id
}

const findNothing = async (page: Page) => {
  const { violations } = await new AxeBuilder({ page }).analyze()
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
  expect(await scrollsSideways(page)).toBe(false)
}

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

test('errors name line, column and the nearest name, and lead to their place', async ({ page, signet }) => {
  const organization = await signet.newOrganization()
  await signet.signIn(page, organization.owner)
  const email = new EmailPage(page)
  await email.open()
  await expect(email.scenario('Login').getByText('Not configured')).toBeVisible()
  await email.scenario('Login').getByRole('link', { name: 'Configure' }).click()

  const template = new TemplatePage(page)
  await template.save()
  await expect(template.subject).toHaveAccessibleDescription('Enter a value.')
  await expect(template.subject).toBeFocused()

  const html = '<p>Hello ${acount},</p>\n<p>the code:\n  ${cod}</p>'
  await template.subject.fill('Hello')
  await template.html.fill(html)
  await template.save()
  await expect(template.errors.getByRole('button')).toHaveText([
    'HTML source 1:10 ${acount} is not a variable of this scenario. Did you mean ${account}?',
    'HTML source 3:3 ${cod} is not a variable of this scenario. Did you mean ${code}?',
    /^HTML source\s+A verification needs its code: write \$\{code\} where it belongs\.$/,
  ])
  await expect(template.html).toHaveAttribute('aria-invalid', 'true')
  await template.errors.getByRole('button', { name: '3:3' }).click()
  await expect(template.html).toBeFocused()
  expect(await template.marked(template.html)).toEqual({ text: '${cod}', at: html.indexOf('${cod}') })

  await template.html.fill('<p>Hello ${account}, the code: ${code}. It costs $<cod>.</p>')
  await template.note.fill('First words')
  await template.save()
  await expect(page.getByText('Saved as version 1')).toBeVisible()
  await expect(template.errors).toHaveCount(0)
  await expect(template.hints.getByRole('button')).toContainText('$<cod> stays as text.')
  await expect(template.versions.getByRole('row', { name: /^v1/ })).toContainText('Olga Owner')
  await expect(template.versions.getByRole('row', { name: /^v1/ })).toContainText('First words')
})

test('a variable is written where the cursor was last', async ({ page, signet }) => {
  const organization = await signet.newOrganization()
  await signet.signIn(page, organization.owner)
  const template = new TemplatePage(page)
  await template.open('registration')
  await expect(page.getByText('The verification code. Required.')).toBeVisible()
  await page.getByRole('button', { name: '${code}' }).click()
  await expect(template.html).toHaveValue('${code}')
  await template.subject.fill('Welcome to !')
  await template.subject.evaluate((input: HTMLInputElement) => input.setSelectionRange(11, 11))
  await page.getByRole('button', { name: '${app_name}' }).click()
  await expect(template.subject).toHaveValue('Welcome to ${app_name}!')
  await page.keyboard.press('Control+z')
  await expect(template.subject).toHaveValue('Welcome to !')
})

test('an App overrides the default and returns to it', async ({ page, signet }) => {
  const organization = await signet.newOrganization()
  await addApp(signet, organization, 'web-shop', 'Web shop')
  await addTemplate(signet, organization, { subject: 'From the default' })
  await signet.signIn(page, organization.owner)
  const email = new EmailPage(page)
  await email.open('?app=web-shop')
  await email.scenario('Login').getByRole('link', { name: 'Override' }).click()
  const template = new TemplatePage(page)
  await expect(page.getByText('What you save here replaces it for Web shop alone.')).toBeVisible()
  await expect(template.subject).toHaveValue('From the default')
  await expect(template.html).toHaveValue(codeHtml)
  await template.subject.fill('From the shop')
  await page.keyboard.press('Control+s')
  await expect(page.getByText('Saved as version 1')).toBeVisible()

  await page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'Email' }).click()
  const row = email.scenario('Login')
  await expect(row).toContainText('From the default')
  await expect(row).toContainText('From the shop')
  await row.getByRole('button', { name: 'Return to default' }).click()
  await expect(email.dialog).toContainText('Web shop sends the default template of this scenario from now on.')
  await email.dialog.getByRole('button', { name: 'Return to default' }).click()
  await expect(row).toContainText('Same as the default')
  await expect(row).not.toContainText('From the shop')
})

test('a scenario of one’s own is added, configured and deleted with what depends on it', async ({ page, signet }) => {
  const organization = await signet.newOrganization()
  await signet.signIn(page, organization.owner)
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
  await expect(page.getByText('Saved as version 1')).toBeVisible()

  await email.open()
  await expect(email.scenario('Login').getByRole('button', { name: 'More' })).toHaveCount(0)
  await email.choose(row, 'Delete scenario')
  await expect(email.dialog).toContainText('1 template of it is deleted')
  await expect(email.dialog).toContainText('Sends that name order_shipped are refused from then on.')
  await email.dialog.getByRole('button', { name: 'Delete scenario' }).click()
  await expect(row).toHaveCount(0)
})

test('an example is inserted in the chosen language, after asking when something typed would go', async ({
  page,
  signet,
}) => {
  const { owner } = await signet.newOrganization()
  await signet.signIn(page, owner)
  const template = new TemplatePage(page)
  await template.open('registration')
  await template.insertExample()
  await expect(template.subject).toHaveValue('Your ${app_name} code: ${code}')
  await expect(template.html).toHaveValue(/<html lang="en">/)

  await template.insertExample('简体中文')
  await expect(template.dialog).toContainText('Replace what you typed?')
  await template.dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(template.html).toHaveValue(/<html lang="en">/)
  await template.insertExample()
  await template.dialog.getByRole('button', { name: 'Replace' }).click()
  await expect(template.subject).toHaveValue('${app_name} 注册验证码：${code}')
  await template.save()
  await expect(page.getByText('Saved as version 1')).toBeVisible()
})

test('when somebody saved meanwhile, nothing typed is lost and nothing is overwritten unasked', async ({
  page,
  signet,
}) => {
  const organization = await signet.newOrganization()
  await addTemplate(signet, organization)
  await signet.signIn(page, await organization.add('author'))
  const template = new TemplatePage(page)
  await template.open('login')
  await template.subject.fill('Mine')
  await addTemplate(signet, organization, { subject: 'Theirs', baseVersion: 1 })
  await template.save()
  const told = page.getByRole('status').filter({ hasText: 'meanwhile' })
  await expect(told).toContainText('Olga Owner saved version 2 meanwhile')
  await expect(template.subject).toHaveValue('Mine')
  await told.getByText('See their version').click()
  await expect(told.getByText('Theirs')).toBeVisible()

  await template.save()
  await expect(told).toContainText('Olga Owner saved version 2 meanwhile')
  await told.getByRole('button', { name: 'Save mine over it' }).click()
  await expect(page.getByText('Saved as version 3')).toBeVisible()
  await expect(template.versions.getByRole('row', { name: /^v3/ })).toContainText('Ada author')
  await page.reload()
  await expect(template.subject).toHaveValue('Mine')
})

test('an older version is looked at and put into the form', async ({ page, signet }) => {
  const organization = await signet.newOrganization()
  await addTemplate(signet, organization, { subject: 'The first' })
  await addTemplate(signet, organization, { subject: 'The second', baseVersion: 1 })
  await signet.signIn(page, organization.owner)
  const template = new TemplatePage(page)
  await template.open('login')
  await template.versions.getByRole('row', { name: /^v1/ }).getByRole('button', { name: 'View' }).click()
  await expect(template.dialog.getByText('The first')).toBeVisible()
  await template.dialog.getByRole('button', { name: 'Put into the form' }).click()
  await expect(template.subject).toHaveValue('The first')
  await template.save()
  await expect(page.getByText('Saved as version 3')).toBeVisible()
})

test('leaving with unsaved changes asks, whichever way', async ({ page, signet }) => {
  const organization = await signet.newOrganization()
  await addTemplate(signet, organization)
  await signet.signIn(page, organization.owner)
  const email = new EmailPage(page)
  const template = new TemplatePage(page)
  await email.open()
  await email.scenario('Login').getByRole('link', { name: 'Edit' }).click()
  await template.subject.fill('Something new')

  await page.getByRole('link', { name: 'Apps' }).click()
  await expect(template.dialog).toContainText('Leave without saving?')
  await template.dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(template.subject).toHaveValue('Something new')

  await page.evaluate(() => history.back())
  await expect(template.dialog).toContainText('Leave without saving?')
  await template.dialog.getByRole('button', { name: 'Leave' }).click()
  await expect(email.scenario('Login')).toBeVisible()

  await email.scenario('Login').getByRole('link', { name: 'Edit' }).click()
  await expect(template.subject).toHaveValue('Your code')
  await template.subject.fill('Something else')
  const asked = page.waitForEvent('dialog')
  const leaving = page.close({ runBeforeUnload: true })
  const dialog = await asked
  expect(dialog.type()).toBe('beforeunload')
  await dialog.accept()
  await leaving
})

test('a viewer reads templates and changes nothing, an author writes them', async ({ page, signet }) => {
  const organization = await signet.newOrganization()
  await addTemplate(signet, organization)
  const email = new EmailPage(page)
  const template = new TemplatePage(page)
  await signet.signIn(page, await organization.add('viewer'))
  await email.open()
  await expect(email.templates.getByRole('button')).toHaveCount(0)
  await email.scenario('Login').getByRole('link', { name: 'View' }).click()
  await expect(page.getByText(codeHtml)).toBeVisible()
  await expect(template.html).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Save', exact: true })).toHaveCount(0)

  await signet.signIn(page, await organization.add('author'))
  await email.open()
  await email.scenario('Login').getByRole('link', { name: 'Edit' }).click()
  await template.subject.fill('By the author')
  await template.save()
  await expect(page.getByText('Saved as version 2')).toBeVisible()
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

test.describe('in Chinese', () => {
  test.use({ locale: 'zh-CN' })
  test('a template is written, refused with its place, and saved', async ({ page, signet }) => {
    const { owner } = await signet.newOrganization()
    await signet.signIn(page, owner)
    await new EmailPage(page).open()
    const table = page.getByRole('table', { name: '邮件模板配置' })
    const row = table.getByRole('row').filter({ has: page.getByRole('rowheader', { name: '找回密码' }) })
    await expect(row).toContainText('未配置')
    await row.getByRole('link', { name: '配置' }).click()
    await page.getByRole('textbox', { name: '主题' }).fill('找回密码')
    await page
      .getByRole('textbox', { name: 'HTML 源码' })
      .fill('<p>验证码 ${code}，${expire_in_minutes} 分钟内有效。</p>')
    await page.getByRole('button', { name: '保存' }).click()
    const problem = page.getByRole('region', { name: '以下问题需修正后才能保存' }).getByRole('button')
    await expect(problem).toContainText('1:16 ${expire_in_minutes} 不是该场景的变量，是否为 ${expires_in_minutes}？')
    await page.getByRole('textbox', { name: 'HTML 源码' }).fill('<p>验证码 ${code}</p>')
    await page.getByRole('button', { name: '保存' }).click()
    await expect(page.getByText('已保存为版本 1')).toBeVisible()
  })
})

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1280, 360]) {
    test(`accessible and without sideways scroll, ${colorScheme}, ${width} px wide`, async ({ browser, signet }) => {
      const context = await browser.newContext({ baseURL: signet.url, colorScheme, viewport: { width, height: 800 } })
      const page = await context.newPage()
      await signet.signIn(page)
      const email = new EmailPage(page)
      const template = new TemplatePage(page)
      await email.open('?app=smart-home')
      await findNothing(page)
      await email.templates.getByRole('button', { name: 'Add scenario' }).click()
      await findNothing(page)
      await template.open('login', '?app=smart-home')
      await template.html.fill(`<p>$<cod> \${${'long'.repeat(30)}}</p>`)
      await template.save()
      await expect(template.errors).toBeVisible()
      await findNothing(page)
      await template.versions.getByRole('button', { name: 'View' }).first().click()
      await expect(template.dialog.getByText('HTML source')).toBeVisible()
      await findNothing(page)
      await context.close()
    })
  }
}
