/** People: the first owner, invitations, roles, what somebody sets about themselves, and the trail of who did what. */
import type { Browser, Page } from '@playwright/test'
import { expect, type Person, type Signet, test } from '../support/console.ts'
import { expectSoundPage, inEveryLook } from '../support/page-checks.ts'
import { startEmptySignet } from '../support/running-signet.ts'
import { addApp } from '../support/sending.ts'
import { MembersPage, ProfilePage, signInByForm } from './people.page.ts'

/** A browser of somebody's own; closed with the test's. */
async function pageOf(browser: Browser, signet: Signet, person?: Person): Promise<Page> {
  const context = await browser.newContext({ baseURL: signet.url })
  const page = await context.newPage()
  if (person) await signet.signIn(page, person)
  return page
}

const newAddress = () => `somebody-${Math.random().toString(36).slice(2)}@example.com`

test('the first visit with the link that the start printed sets Signet up, once', async ({ browser }) => {
  const empty = await startEmptySignet()
  const context = await browser.newContext({ baseURL: empty.url })
  try {
    const page = await context.newPage()
    await page.goto('/messages')
    await page.waitForURL('**/set-up')
    const late = await context.newPage()
    await late.goto(empty.setUpLink)
    await expect(late.getByLabel('Set-up secret')).toHaveCount(0)
    // The secret does not stay where it is read over shoulders.
    await expect(late).toHaveURL(/\/set-up$/)
    await page.getByRole('button', { name: 'Set up' }).click()
    for (const label of ['Set-up secret', 'Organization', 'Your name', 'Email', 'Password']) {
      await expect(page.getByLabel(label, { exact: true })).toHaveAttribute('aria-invalid', 'true')
    }
    await expect(page.getByLabel('Set-up secret', { exact: true })).toBeFocused()
    await page.goto('/set-up?secret=guessed')
    const fill = async (on: Page, password: string) => {
      await on.getByLabel('Organization', { exact: true }).fill('Acme')
      await on.getByLabel('Your name', { exact: true }).fill('Mei Lin')
      await on.getByLabel('Email', { exact: true }).fill('mei@example.com')
      await on.getByLabel('Password', { exact: true }).fill(password)
      await on.getByRole('button', { name: 'Set up' }).click()
    }
    await fill(page, 'too short')
    await expect(page.getByLabel('Password', { exact: true })).toHaveAttribute('aria-invalid', 'true')
    await expect(page.getByLabel('Organization', { exact: true })).toHaveValue('Acme')
    await expectSoundPage(page)
    await fill(page, 'a long enough password')
    const secret = page.getByLabel('Set-up secret', { exact: true })
    await expect(secret).toHaveAttribute('aria-invalid', 'true')
    await expect(secret).toHaveValue('guessed')
    await expect(page.getByText('This is not the secret that Signet printed when it started.')).toBeVisible()
    await expectSoundPage(page)
    await secret.fill(new URL(empty.setUpLink).searchParams.get('secret') ?? '')
    await fill(page, 'a long enough password')
    await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible()
    await expect(page.getByRole('button', { name: /Mei Lin/ })).toContainText('Owner')

    await fill(late, 'a long enough password')
    await expect(late.getByRole('status').filter({ hasText: 'Signet is set up already.' })).toBeVisible()
    await late.getByRole('link', { name: 'Sign in' }).click()
    await late.waitForURL('**/sign-in')
    await late.goto('/set-up')
    await late.waitForURL('**/sign-in')
  } finally {
    await context.close()
    await empty.stop()
  }
})

test('somebody new takes up an invitation with a name and a password, and the link works once', async ({
  page,
  browser,
  signet,
}) => {
  const organization = await signet.enterNew(page)
  const members = new MembersPage(page)
  await members.open()
  const email = newAddress()
  const link = await members.invite(email, 'Author')
  await expect(members.made).toBeFocused()
  await expect(members.invitation(email)).toContainText('Author')

  const theirs = await pageOf(browser, signet)
  await theirs.goto(link)
  await expect(theirs.getByRole('heading', { name: `Join ${organization.name}` })).toBeVisible()
  await expect(theirs.getByText(`${email} is invited as Author.`)).toBeVisible()
  await theirs.getByRole('button', { name: 'Join' }).click()
  await expect(theirs.getByLabel('Your name')).toBeFocused()
  await theirs.getByLabel('Your name').fill('Nora New')
  await theirs.getByLabel('Password', { exact: true }).fill('a long enough password')
  await theirs.getByRole('button', { name: 'Join' }).click()
  await expect(theirs.getByRole('button', { name: /Nora New/ })).toContainText('Author')
  await expect(theirs.getByText(organization.name, { exact: true })).toBeVisible()

  await theirs.goto(link)
  await expect(theirs.getByRole('heading', { name: 'This invitation is not valid' })).toBeVisible()
  await page.reload()
  await expect(members.member(email)).toContainText('Nora New')
  const byRole = members.members.getByRole('columnheader', { name: 'Role' })
  await byRole.getByRole('link').click()
  await expect(byRole).toHaveAttribute('aria-sort', 'ascending')
  await expect(members.members.getByRole('row').last()).toContainText('Nora New')
  await byRole.getByRole('link').click()
  await expect(members.members.getByRole('row').nth(1)).toContainText('Nora New')
  await expect(members.invitations).toBeHidden()
  await theirs.context().close()
})

test('somebody known signs in first, joins, and moves between two organizations', async ({ browser, signet }) => {
  const [first, second] = [await signet.newOrganization(), await signet.newOrganization()]
  await addApp(signet, first, 'first-app', 'First App')
  await addApp(signet, second, 'second-app', 'Second App')
  const api = await signet.api(second.owner)
  const { url } = await api.people.invite.mutate({ email: first.owner.email, role: 'viewer' })

  const page = await pageOf(browser, signet)
  await page.goto(url)
  await page.getByRole('link', { name: 'Sign in to join' }).click()
  await signInByForm(page, first.owner)
  await page.waitForURL('**/invite/**')
  await page.getByRole('button', { name: 'Join' }).click()
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible()

  const switcher = page.getByRole('button', { name: /^Organization/ })
  await expect(switcher).toContainText(second.name)
  await page.getByRole('link', { name: 'Apps', exact: true }).click()
  await expect(page.getByRole('table', { name: 'Apps' })).toContainText('Second App')
  await expect(page.getByRole('button', { name: 'Add', exact: true })).toBeHidden()
  await switcher.click()
  await page.getByRole('button', { name: first.name, exact: true }).click()
  await expect(switcher).toContainText(first.name)
  await page.getByRole('link', { name: 'Apps', exact: true }).click()
  await expect(page.getByRole('table', { name: 'Apps' })).toContainText('First App')
  await expect(page.getByRole('button', { name: 'Add', exact: true })).toBeVisible()
  await page.goto('/apps/second-app')
  await expect(page.getByRole('heading', { name: 'This record is not here' })).toBeVisible()
  await page.context().close()
})

test('an invitation is only for its address, and only until it is revoked', async ({ page, browser, signet }) => {
  const organization = await signet.newOrganization()
  const stranger = await signet.newOrganization()
  await signet.signIn(page, organization.owner)
  const members = new MembersPage(page)
  await members.open()
  const email = newAddress()
  const link = await members.invite(email, 'Viewer')

  const theirs = await pageOf(browser, signet)
  await theirs.goto('/sign-in')
  await signInByForm(theirs, stranger.owner)
  await expect(theirs.getByRole('heading', { name: 'Overview' })).toBeVisible()
  await theirs.goto(link)
  await expect(theirs.getByRole('status')).toContainText(`You are signed in as ${stranger.owner.email}.`)
  await theirs.getByRole('button', { name: 'Sign out' }).click()
  await expect(theirs.getByLabel('Your name')).toBeVisible()

  await members.invitation(email).getByRole('button', { name: 'Revoke' }).click()
  await members.dialog.getByRole('button', { name: 'Revoke invitation' }).click()
  await expect(members.invitations).toBeHidden()
  await theirs.getByLabel('Your name').fill('Too Late')
  await theirs.getByLabel('Password', { exact: true }).fill('a long enough password')
  await theirs.getByRole('button', { name: 'Join' }).click()
  await expect(theirs.getByRole('alert').filter({ hasText: 'not' })).toBeVisible()
  await theirs.reload()
  await expect(theirs.getByRole('heading', { name: 'This invitation is not valid' })).toBeVisible()
  await theirs.context().close()
})

test('a role is changed by a button of its own, and an organization keeps an owner', async ({
  page,
  browser,
  signet,
}) => {
  const organization = await signet.newOrganization()
  const [author, admin] = [await organization.add('author'), await organization.add('admin')]
  await signet.signIn(page, organization.owner)
  const members = new MembersPage(page)
  await members.open()
  const row = members.member(author.email)
  await row.getByRole('combobox').selectOption('Viewer')
  await row.getByRole('button', { name: 'Cancel' }).click()
  await expect(row.getByRole('combobox')).toHaveValue('author')
  await row.getByRole('combobox').selectOption('Viewer')
  await row.getByRole('button', { name: 'Save' }).click()
  await expect(row.getByRole('button', { name: 'Save' })).toBeHidden()
  await page.reload()
  await expect(row.getByRole('combobox')).toHaveValue('viewer')

  const own = members.member(organization.owner.email)
  await own.getByRole('combobox').selectOption('Admin')
  await own.getByRole('button', { name: 'Save' }).click()
  await expect(own.getByRole('alert')).toContainText('owner')
  await own.getByRole('button', { name: 'Leave' }).click()
  await members.dialog.getByRole('button', { name: 'Leave organization' }).click()
  await expect(members.dialog.getByRole('alert')).toBeVisible()

  const theirs = await pageOf(browser, signet, admin)
  const asAdmin = new MembersPage(theirs)
  await asAdmin.open()
  await expect(asAdmin.member(organization.owner.email).getByRole('combobox')).toBeHidden()
  await expect(asAdmin.member(organization.owner.email).getByRole('button')).toBeHidden()
  await expect(asAdmin.member(author.email).getByRole('option', { name: 'Owner' })).toHaveCount(0)
  await theirs.context().close()
  const reader = await pageOf(browser, signet, author)
  await new MembersPage(reader).open()
  await expect(reader.getByRole('table', { name: 'Members' })).toContainText(admin.email)
  for (const name of ['Invite', 'Remove', 'Leave']) await expect(reader.getByRole('button', { name })).toBeHidden()
  await reader.context().close()
})

test('somebody removed sees nothing of the organization any more, but still their profile', async ({
  page,
  browser,
  signet,
}) => {
  const organization = await signet.newOrganization()
  const author = await organization.add('author')
  const theirs = await pageOf(browser, signet, author)
  await theirs.goto('/apps')
  await expect(theirs.getByRole('heading', { name: 'No Apps yet' })).toBeVisible()

  await signet.signIn(page, organization.owner)
  const members = new MembersPage(page)
  await members.open()
  await members.member(author.email).getByRole('button', { name: 'Remove' }).click()
  await expect(members.dialog).toContainText(`${author.email} is taken out`)
  await members.dialog.getByRole('button', { name: 'Remove member' }).click()
  await expect(members.member(author.email)).toBeHidden()

  for (const path of ['/', '/messages', '/personal-center/members']) {
    await theirs.goto(path)
    await expect(theirs.getByRole('heading', { name: 'You belong to no organization' })).toBeVisible()
  }
  await theirs.getByRole('link', { name: 'Profile' }).click()
  await expect(theirs.getByRole('heading', { name: 'Profile' })).toBeVisible()
  await theirs.context().close()
})

test('name and language are a person’s own, and follow them to another browser', async ({ page, browser, signet }) => {
  const { owner } = await signet.enterNew(page)
  const profile = new ProfilePage(page)
  await profile.open()
  await profile.about.getByLabel('Name', { exact: true }).fill('')
  await profile.about.getByRole('button', { name: 'Save' }).click()
  await expect(profile.about.getByLabel('Name', { exact: true })).toHaveAttribute('aria-invalid', 'true')
  await profile.about.getByLabel('Name', { exact: true }).fill('林美')
  await profile.about.getByLabel('Language').selectOption('简体中文')
  await profile.about.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('heading', { name: '个人资料' })).toBeVisible()
  await expect(page.getByRole('button', { name: /林美/ })).toBeVisible()

  const elsewhere = await pageOf(browser, signet, owner)
  await elsewhere.goto('/')
  await expect(elsewhere.getByRole('heading', { name: '概览' })).toBeVisible()
  await elsewhere.context().close()
  await page.getByLabel('语言').last().selectOption('跟随浏览器')
  await page.getByRole('button', { name: '保存' }).click()
  await expect(page.getByRole('heading', { name: 'Profile' })).toBeVisible()
})

test('a new password ends every other session, and sessions are ended one by one', async ({ browser, signet }) => {
  const { owner } = await signet.newOrganization()
  const pages: Page[] = []
  for (let n = 0; n < 3; n += 1) {
    const page = await pageOf(browser, signet)
    await page.goto('/sign-in')
    await signInByForm(page, owner)
    await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible()
    pages.push(page)
  }
  const [mine, second, third] = pages
  if (!mine || !second || !third) throw new Error('Three browsers are signed in.')
  const profile = new ProfilePage(mine)
  await profile.open()
  await expect(profile.sessions).toHaveCount(3)
  await expect(profile.sessions.filter({ hasText: 'This one' })).toContainText(/Chrome on .+127\.0\.0\.1/)
  await profile.sessions.filter({ hasNotText: 'This one' }).first().getByRole('button', { name: 'Sign out' }).click()
  await expect(profile.sessions).toHaveCount(2)

  await profile.changePassword('', 'a new and longer password')
  await expect(profile.password).toContainText('Enter your current password.')
  await expect(profile.password.getByLabel('Current password', { exact: true })).toBeFocused()
  await profile.changePassword('a wrong old password', 'a new and longer password')
  await expect(profile.password).toContainText('This is not your password.')
  await profile.changePassword(owner.password, 'short')
  await expect(profile.password).toContainText('Use at least 12 characters.')
  await expect(profile.password.getByLabel('New password', { exact: true })).toBeFocused()
  await profile.changePassword(owner.password, 'a new and longer password')
  await expect(profile.password.getByRole('status')).toContainText('The password is changed.')
  await expect(profile.sessions).toHaveCount(1)
  for (const page of [second, third]) {
    await page.goto('/apps')
    await page.waitForURL('**/sign-in?next=%2Fapps')
  }
  await signInByForm(second, owner)
  await expect(second.getByRole('alert').filter({ hasText: 'Email or password is wrong.' })).toBeVisible()
  await signInByForm(second, { ...owner, password: 'a new and longer password' })
  await expect(second.getByRole('heading', { name: 'Apps', exact: true })).toBeVisible()

  await profile.sessions.filter({ hasText: 'This one' }).getByRole('button', { name: 'Sign out' }).click()
  await mine.waitForURL('**/sign-in')
  for (const page of pages) await page.context().close()
})

test('the audit log tells who did what, with what changed in a fold, and is filtered', async ({
  page,
  browser,
  signet,
}) => {
  const organization = await signet.newOrganization()
  await addApp(signet, organization)
  const api = await signet.api(organization.owner)
  const email = newAddress()
  await api.people.invite.mutate({ email, role: 'viewer' })
  const viewer = await organization.add('viewer')
  await signet.signIn(page, viewer)
  await page.goto('/personal-center/audit-log')
  const rows = page.getByRole('table', { name: 'Audit Log' }).locator('tbody').getByRole('row')
  await expect(rows).toHaveCount(2)
  await expect(rows.first()).toContainText(`Olga OwnerMember invited${email}`)
  await rows.first().getByText('Show').click()
  await expect(rows.first().getByRole('definition')).toHaveText('Viewer')

  await page.getByLabel('About').selectOption('Apps')
  await page.getByRole('button', { name: 'Filter' }).click()
  await page.waitForURL('**/audit-log?subject=app')
  await expect(rows).toHaveCount(1)
  await expect(rows.first()).toContainText(/App added\s*Shop/)
  await page.getByLabel('About').selectOption('Messages')
  await page.getByRole('button', { name: 'Filter' }).click()
  await expect(page.getByRole('heading', { name: 'No entry is about this' })).toBeVisible()

  const author = await pageOf(browser, signet, await organization.add('author'))
  await author.goto('/personal-center/audit-log')
  await expect(author.getByRole('heading', { name: 'Your role cannot read the Audit Log' })).toBeVisible()
  await expect(author.getByRole('table')).toBeHidden()
  await author.context().close()
})

test('the pages about people are sound in light and dark, wide and narrow', async ({ browser, signet }) => {
  const organization = await signet.newOrganization()
  await organization.add('author')
  const api = await signet.api(organization.owner)
  const { url } = await api.people.invite.mutate({ email: newAddress(), role: 'owner' })
  await inEveryLook(browser, signet, organization.owner, async (page) => {
    const members = new MembersPage(page)
    await members.open()
    await members.member('Ada').getByRole('combobox').selectOption('Viewer')
    await members.invite(newAddress(), 'Viewer')
    await expectSoundPage(page)
    await page.goto('/personal-center/audit-log')
    await page.getByText('Show').first().click()
    await expectSoundPage(page)
    await new ProfilePage(page).open()
    await expectSoundPage(page)
    await page.goto(url)
    await expectSoundPage(page)
  })
})
