/** The webhooks of an App and the page of one, as a person finds their way on them. */
import type { Locator, Page } from '@playwright/test'

export class WebhooksPage {
  readonly page: Page
  readonly dialog: Locator
  /** Of an App. */
  readonly table: Locator
  /** The panel of a secret that was just made. */
  readonly secret: Locator
  readonly calls: Locator
  /** What is unfolded beneath a call. */
  readonly unfolded: Locator
  readonly start: Locator

  constructor(page: Page) {
    this.page = page
    this.dialog = page.getByRole('dialog')
    this.table = page.getByRole('table', { name: 'Webhooks' })
    this.secret = page.getByRole('region', { name: /^The (webhook is made|secret is replaced)$/ })
    this.calls = page.getByRole('table', { name: 'Calls' })
    this.unfolded = this.calls.locator('.unfolded')
    this.start = page.getByRole('button', { name: 'New webhook' })
  }

  async openApp(key = 'shop'): Promise<void> {
    await this.page.goto(`/apps/${key}`)
  }

  async open(id: string, query = ''): Promise<void> {
    await this.page.goto(`/apps/shop/webhooks/${id}${query}`)
  }

  field(label: string): Locator {
    return this.dialog.getByLabel(label, { exact: true })
  }

  event(code: string): Locator {
    return this.dialog.getByRole('checkbox', { name: code })
  }

  /** Makes one by the form; its secret. */
  async make(url: string): Promise<string> {
    await this.start.click()
    await this.field('Address').fill(url)
    await this.press('Make webhook')
    return this.shownSecret()
  }

  async shownSecret(): Promise<string> {
    return (await this.secret.locator('pre').textContent()) ?? ''
  }

  async press(verb: string): Promise<void> {
    await this.dialog.getByRole('button', { name: verb, exact: true }).click()
  }

  async choose(action: string): Promise<void> {
    await this.page.getByRole('button', { name: 'More', exact: true }).click()
    await this.page.getByRole('button', { name: action, exact: true }).click()
  }

  async tryOut(): Promise<void> {
    await this.page.getByRole('button', { name: 'Send test event' }).click()
  }

  /** The calls without what is unfolded, the newest first. */
  call(at = 0): Locator {
    return this.calls
      .getByRole('row')
      .filter({ has: this.page.getByRole('rowheader') })
      .nth(at)
  }

  async show(state: 'All' | 'Waiting' | 'Failed' | 'Delivered'): Promise<void> {
    await this.page
      .getByRole('navigation', { name: 'Which calls are shown' })
      .getByRole('link', { name: state, exact: true })
      .click()
  }

  /** The badge beside the address. */
  state(word: string): Locator {
    return this.page.locator('main header').getByText(word, { exact: true })
  }
}
