/** The Apps and the page of one App, as a person finds their way on them. */
import type { Locator, Page } from '@playwright/test'

export class AppsPage {
  readonly page: Page
  readonly table: Locator
  readonly rows: Locator
  readonly dialog: Locator

  constructor(page: Page) {
    this.page = page
    this.table = page.getByRole('table', { name: 'Apps' })
    this.rows = this.table.locator('tbody').getByRole('row')
    this.dialog = page.getByRole('dialog')
  }

  async open(query = ''): Promise<void> {
    await this.page.goto(`/apps${query}`)
  }

  row(name: string): Locator {
    return this.rows.filter({ has: this.page.getByRole('rowheader', { name, exact: true }) })
  }

  field(label: string): Locator {
    return this.dialog.getByLabel(label, { exact: true })
  }

  async startAdding(): Promise<void> {
    await this.page.getByRole('button', { name: 'Add', exact: true }).first().click()
  }

  async save(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Save' }).click()
  }
}

export class AppPage extends AppsPage {
  readonly keys: Locator
  readonly codes: Locator
  readonly guard: Locator
  readonly decisions: Locator
  readonly coverage: Locator
  /** The panel of a key that was just made. */
  readonly made: Locator

  constructor(page: Page) {
    super(page)
    this.keys = page.getByRole('table', { name: 'API keys' })
    this.codes = page.getByRole('region', { name: 'Verification codes' })
    this.guard = page.getByRole('region', { name: 'Guard against misuse of codes' })
    this.decisions = page.getByRole('table', { name: 'What the guard found' })
    this.coverage = page.getByRole('table', { name: 'Coverage' })
    this.made = page.getByRole('region', { name: /The key “.+” is made/ })
  }

  async openApp(key: string): Promise<void> {
    await this.page.goto(`/apps/${key}`)
  }

  key(name: string): Locator {
    return this.keys.getByRole('row').filter({ has: this.page.getByRole('rowheader', { name, exact: true }) })
  }

  scenario(name: string): Locator {
    return this.coverage.getByRole('row').filter({ has: this.page.getByRole('rowheader', { name, exact: true }) })
  }

  /** Makes a key by the form; what was shown. */
  async makeKey(name: string, kind: 'Live' | 'Test'): Promise<string> {
    await this.page.getByRole('button', { name: 'Add key' }).click()
    await this.field('Name').fill(name)
    await this.field('Kind').selectOption(kind)
    await this.dialog.getByRole('button', { name: 'Make key' }).click()
    return (await this.made.locator('pre').first().textContent()) ?? ''
  }

  async choose(action: string): Promise<void> {
    await this.page.getByRole('button', { name: 'More' }).click()
    await this.page.getByRole('button', { name: action }).click()
  }
}
