/** The Email page as a person finds their way on it: by headings, labels and the words on buttons. */
import type { Locator, Page } from '@playwright/test'

export const emailAddress = '/personal-center/third-party-configuration/email'

export type AccountValues = {
  name?: string
  host?: string
  port?: number | string
  encryption?: 'None' | 'STARTTLS' | 'TLS'
  username?: string
  password?: string
  fromAddress?: string
  fromName?: string
  replyTo?: string
}

const labels: Record<keyof AccountValues, string> = {
  name: 'Account name',
  host: 'SMTP server',
  port: 'Port',
  encryption: 'Encryption',
  username: 'SMTP account',
  password: 'SMTP password',
  fromAddress: 'From address',
  fromName: 'From name',
  replyTo: 'Reply-to',
}

export class EmailPage {
  readonly page: Page
  readonly accounts: Locator
  readonly templates: Locator
  /** The drawer or dialog that is open. */
  readonly dialog: Locator

  constructor(page: Page) {
    this.page = page
    this.accounts = page.getByRole('region', { name: 'Email Configuration' })
    this.templates = page.getByRole('region', { name: 'Email Template Configuration' })
    this.dialog = page.getByRole('dialog')
  }

  async open(query = ''): Promise<void> {
    await this.page.goto(`${emailAddress}${query}`)
  }

  /** An account's row. */
  account(name: string): Locator {
    return this.row(this.accounts.getByRole('table', { name: 'Email Configuration' }), name)
  }

  /** A scenario's row. */
  scenario(name: string): Locator {
    return this.row(this.templates.getByRole('table', { name: 'Email Template Configuration' }), name)
  }

  /** The stages that are shown, wherever: under a row or in the drawer. */
  stage(name: string): Locator {
    return this.page.getByRole('list', { name: 'Stages of the check' }).getByRole('listitem').filter({ hasText: name })
  }

  field(name: keyof AccountValues): Locator {
    return this.dialog.getByLabel(labels[name], { exact: true })
  }

  async startAdding(): Promise<void> {
    await this.accounts.getByRole('button', { name: 'Add', exact: true }).click()
  }

  async startEditing(name: string): Promise<void> {
    await this.account(name).getByRole('button', { name: 'Edit' }).click()
  }

  async fill(values: AccountValues): Promise<void> {
    for (const [name, value] of Object.entries(values) as [keyof AccountValues, string | number][]) {
      if (name === 'encryption') await this.field(name).selectOption({ label: String(value) })
      else await this.field(name).fill(String(value))
    }
  }

  async save(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Save' }).click()
  }

  async validate(name: string): Promise<void> {
    await this.account(name).getByRole('button', { name: 'Validate' }).click()
  }

  /** Opens the menu of rare actions in a row and takes one. */
  async choose(row: Locator, action: string): Promise<void> {
    await row.getByRole('button', { name: 'More' }).click()
    await row.getByRole('button', { name: action }).click()
  }

  async chooseApp(name: string): Promise<void> {
    await this.templates.getByLabel('App').selectOption({ label: name })
  }

  private row(table: Locator, name: string): Locator {
    return table.getByRole('row').filter({ has: this.page.getByRole('rowheader', { name }) })
  }
}

/** Whether the page can be scrolled sideways, which it never should. */
export const scrollsSideways = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)
