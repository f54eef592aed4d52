/** A channel's page as a person finds their way on it: by headings, labels and the words on buttons. */
import type { Locator, Page } from '@playwright/test'

const thirdPartyConfiguration = '/personal-center/third-party-configuration'

/** What tells the pages of channels apart: their address and the name before `Configuration` and `Template Configuration`. */
const channels = {
  sms: { accounts: 'SMS Configuration', templates: 'SMS Template Configuration' },
  voice: { accounts: 'Voice Call Configuration', templates: 'Voice Template Configuration' },
  email: { accounts: 'Email Configuration', templates: 'Email Template Configuration' },
}
export type ChannelSlug = keyof typeof channels

export const channelAddress = (slug: ChannelSlug): string => `${thirdPartyConfiguration}/${slug}`

export class ChannelPage {
  readonly page: Page
  readonly slug: ChannelSlug
  readonly accounts: Locator
  readonly templates: Locator
  /** The drawer or dialog that is open. */
  readonly dialog: Locator

  constructor(page: Page, slug: ChannelSlug) {
    this.page = page
    this.slug = slug
    this.accounts = page.getByRole('region', { name: channels[slug].accounts, exact: true })
    this.templates = page.getByRole('region', { name: channels[slug].templates, exact: true })
    this.dialog = page.getByRole('dialog')
  }

  async open(query = ''): Promise<void> {
    await this.page.goto(`${channelAddress(this.slug)}${query}`)
  }

  /** An account's row. */
  account(name: string): Locator {
    return this.row(this.accounts.getByRole('table', { name: channels[this.slug].accounts, exact: true }), name)
  }

  /** A scenario's row. */
  scenario(name: string): Locator {
    return this.row(this.templates.getByRole('table', { name: channels[this.slug].templates, exact: true }), name)
  }

  /** The stages that are shown, wherever: under a row or in the drawer. */
  stage(name: string): Locator {
    return this.page.getByRole('list', { name: 'Stages of the check' }).getByRole('listitem').filter({ hasText: name })
  }

  labelled(label: string): Locator {
    return this.dialog.getByLabel(label, { exact: true })
  }

  async startAdding(): Promise<void> {
    await this.accounts.getByRole('button', { name: 'Add', exact: true }).click()
  }

  async startEditing(name: string): Promise<void> {
    await this.account(name).getByRole('button', { name: 'Edit' }).click()
    await this.dialog.waitFor()
  }

  /** By a part of its name: no other button of the drawer may have the word in its own. */
  async save(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Save' }).click()
  }

  async saveAndValidate(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Validate now' }).click()
  }

  async validate(name: string): Promise<void> {
    await this.account(name).getByRole('button', { name: 'Validate' }).click()
  }

  /** Unfolds what stands under an account's row. */
  async unfold(name: string): Promise<void> {
    await this.account(name)
      .getByRole('button', { name: /never|passed|ago|now/ })
      .click()
  }

  /** Unfolds what stands under a scenario's row. */
  async unfoldScenario(name: string): Promise<Locator> {
    await this.scenario(name).getByRole('button', { expanded: false }).first().click()
    return this.details(name)
  }

  /** What is unfolded under a scenario's row. */
  details(name: string): Locator {
    return this.scenario(name).locator('xpath=following-sibling::tr[1]')
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
