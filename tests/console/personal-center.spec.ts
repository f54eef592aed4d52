/** The Personal Center: what is in it, how each channel stands, and only what the person may open. */
import { addAliyunAccount } from '../support/carried.ts'
import { expect, test } from '../support/console.ts'
import { expectSoundPage, inEveryLook } from '../support/page-checks.ts'
import { addOfficial } from '../support/push-console.ts'

test('it shows how each channel stands and leads to every page in it, and they lead back', async ({ page, signet }) => {
  const organization = await signet.newOrganization()
  await addAliyunAccount(signet, organization, 'sms', { name: 'Production' })
  await addAliyunAccount(signet, organization, 'voice', { isValidated: false })
  await addOfficial(signet, organization.owner, { name: 'Home' })
  await signet.signIn(page, organization.owner)
  await page.goto('/')
  await page.getByRole('navigation').getByRole('link', { name: 'Personal Center' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Personal Center' })).toBeVisible()
  const channels = page.getByRole('table', { name: 'Third-party Configuration' })
  const row = (name: string) => channels.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) })
  await expect(row('SMS')).toContainText('ValidatedProduction')
  await expect(row('Voice Call')).toContainText('Not configuredNone: sends are refused.')
  await expect(row('Email')).toContainText('Not configured')
  await expect(row('Official Account')).toContainText('ValidatedHome')

  await channels.getByRole('link', { name: 'Voice Call' }).click()
  await expect(page.getByRole('heading', { name: 'Voice Call Configuration' })).toBeVisible()
  for (const name of ['Members', 'Audit Log', 'Profile']) {
    await page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'Personal Center' }).click()
    await expect(page).toHaveURL(/\/personal-center$/)
    await page.getByRole('main').getByRole('link', { name, exact: true }).click()
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  }
})

test('what a person may not open is not offered', async ({ page, signet }) => {
  const organization = await signet.newOrganization()
  await signet.signIn(page, await organization.add('author'))
  await page.goto('/personal-center')
  const main = page.getByRole('main')
  await expect(main.getByRole('link', { name: 'Members' })).toBeVisible()
  await expect(main.getByRole('link', { name: 'Audit Log' })).toHaveCount(0)
})

test.describe('in Chinese', () => {
  test.use({ locale: 'zh-CN' })
  test('it says the same', async ({ page, signet }) => {
    await signet.enterNew(page)
    await page.goto('/personal-center')
    const channels = page.getByRole('table', { name: '第三方配置' })
    await expect(channels.getByRole('row').filter({ hasText: '短信' })).toContainText('未配置无，发送会被拒绝。')
  })
})

test('it is accessible and fits every screen', async ({ browser, signet }) => {
  const organization = await signet.newOrganization()
  await addAliyunAccount(signet, organization, 'sms')
  await inEveryLook(browser, signet, organization.owner, async (page) => {
    await page.goto('/personal-center')
    await expectSoundPage(page)
  })
})
