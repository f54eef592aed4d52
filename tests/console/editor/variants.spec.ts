/** Languages and Apps: which template a send is made from, what an App says otherwise, and the way back. */
import { expect, test } from '../../support/console.ts'
import { addKey, addValidatedAccount, callApi } from '../../support/sending.ts'
import { EmailPage } from '../email.page.ts'
import { TemplatePage } from '../templates.page.ts'
import { addApp, codeHtml, storeTemplate } from './make-templates.ts'

test('a language is written, the page says what is used until then, and the API asks for it by locale', async ({
  page,
  signet,
}) => {
  const organization = await signet.newOrganization()
  await addValidatedAccount(signet, organization)
  const appId = await addApp(signet, organization)
  const key = await addKey(signet, organization, appId, 'live')
  await storeTemplate(signet, organization, { subject: 'Any language' })
  await signet.signIn(page, organization.owner)
  const template = new TemplatePage(page)
  await template.open('login')
  await page.getByRole('button', { name: 'Language: Any language' }).click()
  await page.getByRole('link', { name: /^简体中文/ }).click()
  await expect(page).toHaveURL(/locale=zh-CN/)
  await expect(page.getByText('Until it is saved, sends in 简体中文 use Default · Any language.')).toBeVisible()
  await expect(template.subject).toHaveValue('Any language')
  await template.insertExample('简体中文')
  await expect(template.subject).toHaveValue(/验证码/)
  await template.subject.fill('验证码 ${code}')
  await template.save()
  await template.expectSaved(1)
  await expect(page.getByText('Used for sends in 简体中文.')).toBeVisible()

  const to = `${appId}@example.com`
  const send = (locale: string, code: string) =>
    callApi(signet, key, { channel: 'email', scenario: 'login', to, locale, variables: { code } })
  expect((await send('zh-CN', '111111')).status).toBe(202)
  expect((await send('fr', '222222')).status).toBe(202)
  const subjects = async () => (await signet.simulator.inbox(to)).map(({ content }) => content.subject).sort()
  await expect.poll(subjects).toEqual(['Any language', '验证码 111111'])

  await template.choose('Delete this language')
  await template.dialog.getByRole('button', { name: 'Delete this language' }).click()
  await expect(page.getByText('Until it is saved, sends in 简体中文 use Default · Any language.')).toBeVisible()
  await expect(template.subject).toHaveValue('Any language')
})

test('the App’s template is preferred over the default’s language', async ({ page, signet }) => {
  const organization = await signet.newOrganization()
  const appId = await addApp(signet, organization)
  await storeTemplate(signet, organization, { subject: 'Default' })
  await storeTemplate(signet, organization, { subject: '默认', locale: 'zh-CN' })
  await signet.signIn(page, organization.owner)
  const template = new TemplatePage(page)
  await template.open('login', '?app=web-shop&locale=zh-CN')
  await expect(page.getByText('sends in 简体中文 use Default · 简体中文.')).toBeVisible()
  await storeTemplate(signet, organization, { subject: 'Shop', appId })
  await page.reload()
  await expect(page.getByText('sends in 简体中文 use Web shop · Any language.')).toBeVisible()
  await expect(template.subject).toHaveValue('Shop')
})

test('an App starts from the default, is compared with it, and returns to it', async ({ page, signet }) => {
  const organization = await signet.newOrganization()
  await addApp(signet, organization)
  await storeTemplate(signet, organization, { subject: 'From the default' })
  await signet.signIn(page, organization.owner)
  const email = new EmailPage(page)
  await email.open('?app=web-shop')
  await email.scenario('Login').getByRole('link', { name: 'Override' }).click()
  const template = new TemplatePage(page)
  await expect(page.getByText('Until it is saved, sends use Default · Any language.')).toBeVisible()
  await expect(template.subject).toHaveValue('From the default')
  await template.expectSource(codeHtml)
  await template.subject.fill('From the shop')
  await page.keyboard.press('Control+s')
  await template.expectSaved(1)

  await template.choose('Compare with default')
  await expect(template.dialog.getByRole('deletion')).toHaveText('From the default')
  await expect(template.dialog.getByRole('insertion')).toHaveText('From the shop')
  await template.dialog.getByRole('button', { name: 'Close' }).last().click()
  await template.choose('Start from default')
  await template.dialog.getByRole('button', { name: 'Replace' }).click()
  await expect(template.subject).toHaveValue('From the default')
  await expect(page.getByText('Unsaved', { exact: true })).toBeVisible()

  await template.choose('Return to default')
  await expect(template.dialog).toContainText('Web shop sends the default template of this scenario from now on.')
  await template.dialog.getByRole('button', { name: 'Return to default' }).click()
  await expect(page.getByText('Until it is saved, sends use Default · Any language.')).toBeVisible()
  await expect(page.getByText('Unsaved', { exact: true })).toHaveCount(0)
  await page.getByRole('link', { name: 'Email', exact: true }).click()
  await expect(email.scenario('Login')).toContainText('Same as the default')
})

test('the App and the language are chosen on the page and stand in its address', async ({ page, signet }) => {
  await signet.signIn(page)
  const template = new TemplatePage(page)
  await template.open('login')
  await page.getByRole('button', { name: 'App: Default' }).click()
  await page.getByRole('link', { name: 'Smart Home' }).click()
  await expect(page).toHaveURL(/\?app=smart-home$/)
  await expect(template.subject).toHaveValue('${app_name} 登录验证码：${code}')
  await template.open('login', '?locale=klingon')
  await expect(page.getByRole('heading', { name: 'This record is not here' })).toBeVisible()
})
