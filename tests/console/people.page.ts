/** The pages about people, as a person finds their way on them. */
import type { Locator, Page } from '@playwright/test'

export class MembersPage {
  readonly page: Page
  readonly members: Locator
  readonly invitations: Locator
  readonly dialog: Locator
  /** The panel of an invitation that was just made. */
  readonly made: Locator

  constructor(page: Page) {
    this.page = page
    this.members = page.getByRole('table', { name: 'Members' })
    this.invitations = page.getByRole('table', { name: 'Open invitations' })
    this.dialog = page.getByRole('dialog')
    this.made = page.getByRole('region', { name: /The invitation of .+ is made/ })
  }

  async open(): Promise<void> {
    await this.page.goto('/personal-center/members')
  }

  /** Somebody's row, by their address. */
  member(email: string): Locator {
    return this.members.getByRole('row').filter({ hasText: email })
  }

  invitation(email: string): Locator {
    return this.invitations.getByRole('row').filter({ hasText: email })
  }

  /** Invites by the form; the link that was shown. */
  async invite(email: string, role: string): Promise<string> {
    await this.page.getByRole('button', { name: 'Invite', exact: true }).click()
    await this.dialog.getByLabel('Email', { exact: true }).fill(email)
    await this.dialog.getByLabel('Role', { exact: true }).selectOption(role)
    await this.dialog.getByRole('button', { name: 'Make link' }).click()
    return (await this.made.locator('pre').textContent()) ?? ''
  }
}

export class ProfilePage {
  readonly page: Page
  readonly about: Locator
  readonly password: Locator
  readonly sessions: Locator

  constructor(page: Page) {
    this.page = page
    this.about = page.getByRole('region', { name: 'About you' })
    this.password = page.getByRole('region', { name: 'Password' })
    this.sessions = page.getByRole('table', { name: 'Sessions' }).locator('tbody').getByRole('row')
  }

  async open(): Promise<void> {
    await this.page.goto('/personal-center/profile')
  }

  async changePassword(current: string, next: string): Promise<void> {
    await this.password.getByLabel('Current password', { exact: true }).fill(current)
    await this.password.getByLabel('New password', { exact: true }).fill(next)
    await this.password.getByRole('button', { name: 'Change password' }).click()
  }
}

/** Signs in by the form, wherever the page has led to it. */
export async function signInByForm(
  page: Page,
  { email, password }: { email: string; password: string },
): Promise<void> {
  await page.getByLabel('Email', { exact: true }).fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  for (;;) {
    const answered = page.waitForResponse('**/api/auth/sign-in/email')
    await page.getByRole('button', { name: 'Sign in' }).click()
    const answer = await answered
    if (answer.status() !== 429) return
    // Specs that run side by side sign in more often than one address may.
    await page.waitForTimeout(1000 * (Number(answer.headers()['x-retry-after'] ?? 10) + 1))
  }
}
