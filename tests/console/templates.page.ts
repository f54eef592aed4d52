/** The page on which an email template is written, as a person finds their way on it. */
import { expect, type FrameLocator, type Locator, type Page } from '@playwright/test'
import { emailAddress } from './email.page.ts'

export class TemplatePage {
  readonly page: Page
  readonly subject: Locator
  readonly html: Locator
  readonly dialog: Locator
  readonly findings: Locator
  /** What the preview shows now. */
  readonly preview: FrameLocator
  readonly inboxLine: Locator

  constructor(page: Page) {
    this.page = page
    this.subject = page.getByRole('textbox', { name: 'Subject' })
    this.html = page.getByRole('textbox', { name: 'HTML source' })
    this.dialog = page.getByRole('dialog')
    this.findings = page.getByRole('region', { name: 'Findings' })
    this.preview = page.frameLocator('iframe[title="Preview"]')
    this.inboxLine = page.getByRole('region', { name: 'In the inbox' })
  }

  async open(scenario: string, query = ''): Promise<void> {
    await this.page.goto(`${emailAddress}/templates/${scenario}${query}`)
  }

  /** A button in the head of the page. */
  action(name: string): Locator {
    return this.page.getByRole('banner').last().getByRole('button', { name, exact: true })
  }

  async save(): Promise<void> {
    await this.page.getByRole('button', { name: 'Save', exact: true }).click()
  }

  async expectSaved(version: number): Promise<void> {
    await expect(this.page.getByText(`Saved as version ${version}`)).toBeVisible()
  }

  /** The source as it is edited, all of it: lines out of sight are not in the page. */
  source(): Promise<string> {
    return this.html.evaluate((element) => {
      const { cmTile } = element as HTMLElement & { cmTile: { view: { state: { doc: object } } } }
      return cmTile.view.state.doc.toString()
    })
  }

  async expectSource(text: string | RegExp): Promise<void> {
    if (typeof text === 'string') await expect.poll(() => this.source()).toBe(text)
    else await expect.poll(() => this.source()).toMatch(text)
  }

  async choose(action: string): Promise<void> {
    await this.page.getByRole('button', { name: 'More', exact: true }).click()
    await this.page.getByRole('button', { name: action, exact: true }).click()
  }

  async startExample(language?: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Insert example' }).click()
    if (language) await this.dialog.getByLabel('Language of the example').selectOption({ label: language })
  }

  async insertExample(language?: string): Promise<void> {
    await this.startExample(language)
    await this.dialog.getByRole('button', { name: /^(Insert|Replace)$/ }).click()
    await expect(this.dialog).toHaveCount(0)
  }

  async changeValue(name: string, value: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Sample values' }).click()
    await this.page.getByRole('textbox', { name }).fill(value)
    await this.page.keyboard.press('Escape')
  }

  async testSend(to: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Test send' }).click()
    await this.dialog.getByLabel('Send to').fill(to)
    await this.dialog.getByRole('button', { name: 'Send', exact: true }).click()
  }

  view(name: string): Locator {
    return this.page.getByRole('tab', { name, exact: true })
  }
}
