/** The editor for everybody: accessible, in light and dark, on a phone, in Chinese, to read only; and on its page alone. */
import { expect, test } from '../../support/console.ts'
import { expectSoundPage, inEveryLook, untilQuiet } from '../../support/page-checks.ts'
import { EmailPage } from '../email.page.ts'
import { TemplatePage } from '../templates.page.ts'
import { codeHtml, storeTemplate } from './make-templates.ts'

test('accessible and without sideways scroll in every look', async ({ browser, signet }) => {
  const organization = await signet.newOrganization()
  await storeTemplate(signet, organization)
  await inEveryLook(browser, signet, organization.owner, async (page) => {
    const template = new TemplatePage(page)
    await template.open('login')
    await template.html.fill(`<p>$<cod> \${${'long'.repeat(30)}}</p>`)
    await expect(template.findings).toContainText('errors block saving')
    await expectSoundPage(page)
    await template.choose('Versions')
    await template.dialog.getByRole('button', { name: 'Compare' }).click()
    await expect(template.dialog.getByRole('button', { name: 'Restore' })).toBeVisible()
    await expectSoundPage(page)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Test send' }).click()
    await expect(template.dialog.getByLabel('Send to')).toBeVisible()
    await expectSoundPage(page)
  })
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 } })
  test('source and preview are tabs, and a finding leads back to the source', async ({ page, signet }) => {
    await signet.enterNew(page)
    const template = new TemplatePage(page)
    await template.open('login')
    await template.html.fill('<p>Hello ${cod}</p>')
    await expect(template.preview.locator('p')).toBeHidden()
    await template.view('Preview').click()
    await expect(template.preview.locator('p')).toBeVisible()
    await expect(template.html).toBeHidden()
    await template.subject.fill('Hello')
    await template.save()
    await expect(template.html).toBeFocused()
    expect(await page.evaluate(() => String(getSelection()))).toBe('${cod}')
  })
})

test('a viewer reads, and changes nothing', async ({ page, signet }) => {
  const organization = await signet.newOrganization()
  await storeTemplate(signet, organization)
  await signet.signIn(page, await organization.add('viewer'))
  const email = new EmailPage(page)
  const template = new TemplatePage(page)
  await email.open()
  await email.scenario('Login').getByRole('link', { name: 'View' }).click()
  await template.expectSource(codeHtml)
  await expect(template.preview.locator('p')).toHaveText('Your code is 482913.')
  await template.html.focus()
  await page.keyboard.type('more')
  await page.keyboard.press('Control+s')
  await template.expectSource(codeHtml)
  await expect(template.subject).not.toBeEditable()
  for (const name of ['Save', 'Test send', 'Insert example']) {
    await expect(page.getByRole('button', { name, exact: true })).toHaveCount(0)
  }
  await template.choose('Versions')
  await template.dialog.getByRole('button', { name: 'Compare' }).click()
  await expect(template.dialog.getByText('There is no difference.')).toBeVisible()
  await expect(template.dialog.getByRole('button', { name: 'Restore' })).toHaveCount(0)
})

test('an author does all of it and sees no secret', async ({ page, signet }) => {
  const bodies: string[] = []
  page.on('response', async (response) => {
    if (/text|json/.test(response.headers()['content-type'] ?? '')) bodies.push(await response.text().catch(() => ''))
  })
  const organization = await signet.newOrganization()
  await signet.signIn(page, await organization.add('author'))
  const template = new TemplatePage(page)
  await template.open('login')
  await template.insertExample()
  await template.save()
  await template.expectSaved(1)
  expect(bodies.join('\n')).not.toContain(signet.simulator.smtp.password)
})

test('the editor’s scripts are loaded on its page only', async ({ page, signet }) => {
  await signet.signIn(page)
  let scripts: string[] = []
  page.on('response', (response) => {
    if (response.url().includes('/_next/static/') && response.url().includes('.js')) scripts.push(response.url())
  })
  // Asked for anew: what a page that was left has loaded can no longer be read from it.
  const hasEditor = async () => {
    const texts = await Promise.all(scripts.map(async (url) => (await page.request.get(url)).text()))
    return texts.some((text) => text.includes('cm-content'))
  }
  for (const path of ['/', '/messages', '/apps', '/personal-center/third-party-configuration/email']) {
    scripts = []
    await page.goto(path)
    await untilQuiet(page)
    expect(await hasEditor(), path).toBe(false)
  }
  scripts = []
  const template = new TemplatePage(page)
  await template.open('login')
  await expect(template.html).toBeVisible()
  expect(await hasEditor()).toBe(true)
})

test.describe('in Chinese', () => {
  test.use({ locale: 'zh-CN' })
  test('a template is written, refused with its place, and saved', async ({ page, signet }) => {
    await signet.enterNew(page)
    await new EmailPage(page).open()
    const table = page.getByRole('table', { name: '邮件模板配置' })
    const row = table.getByRole('row').filter({ has: page.getByRole('rowheader', { name: '找回密码' }) })
    await expect(row).toContainText('未配置')
    await row.getByRole('link', { name: '配置' }).click()
    const html = page.getByRole('textbox', { name: 'HTML 源码' })
    await page.getByRole('textbox', { name: '主题' }).fill('找回密码')
    await html.fill('<p>验证码 ${code}，${expire_in_minutes} 分钟内有效。</p>')
    const findings = page.getByRole('region', { name: '检查结果' })
    await expect(findings.getByRole('button', { name: '1:16' })).toContainText(
      '${expire_in_minutes} 不是该场景的变量，是否想写 ${expires_in_minutes}？',
    )
    await page.getByRole('button', { name: '保存', exact: true }).click()
    await expect(page.getByRole('alert').filter({ hasText: '未保存：有 1 个错误' })).toBeVisible()
    await html.fill('<p>验证码 ${code}</p>')
    await page.getByRole('button', { name: '保存', exact: true }).click()
    await expect(page.getByText('已保存为版本 1')).toBeVisible()
  })
})
