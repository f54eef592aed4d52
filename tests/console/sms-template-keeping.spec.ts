/** Versions, other authors, roles and leaving on the page of an SMS template; and how it looks to everybody. */
import { addAliyunAccount } from '../support/carried.ts'
import { expect, test } from '../support/console.ts'
import { expectSoundPage, inEveryLook, untilQuiet } from '../support/page-checks.ts'
import { abroadChoice, loginChoice, storeSms } from '../support/phone-templates.ts'
import { SmsTemplatePage, startSms } from './sms-template.page.ts'

test('the second of two authors sees what differs, and saves over it or takes theirs', async ({ page, signet }) => {
  const { organization, accountId, template } = await startSms(page, signet, { role: 'author', stored: {} })
  await template.open()
  await template.choose('Signature', '星桥商城')
  const theirs = { mainland: { ...loginChoice, signature: '星桥物联' } }
  await storeSms(signet, organization, { accountId, baseVersion: 1, content: theirs })
  await template.save()
  await expect(template.dialog).toContainText('Olga Owner saved version 2 meanwhile')
  await expect(template.dialog.getByRole('deletion').filter({ hasText: '星桥物联' })).toBeVisible()
  await expect(template.dialog.getByRole('insertion').filter({ hasText: '星桥商城' })).toBeVisible()
  await template.dialog.getByRole('button', { name: 'Keep editing' }).click()
  await expect(template.box('Signature')).toHaveValue('星桥商城')
  await template.save()
  await template.dialog.getByRole('button', { name: 'Save mine over version 2' }).click()
  await template.expectSaved(3)

  await storeSms(signet, organization, { accountId, baseVersion: 3, content: theirs })
  await template.choose('Template', 'SMS_280010002')
  await template.save()
  await template.dialog.getByRole('button', { name: 'Take theirs' }).click()
  await expect(template.box('Signature')).toHaveValue('星桥物联')
  await expect(template.box('Template')).toHaveValue(/^SMS_280010001/)
  await expect(page.getByText('Unsaved', { exact: true })).toHaveCount(0)
})

test('every save is a version with author and note, to be compared and restored', async ({ page, signet }) => {
  const { template } = await startSms(page, signet, { role: 'author', stored: { note: 'From the start' } })
  await template.open()
  await template.choose('Template', 'SMS_280010003')
  await page.getByRole('button', { name: 'Save with a note' }).click()
  await page.getByRole('textbox', { name: 'Note' }).fill('Another text')
  await page.keyboard.press('Enter')
  await template.expectSaved(2)
  await template.chooseMore('Versions')
  const table = page.getByRole('table', { name: 'Versions' })
  await expect(table.getByRole('row', { name: /^v2/ })).toContainText('Ada author')
  await expect(table.getByRole('row', { name: /^v2/ })).toContainText('Another text')
  await expect(table.getByRole('row', { name: /^v1/ })).toContainText('From the start')
  await table.getByRole('row', { name: /^v1/ }).getByRole('button', { name: 'Compare' }).click()
  await expect(template.dialog.getByRole('deletion').filter({ hasText: 'SMS_280010001' })).toBeVisible()
  await template.dialog.getByRole('button', { name: 'Restore' }).click()
  await expect(template.box('Template')).toHaveValue(/^SMS_280010001/)
  await template.save()
  await template.expectSaved(3)
})

test('leaving with unsaved changes asks', async ({ page, signet }) => {
  const { template } = await startSms(page, signet, { stored: {} })
  await template.open()
  await template.choose('Signature', '星桥商城')
  await page.getByRole('button', { name: 'App: Default' }).click()
  await page.getByRole('button', { name: 'Account: Main' }).click()
  await page.getByRole('link', { name: 'Main' }).click()
  await expect(template.dialog).toContainText('It stays in this browser as a draft.')
  await template.dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(template.box('Signature')).toHaveValue('星桥商城')
  await template.choose('Signature', '星桥智家')
  await expect(page.getByText('Unsaved', { exact: true })).toHaveCount(0)
  await page.reload()
  await expect(template.box('Signature')).toHaveValue('星桥智家')
})

test('sample values are remembered for the person', async ({ page, signet }) => {
  const { template } = await startSms(page, signet, { stored: {} })
  await template.open()
  const kept = page.waitForResponse((response) => response.url().includes('saveSampleValues'))
  await template.changeValue('code', '000111')
  await kept
  await page.reload()
  await expect(template.bubble('Mainland China')).toContainText('000111')
})

test('a viewer reads, and changes nothing', async ({ page, signet }) => {
  const { template } = await startSms(page, signet, { role: 'viewer', stored: {} })
  await template.open()
  await expect(template.box('Template')).toHaveValue(/^SMS_280010001 · /)
  await expect(template.box('Signature')).not.toBeEditable()
  await template.box('Signature').click()
  await expect(template.options).toHaveCount(0)
  await expect(template.source('code')).toBeDisabled()
  await expect(template.audience('International')).toBeDisabled()
  for (const name of ['Save', 'Test send']) {
    await expect(page.getByRole('button', { name, exact: true })).toHaveCount(0)
  }
  await template.chooseMore('Versions')
  await template.dialog.getByRole('button', { name: 'Compare' }).click()
  await expect(template.dialog.getByText('There is no difference.')).toBeVisible()
  await expect(template.dialog.getByRole('button', { name: 'Restore' })).toHaveCount(0)
})

test('accessible and without sideways scroll in every look', async ({ browser, signet }) => {
  const organization = await signet.newOrganization()
  await storeSms(signet, organization, {
    accountId: await addAliyunAccount(signet, organization, 'sms'),
    content: { mainland: { ...loginChoice, signature: '星桥物联' }, international: abroadChoice },
  })
  await inEveryLook(browser, signet, organization.owner, async (page) => {
    const template = new SmsTemplatePage(page)
    await template.open()
    await expect(template.part('Mainland China').getByText('资料不一致')).toBeVisible()
    await expectSoundPage(page)
    await template.source('code').selectOption('')
    await template.save()
    await expect(page.getByRole('alert').first()).toBeVisible()
    await template.box('Template').click()
    await expect(template.options.first()).toBeVisible()
    await expectSoundPage(page)
  })
})

test('the email editor’s scripts are not loaded here', async ({ page, signet }) => {
  const organization = await signet.newOrganization()
  await addAliyunAccount(signet, organization, 'sms')
  await signet.signIn(page, organization.owner)
  const scripts: Promise<string>[] = []
  page.on('response', (response) => {
    if (response.url().includes('/_next/static/') && response.url().includes('.js')) scripts.push(response.text())
  })
  await page.goto('/personal-center/third-party-configuration/sms/templates/login')
  await untilQuiet(page)
  const texts = await Promise.all(scripts)
  expect(texts.length).toBeGreaterThan(5)
  expect(texts.filter((text) => text.includes('cm-content'))).toEqual([])
})

test.describe('in Chinese', () => {
  test.use({ locale: 'zh-CN' })
  test('a template is chosen, refused with what is missing, and saved', async ({ page, signet }) => {
    const organization = await signet.newOrganization()
    await addAliyunAccount(signet, organization, 'sms')
    await signet.signIn(page, organization.owner)
    await new SmsTemplatePage(page).open('password_recovery')
    await page.getByRole('button', { name: '保存', exact: true }).click()
    await expect(page.getByRole('alert').filter({ hasText: '未保存：有 2 个错误' })).toBeVisible()
    const mainland = page.getByRole('region', { name: '中国内地' })
    for (const [name, sought] of [
      ['短信签名', '星桥智家'],
      ['短信模板', '找回密码'],
    ] as const) {
      await mainland.getByRole('combobox', { name, exact: true }).fill(sought)
      await page.getByRole('option', { name: sought }).first().click()
    }
    await expect(page.getByRole('figure', { name: '中国内地' })).toContainText('34 个字符 · 计费 1 条')
    await page.getByRole('button', { name: '保存', exact: true }).click()
    await expect(page.getByText('已保存为版本 1')).toBeVisible()
  })
})
