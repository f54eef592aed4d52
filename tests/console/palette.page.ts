/** The command palette and the list of shortcuts, as a person finds their way on them. */
import { expect, type Locator, type Page } from '@playwright/test'

export class PalettePage {
  readonly page: Page
  readonly button: Locator
  readonly dialog: Locator
  readonly field: Locator

  constructor(page: Page) {
    this.page = page
    this.button = page.getByRole('button', { name: 'Search', exact: true })
    this.dialog = page.getByRole('dialog', { name: 'Search' })
    this.field = this.dialog.getByRole('combobox', { name: 'Search' })
  }

  /** By key, once the page is alive to hear it. */
  async open(): Promise<void> {
    await expect(async () => {
      await this.page.keyboard.press('Control+k')
      await this.field.waitFor({ timeout: 3000 })
    }).toPass()
  }

  entry(name: string | RegExp): Locator {
    return this.dialog.getByRole('listbox', { name: 'Results' }).getByRole('option', { name })
  }
}
