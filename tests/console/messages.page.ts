/** The message log and the page of one message, as a person finds their way on them. */
import type { Locator, Page } from '@playwright/test'

export class MessagesPage {
  readonly page: Page
  readonly table: Locator
  readonly filters: Locator
  readonly rows: Locator

  constructor(page: Page) {
    this.page = page
    this.table = page.getByRole('table', { name: 'Messages' })
    this.filters = page.getByRole('form', { name: 'Filter messages' })
    this.rows = this.table.locator('tbody').getByRole('row')
  }

  async open(query = ''): Promise<void> {
    await this.page.goto(`/messages${query}`)
  }

  row(text: string | RegExp): Locator {
    return this.rows.filter({ hasText: text })
  }

  filter(label: string): Locator {
    return this.filters.getByLabel(label, { exact: true })
  }

  async apply(): Promise<void> {
    await this.filters.getByRole('button', { name: 'Filter' }).click()
  }
}

export class MessagePage {
  readonly page: Page
  readonly heading: Locator
  readonly timeLine: Locator
  readonly facts: Locator
  readonly content: Locator
  readonly dialog: Locator

  constructor(page: Page) {
    this.page = page
    this.heading = page.getByRole('heading', { level: 1 })
    this.timeLine = page.getByRole('region', { name: 'What happened' }).getByRole('listitem')
    this.facts = page.getByRole('region', { name: 'Facts' })
    this.content = page.getByRole('region', { name: 'Content' })
    this.dialog = page.getByRole('dialog')
  }

  async open(id: string): Promise<void> {
    await this.page.goto(`/messages/${id}`)
  }

  /** The badge beside the heading. */
  status(word: string): Locator {
    return this.page.locator('header').getByText(word, { exact: true })
  }

  fact(label: string): Locator {
    return this.facts.locator('div').filter({ has: this.page.locator(`dt:text-is("${label}")`) })
  }
}
