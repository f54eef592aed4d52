/** Versions, other authors, drafts: nothing that was written is lost or overwritten unasked. */
import { expect, test } from '../../support/console.ts'
import { EmailPage, emailAddress } from '../email.page.ts'
import { TemplatePage } from '../templates.page.ts'
import { codeHtml, storeTemplate } from './make-templates.ts'

test('every save is a version with author and note, to be compared and restored', async ({ page, signet }) => {
  const organization = await signet.newOrganization()
  await storeTemplate(signet, organization, { subject: 'The first', note: 'From the start' })
  await signet.signIn(page, await organization.add('author'))
  const template = new TemplatePage(page)
  await template.open('login')
  await template.subject.fill('The second')
  await template.html.fill('<h1>${code}</h1>')
  await page.getByRole('button', { name: 'Save with a note' }).click()
  await page.getByRole('textbox', { name: 'Note' }).fill('Larger code')
  await page.keyboard.press('Enter')
  await template.expectSaved(2)

  await template.choose('Versions')
  const table = page.getByRole('table', { name: 'Versions' })
  await expect(table.getByRole('row', { name: /^v2/ })).toContainText('Ada author')
  await expect(table.getByRole('row', { name: /^v2/ })).toContainText('Larger code')
  await expect(table.getByRole('row', { name: /^v1/ })).toContainText('Olga Owner')
  await expect(table.getByRole('row', { name: /^v1/ })).toContainText('From the start')
  await table.getByRole('row', { name: /^v1/ }).getByRole('button', { name: 'Compare' }).click()
  await expect(template.dialog.getByRole('deletion').filter({ hasText: 'The first' })).toBeVisible()
  await expect(template.dialog.getByRole('insertion').filter({ hasText: 'The second' })).toBeVisible()
  await expect(template.dialog.getByRole('textbox', { name: 'Version 1' })).toContainText('Your code is')
  await expect(template.dialog.getByRole('textbox', { name: 'In the editor' })).toContainText('<h1>')
  await template.dialog.getByRole('button', { name: 'Restore' }).click()
  await expect(template.subject).toHaveValue('The first')
  await template.expectSource(codeHtml)
  await template.save()
  await template.expectSaved(3)
})

test('the second of two authors sees what differs, and takes theirs or saves over it', async ({ page, signet }) => {
  const organization = await signet.newOrganization()
  await storeTemplate(signet, organization)
  await signet.signIn(page, await organization.add('author'))
  const template = new TemplatePage(page)
  await template.open('login')
  await template.subject.fill('Mine')
  await storeTemplate(signet, organization, { subject: 'Theirs', html: '<h2>${code}</h2>', baseVersion: 1 })
  await template.save()
  await expect(template.dialog).toContainText('Olga Owner saved version 2 meanwhile')
  await expect(template.dialog.getByRole('deletion').filter({ hasText: 'Theirs' })).toBeVisible()
  await expect(template.dialog.getByRole('insertion').filter({ hasText: 'Mine' })).toBeVisible()
  await expect(template.dialog.getByRole('textbox', { name: 'Theirs, version 2' })).toContainText('<h2>')
  await template.dialog.getByRole('button', { name: 'Keep editing' }).click()
  await expect(template.subject).toHaveValue('Mine')
  await template.save()
  await template.dialog.getByRole('button', { name: 'Save mine over version 2' }).click()
  await template.expectSaved(3)

  await storeTemplate(signet, organization, { subject: 'Theirs again', baseVersion: 3 })
  await template.subject.fill('Mine again')
  await template.save()
  await template.dialog.getByRole('button', { name: 'Take theirs' }).click()
  await expect(template.subject).toHaveValue('Theirs again')
  await expect(page.getByText('Unsaved', { exact: true })).toHaveCount(0)
  await page.reload()
  await expect(template.subject).toHaveValue('Theirs again')
})

test('a draft survives a reload and a closed tab, remembers its base, and can be thrown away', async ({
  page,
  signet,
}) => {
  const organization = await signet.newOrganization()
  await storeTemplate(signet, organization)
  await signet.signIn(page, organization.owner)
  const template = new TemplatePage(page)
  await template.open('login')
  await template.subject.fill('Not saved yet')
  // An editor that has only just come up may put its cursor back between the selecting and the writing of a fill.
  await expect(async () => {
    await template.html.fill('<p>Draft ${code}</p>')
    await template.expectSource('<p>Draft ${code}</p>')
  }).toPass()
  await expect(page.getByText('Unsaved', { exact: true })).toBeVisible()
  await page.reload()
  await expect(page.getByText('What you had not saved is back')).toBeVisible()
  await expect(template.subject).toHaveValue('Not saved yet')
  await template.expectSource('<p>Draft ${code}</p>')

  const context = page.context()
  await page.close()
  await storeTemplate(signet, organization, { subject: 'Meanwhile', baseVersion: 1 })
  const again = new TemplatePage(await context.newPage())
  await again.open('login')
  await expect(again.subject).toHaveValue('Not saved yet')
  await again.save()
  await expect(again.dialog).toContainText('Olga Owner saved version 2 meanwhile')
  await again.dialog.getByRole('button', { name: 'Keep editing' }).click()
  await again.page.getByRole('button', { name: 'Discard draft' }).click()
  await expect(again.subject).toHaveValue('Meanwhile')
  await again.page.reload()
  await expect(again.subject).toHaveValue('Meanwhile')
  await expect(again.page.getByRole('button', { name: 'Discard draft' })).toHaveCount(0)
})

test('what was typed before the page had come to life is a draft as well', async ({ page, signet }) => {
  const organization = await signet.newOrganization()
  await storeTemplate(signet, organization)
  await signet.signIn(page, organization.owner)
  const template = new TemplatePage(page)
  let comeToLife: (() => void) | undefined
  const alive = new Promise<void>((resolve) => {
    comeToLife = resolve
  })
  await page.route('**/*.js', async (route) => {
    await alive
    await route.continue()
  })
  await page.goto(`${emailAddress}/templates/login`, { waitUntil: 'commit' })
  await template.subject.fill('Typed early')
  comeToLife?.()
  await expect(page.getByText('Unsaved', { exact: true })).toBeVisible()
  await page.getByRole('link', { name: 'Email', exact: true }).click()
  await template.dialog.getByRole('button', { name: 'Leave' }).click()
  await expect(page.getByRole('heading', { name: 'Email Template Configuration' })).toBeVisible()
  await template.open('login')
  await expect(template.subject).toHaveValue('Typed early')
})

test('leaving with unsaved changes asks, whichever way', async ({ page, signet }) => {
  const organization = await signet.newOrganization()
  await storeTemplate(signet, organization)
  await signet.signIn(page, organization.owner)
  const email = new EmailPage(page)
  const template = new TemplatePage(page)
  await email.open()
  await email.scenario('Login').getByRole('link', { name: 'Edit' }).click()
  await template.subject.fill('Something new')
  await page.getByRole('link', { name: 'Email', exact: true }).click()
  await expect(template.dialog).toContainText('Leave without saving?')
  await template.dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(template.subject).toHaveValue('Something new')
  await page.getByRole('link', { name: 'Email', exact: true }).click()
  await template.dialog.getByRole('button', { name: 'Leave' }).click()
  await expect(email.scenario('Login')).toContainText('Your code')

  await email.scenario('Login').getByRole('link', { name: 'Edit' }).click()
  await expect(template.subject).toHaveValue('Something new')
  await template.subject.fill('Something else')
  const asked = page.waitForEvent('dialog')
  const leaving = page.close({ runBeforeUnload: true })
  const dialog = await asked
  expect(dialog.type()).toBe('beforeunload')
  await dialog.accept()
  await leaving
})
