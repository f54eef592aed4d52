/** Test sends and examples. */
import { builtInScenarios } from '#domain/scenarios/scenarios.ts'
import { expect, test } from '../../support/console.ts'
import { expectSoundPage } from '../../support/page-checks.ts'
import { addValidatedAccount } from '../../support/sending.ts'
import { TemplatePage } from '../templates.page.ts'

test('a test send mails exactly what is in the editor, and is in the log as a test', async ({ page, signet }) => {
  const organization = await signet.newOrganization()
  await addValidatedAccount(signet, organization)
  await signet.signIn(page, await organization.add('author'))
  const template = new TemplatePage(page)
  const to = `${organization.id}@example.com`
  await template.open('login')
  await template.subject.fill('For ${account}')
  await template.html.fill('<p>${account}: <b>$<code></b></p>')
  await template.changeValue('account', 'Ann & Bob')
  await template.testSend(to)
  await expect(template.dialog.getByRole('status')).toContainText('Accepted by Main')
  const [mail] = await signet.simulator.inbox(to)
  expect(mail?.content.subject).toBe('For Ann & Bob')
  expect(mail?.content.html?.trim()).toBe('<p>Ann &amp; Bob: <b>482913</b></p>')
  await expect(template.preview.locator('p')).toHaveText('Ann & Bob: 482913')

  const opened = page.waitForEvent('popup')
  await template.dialog.getByRole('link', { name: 'See it in the log' }).click()
  const message = await opened
  await expect(message.getByText('Test send').first()).toBeVisible()
  await message.close()
  await expect(page.getByText('Unsaved', { exact: true })).toBeVisible()
})

test('a refused test send shows the server’s words and what to do', async ({ page, signet }) => {
  const organization = await signet.newOrganization()
  await addValidatedAccount(signet, organization)
  await signet.signIn(page, organization.owner)
  const template = new TemplatePage(page)
  const to = `gone-${organization.id}@example.com`
  await signet.simulator.control({ channel: 'email', kind: 'reject_recipient', to })
  await template.open('login')
  await template.insertExample()
  await template.testSend(to)
  const told = template.dialog.getByRole('alert')
  await expect(told).toContainText('Main refused it')
  await expect(told.locator('q')).toHaveText('Recipient refused')
  await expect(told).toContainText('The recipient was refused.')
  await expect(told).toContainText('Check the address.')
  await template.dialog.getByLabel('Send to').fill('nowhere')
  await template.dialog.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(template.dialog.getByLabel('Send to')).toHaveAttribute('aria-invalid', 'true')
})

test('without an account, and with errors, it says why nothing is sent', async ({ page, signet }) => {
  await signet.enterNew(page)
  const template = new TemplatePage(page)
  await template.open('login')
  await template.subject.fill('Hello')
  await template.html.fill('<p>${cod}</p>')
  await template.testSend('me@example.com')
  await expect(template.dialog.getByRole('alert')).toContainText('Did you mean ${code}?')
  await page.keyboard.press('Escape')
  await template.html.fill('<p>${code}</p>')
  await template.testSend('me@example.com')
  await expect(template.dialog.getByRole('alert')).toContainText('no validated account')
})

test('an example is inserted in the chosen language, after saying that it replaces something', async ({
  page,
  signet,
}) => {
  await signet.enterNew(page)
  const template = new TemplatePage(page)
  await template.open('registration')
  await template.insertExample()
  await expect(template.subject).toHaveValue('Your ${app_name} code: ${code}')
  await template.expectSource(/<html lang="en">/)
  await template.startExample('简体中文')
  await expect(template.dialog).toContainText('What is in the editor now is replaced.')
  await template.dialog.getByRole('button', { name: 'Cancel' }).click()
  await template.expectSource(/<html lang="en">/)
  await template.insertExample('简体中文')
  await expect(template.subject).toHaveValue('${app_name} 注册验证码：${code}')
  await template.save()
  await template.expectSaved(1)
})

test('examples are looked at in several designs, with the sample values, before one is put into the editor', async ({
  page,
  signet,
}) => {
  await signet.enterNew(page)
  const template = new TemplatePage(page)
  await template.open('login')
  await template.changeValue('code', '135790')
  await template.startExample()
  const designs = template.dialog.getByRole('radio')
  await expect(designs).toHaveCount(3)
  await expect(designs.first()).toBeChecked()
  const shown = template.dialog.frameLocator('iframe[title="Preview of the example"]')
  await expect(shown.locator('h1')).toHaveText(/^Sign in to \S/)
  await expect(shown.getByText('135790', { exact: true })).toBeVisible()
  await designs.first().focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expect(template.dialog.getByRole('radio', { name: 'Banner' })).toBeChecked()
  await expect(shown.locator('.band')).toBeVisible()
  await expectSoundPage(page)
  await expect(template.html).toHaveText('')
  await template.dialog.getByRole('button', { name: 'Insert', exact: true }).click()
  await template.expectSource(/class="band"/)
  await expect(template.findings).toContainText('No errors')
})

test('every example looks whole on a desktop and on a phone, and has no error', async ({ page, signet }) => {
  await signet.enterNew(page)
  const template = new TemplatePage(page)
  for (const { key } of builtInScenarios) {
    await template.open(key)
    await template.insertExample()
    await expect(template.findings).toContainText('No errors')
    await expect(template.preview.locator('h1')).toBeVisible()
    await template.view('Phone').click()
    const isWide = () =>
      page.locator('iframe[title="Preview"]').evaluate((frame: HTMLIFrameElement) => frame.clientWidth > 377)
    await expect.poll(isWide).toBe(false)
    const card = await template.preview.locator('h1').boundingBox()
    const frame = await page.locator('iframe[title="Preview"]').boundingBox()
    expect(card && frame && card.x + card.width <= frame.x + frame.width).toBe(true)
  }
})
