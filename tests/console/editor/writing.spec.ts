/** Writing: the preview follows, findings lead to their place, variables are offered, the keyboard suffices. */
import { expect, test } from '../../support/console.ts'
import { TemplatePage } from '../templates.page.ts'
import { codeHtml, storeTemplate } from './make-templates.ts'

test('the preview and the inbox line follow what is typed and the sample values', async ({ page, signet }) => {
  const organization = await signet.newOrganization()
  await storeTemplate(signet, organization, { subject: 'Code ${code}' })
  await signet.signIn(page, organization.owner)
  const template = new TemplatePage(page)
  await template.open('login')
  await expect(template.preview.locator('p')).toHaveText('Your code is 482913.')
  await template.html.fill('<h1>Hello ${account}</h1><p>${code}</p>')
  await expect(template.preview.locator('h1')).toHaveText('Hello lin@example.com')
  await template.changeValue('account', '<b>Ann & Bob</b>')
  await expect(template.preview.locator('h1')).toHaveText('Hello <b>Ann & Bob</b>')
  await expect(template.preview.locator('b')).toHaveCount(0)
  await template.subject.fill('For ${account}: $<code>')
  await expect(template.inboxLine).toContainText('For <b>Ann & Bob</b>: 482913')

  const remembered = page.waitForResponse((response) => response.request().postData()?.includes('777000') ?? false)
  await template.changeValue('code', '777000')
  await remembered
  await template.save()
  await template.expectSaved(2)
  await page.reload()
  await expect(template.preview.locator('p')).toHaveText('777000')
})

test('$<code> is the variable and <code> is an element, side by side', async ({ page, signet }) => {
  await signet.enterNew(page)
  const template = new TemplatePage(page)
  await template.open('login')
  await template.html.fill('<p>$<code> or <code>$<code></code>, for $<b>5</b></p>')
  await expect(template.preview.locator('p')).toHaveText('482913 or 482913, for $5')
  await expect(template.preview.locator('code')).toHaveText('482913')
  await expect(template.preview.locator('b')).toHaveText('5')
  await template.view('Plain text').click()
  await expect(page.getByRole('region', { name: 'Plain text' })).toHaveText('482913 or 482913, for $5')
})

test('errors keep it from being saved and lead to line and column, hints do not', async ({ page, signet }) => {
  await signet.enterNew(page)
  const template = new TemplatePage(page)
  await template.open('login')
  await template.subject.fill('Hello')
  await template.html.fill('<p>Hello ${acount},</p>\n<p>the code:\n  ${cod}</p>')
  await expect(template.findings).toContainText('3 errors block saving')
  await expect(template.findings.getByRole('button', { name: /^Error: 1:10/ })).toContainText(
    '${acount} is not a variable of this scenario. Did you mean ${account}?',
  )
  await template.save()
  await expect(page.getByRole('alert').filter({ hasText: '3 errors are in the way' })).toBeVisible()
  await template.findings.getByRole('button', { name: '3:3' }).click()
  await expect(template.html).toBeFocused()
  expect(await page.evaluate(() => String(getSelection()))).toBe('${cod}')
  await page.keyboard.insertText('${code}')
  await template.findings.getByRole('button', { name: '1:10' }).click()
  await page.keyboard.insertText('${account} <img src="https://example.com/a.png">')
  await expect(template.findings).toContainText('No errors')
  await expect(template.findings).toContainText('The image has no alt text')
  await template.save()
  await template.expectSaved(1)
})

test('variables are offered while typing, in the source and in the subject', async ({ page, signet }) => {
  await signet.enterNew(page)
  const template = new TemplatePage(page)
  await template.open('login')
  await template.html.click()
  await page.keyboard.type('<p>${expi')
  await expect(page.getByRole('option', { name: /expires_in_minutes/ })).toBeVisible()
  // Within 75 ms of the list's coming up CodeMirror takes Enter for a line break: nobody means the list so soon.
  await page.waitForTimeout(150)
  await page.keyboard.press('Enter')
  await template.expectSource(/\$\{expires_in_minutes\}/)
  await template.subject.click()
  await page.keyboard.type('Code $<co')
  await page.getByRole('option', { name: /code/ }).click()
  await expect(template.subject).toHaveValue('Code $<code>')
})

test('by keyboard alone: write, leave the source, look through the views, save', async ({ page, signet }) => {
  const organization = await signet.newOrganization()
  await storeTemplate(signet, organization, { html: codeHtml })
  await signet.signIn(page, organization.owner)
  const template = new TemplatePage(page)
  await template.open('login')
  await template.html.focus()
  await page.keyboard.press('Control+End')
  await page.keyboard.type('<p>Bye</p>')
  // The first closes the list of completions.
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Tab')
  await expect(template.view('Desktop')).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await expect(template.view('Phone')).toBeFocused()
  await expect(template.view('Phone')).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Control+s')
  await template.expectSaved(2)
  await page.keyboard.press('Control+s')
  await template.expectSaved(3)
})
