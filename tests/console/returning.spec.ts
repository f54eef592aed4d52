/** The console while Signet does not answer, after coming back to it from elsewhere, and at addresses that are part of others. */
import { addAliyunAccount, addCarriedTemplate, keyOf, smsContents } from '../support/carried.ts'
import { expect, test } from '../support/console.ts'
import { addApp, addValidatedAccount } from '../support/sending.ts'
import { repositoryFiles } from '../support/source.ts'
import { AliyunPage } from './aliyun.page.ts'
import { EmailPage } from './email.page.ts'

const sms = '/personal-center/third-party-configuration/sms'

test('while Signet does not answer, Validate says so in place, and works once it answers again', async ({
  page,
  context,
  signet,
}) => {
  const organization = await signet.newOrganization()
  await addValidatedAccount(signet, organization)
  await signet.signIn(page, organization.owner)
  const there = new EmailPage(page)
  await there.open()
  await context.setOffline(true)
  await there.validate('Main')
  await expect(there.accounts.getByText('Signet did not answer', { exact: true })).toBeVisible()
  await expect(there.account('Main').getByText('Validated', { exact: true })).toBeVisible()
  // A part of the page that was to be loaded just then says so in its place as well.
  await expect(there.accounts.getByText('This part could not be loaded')).toBeVisible()
  await there.accounts.getByRole('button', { name: 'Edit' }).click()
  await expect(page.getByText('This part could not be loaded')).toHaveCount(2)
  await context.setOffline(false)
  const tries = page.getByRole('button', { name: 'Try again' })
  await tries.first().click()
  await expect(tries).toHaveCount(1)
  await tries.click()
  await expect(there.dialog).toHaveAccessibleName('Edit Main')
  await there.dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(there.accounts.getByRole('button', { name: 'Check and send' })).toBeVisible()
  await there.validate('Main')
  await expect(there.accounts.getByRole('status')).toContainText('This account is in force')
})

test('a page that somebody comes back to shows what was changed elsewhere meanwhile', async ({
  page,
  context,
  signet,
}) => {
  const organization = await signet.newOrganization()
  await addAliyunAccount(signet, organization, 'sms', { name: 'Before' })
  await signet.signIn(page, organization.owner)
  const there = new AliyunPage(page, 'sms')
  await there.open()
  const apps = await context.newPage()
  await apps.goto('/apps')
  await addAliyunAccount(signet, organization, 'sms', { name: 'Meanwhile', isValidated: false })
  await addApp(signet, organization, 'meanwhile', 'Added meanwhile')
  await expect(there.account('Meanwhile')).toHaveCount(0)
  for (const each of [page, apps]) await each.evaluate(() => window.dispatchEvent(new Event('focus')))
  await expect(there.account('Meanwhile')).toBeVisible()
  await expect(apps.getByRole('link', { name: 'Added meanwhile' })).toBeVisible()
})

test('that something was not saved is said until something else is typed', async ({ page, signet }) => {
  const organization = await signet.newOrganization()
  const accountId = await addAliyunAccount(signet, organization, 'sms', { name: 'Main' })
  const content = { mainland: smsContents.login, international: null }
  await addCarriedTemplate(signet, organization, { channel: 'sms', scenario: 'login', accountId }, content)
  await signet.signIn(page, organization.owner)
  const there = new AliyunPage(page, 'sms')
  await there.open()
  await there.startEditing('Main')
  await there.dialog.getByRole('button', { name: 'Replace AccessKey Secret' }).click()
  await there.fill({ accessKeySecret: 'not-this-secret' })
  await there.save()
  await expect(there.dialog.getByText('Nothing was saved')).toBeVisible()
  await there.fill({ accessKeySecret: keyOf(signet).accessKeySecret })
  await expect(there.dialog.getByText('Nothing was saved')).toHaveCount(0)

  await page.goto('/personal-center/third-party-configuration/email/templates/login')
  const subject = page.getByRole('textbox', { name: 'Subject' })
  await subject.fill('Your code')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'Not saved' })).toBeVisible()
  await subject.press('End')
  await subject.pressSequentially('s')
  await expect(page.getByRole('alert').filter({ hasText: 'Not saved' })).toHaveCount(0)
})

test('every address that stands before a page’s own leads somewhere', async ({ page, signet }) => {
  await signet.signIn(page)
  const addresses = repositoryFiles().flatMap((file) => {
    const found = /^src\/app\/(.*)\/page\.tsx$/.exec(file)?.[1]
    return found ? [found.split('/').filter((part) => !part.startsWith('('))] : []
  })
  const before = new Set(
    addresses.flatMap((parts) =>
      parts.slice(1).flatMap((_, n) => {
        const some = parts.slice(0, n + 1)
        return some.some((part) => part.startsWith('[')) ? [] : [`/${some.join('/')}`]
      }),
    ),
  )
  expect(before.size).toBeGreaterThan(6)
  const lost: string[] = []
  for (const address of before) {
    const answer = await page.request.get(address)
    if (!answer.ok()) lost.push(`${address}: ${answer.status()}`)
  }
  expect(lost).toEqual([])
  await page.goto('/personal-center/third-party-configuration')
  await expect(page).toHaveURL(sms)
})

test('what is typed into the inbox’s filter stays while the list follows', async ({ page, signet }) => {
  await page.goto(signet.simulator.url)
  const filter = page.getByRole('searchbox', { name: 'Filter by recipient' })
  await filter.fill('half-typed')
  const organization = await signet.newOrganization()
  const api = await signet.api(organization.owner)
  await addValidatedAccount(signet, organization)
  const { accounts } = api
  const [account] = await accounts.list.query({ channel: 'email' })
  const to = `follow-${organization.id.slice(-6)}@example.com`
  for await (const _ of await accounts.validate.mutate({ id: account?.id ?? '', testRecipient: to }));
  await expect(page.getByRole('row').filter({ hasText: to })).toBeVisible()
  await expect(filter).toHaveValue('half-typed')
  await expect(filter).toBeFocused()
})
