/** Menus anywhere in the console: reached and left by keyboard, and sound while they are open. */
import { addAliyunAccount } from '../support/carried.ts'
import { expect, test } from '../support/console.ts'
import { expectSoundPage } from '../support/page-checks.ts'
import { ChannelPage } from './channel.page.ts'

test('a menu takes arrow keys and first letters, and the focus comes back to its button', async ({ page, signet }) => {
  const organization = await signet.newOrganization()
  await addAliyunAccount(signet, organization, 'sms')
  await signet.signIn(page, organization.owner)
  const sms = new ChannelPage(page, 'sms')
  await sms.open()
  const more = sms.accounts.getByRole('button', { name: 'More' }).first()
  const remove = sms.accounts.getByRole('button', { name: 'Delete', exact: true })
  await more.focus()
  await page.keyboard.press('Enter')
  await expect(more).toHaveAttribute('aria-expanded', 'true')
  await expect(remove).toBeVisible()
  await expectSoundPage(page)
  await page.keyboard.press('ArrowDown')
  await expect(remove).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(remove).toHaveCount(0)
  await expect(more).toBeFocused()

  await page.keyboard.press('Enter')
  await expect(remove).toBeVisible()
  await page.keyboard.press('d')
  await expect(remove).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(sms.dialog).toBeVisible()
  await expectSoundPage(page)
  await page.keyboard.press('Escape')
  await expect(sms.dialog).toHaveCount(0)
  await expect(more).toBeFocused()
})

test('the menu of the person changes language and theme, says which are chosen, and is sound', async ({
  page,
  signet,
}) => {
  await signet.signIn(page)
  await page.goto('/')
  const person = page.getByRole('banner').getByRole('button', { expanded: false }).last()
  await person.click()
  await expect(page.getByRole('button', { name: 'English' })).toHaveAttribute('aria-pressed', 'true')
  await expectSoundPage(page)
  await page.getByRole('button', { name: 'Dark', exact: true }).click()
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
  await person.click()
  await page.getByRole('button', { name: '简体中文' }).click()
  await expect(page.getByRole('link', { name: '概览' })).toBeVisible()
})
