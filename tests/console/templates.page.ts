/** The page on which an email template is written, as a person finds their way on it. */
import type { Locator, Page } from '@playwright/test'
import { emailAddress } from './email.page.ts'

export class TemplatePage {
  readonly page: Page
  readonly subject: Locator
  readonly html: Locator
  readonly text: Locator
  readonly note: Locator
  readonly dialog: Locator
  /** What keeps the template from being saved. */
  readonly errors: Locator
  /** What is only worth a look. */
  readonly hints: Locator
  readonly versions: Locator

  constructor(page: Page) {
    this.page = page
    this.subject = page.getByRole('textbox', { name: 'Subject' })
    this.html = page.getByRole('textbox', { name: 'HTML source' })
    this.text = page.getByRole('textbox', { name: 'Plain text' })
    this.note = page.getByRole('textbox', { name: 'Note' })
    this.dialog = page.getByRole('dialog')
    this.errors = page.getByRole('region', { name: 'Not saved yet: put these right' })
    this.hints = page.getByRole('region', { name: 'Worth a look' })
    this.versions = page.getByRole('table', { name: 'Versions' })
  }

  async open(scenario: string, query = ''): Promise<void> {
    await this.page.goto(`${emailAddress}/templates/${scenario}${query}`)
  }

  async save(): Promise<void> {
    await this.page.getByRole('button', { name: 'Save', exact: true }).click()
  }

  async insertExample(language?: string): Promise<void> {
    if (language) await this.page.getByLabel('Language of the example').selectOption({ label: language })
    await this.page.getByRole('button', { name: 'Insert example' }).click()
  }

  /** What is marked in a field, and where the mark begins. */
  marked(field: Locator): Promise<{ text: string; at: number }> {
    return field.evaluate((element: HTMLTextAreaElement) => {
      const { value, selectionStart, selectionEnd } = element
      return { text: value.slice(selectionStart, selectionEnd), at: selectionStart }
    })
  }
}
