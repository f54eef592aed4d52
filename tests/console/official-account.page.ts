/** The Official Account page and the form of a push rule, as a person finds their way on them: by headings, labels and words. */
import { expect, type Locator, type Page } from '@playwright/test'

export const officialAccountAddress = '/personal-center/third-party-configuration/official-account'

export class OfficialAccountPage {
  readonly page: Page
  readonly accounts: Locator
  readonly rules: Locator
  /** The drawer or dialog that is open. */
  readonly dialog: Locator

  constructor(page: Page) {
    this.page = page
    this.accounts = page.getByRole('region', { name: 'Official Account Configuration' })
    this.rules = page.getByRole('region', { name: 'Push Rules' })
    this.dialog = page.getByRole('dialog')
  }

  async open(query = ''): Promise<void> {
    await this.page.goto(`${officialAccountAddress}${query}`)
  }

  account(name: string): Locator {
    return this.row(this.accounts.getByRole('table', { name: 'Official Account Configuration' }), name)
  }

  rule(name: string): Locator {
    return this.row(this.rules.getByRole('table', { name: 'Push Rules' }), name)
  }

  /** The stages that are shown, under a row or in the drawer. */
  stage(name: string): Locator {
    return this.page.getByRole('list', { name: 'Stages of the check' }).getByRole('listitem').filter({ hasText: name })
  }

  field(label: string): Locator {
    return this.dialog.getByLabel(label, { exact: true })
  }

  /** Opens the drawer and fills it. */
  async startAdding(values: { name: string; appId: string; appSecret: string }): Promise<void> {
    await this.accounts.getByRole('button', { name: 'Add', exact: true }).click()
    await this.field('Account name').fill(values.name)
    await this.field('AppID').fill(values.appId)
    await this.field('AppSecret').fill(values.appSecret)
  }

  async save(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Save' }).click()
  }

  /** Opens the menu of rare actions in a rule's row and takes one. */
  async choose(name: string, action: string): Promise<void> {
    await this.rule(name).getByRole('button', { name: 'More' }).click()
    await this.rule(name).getByRole('button', { name: action, exact: true }).click()
  }

  private row(table: Locator, name: string): Locator {
    return table.getByRole('row').filter({ has: this.page.getByRole('rowheader', { name, exact: true }) })
  }
}

export class RulePage {
  readonly page: Page
  readonly dialog: Locator
  /** The card as it is drawn. */
  readonly card: Locator

  constructor(page: Page) {
    this.page = page
    this.dialog = page.getByRole('dialog')
    this.card = page.getByRole('article', { name: 'The card' })
  }

  async open(id: string, query = ''): Promise<void> {
    await this.page.goto(`${officialAccountAddress}/rules/${id}${query}`)
  }

  /** An input by its label; of a value, by the label of its field on the card, behind which its key stands. */
  field(label: string): Locator {
    return this.page.getByLabel(new RegExp(`^${label}(?: \\w+)?$`)).and(this.page.locator('input, select, textarea'))
  }

  /** What is said above the form, in red. */
  problem(text: string): Locator {
    return this.page.getByRole('alert').filter({ hasText: text })
  }

  /** What stands under an input. */
  async expectSaid(field: Locator, text: string | RegExp): Promise<void> {
    await expect(field).toHaveAccessibleDescription(text)
  }

  async chooseTemplate(title: string): Promise<void> {
    await this.field('Template').click()
    await this.page.getByRole('option', { name: title }).click()
  }

  async save(): Promise<void> {
    await this.page.getByRole('button', { name: 'Save', exact: true }).click()
  }

  async expectSaved(version: number): Promise<void> {
    await expect(this.page.getByText(`Saved as version ${version}`)).toBeVisible()
  }

  /** Opens the test push, pushes to an openid, and hands back what is told. */
  async testPush(openid: string): Promise<Locator> {
    await this.page.getByRole('button', { name: 'Test push', exact: true }).click()
    await this.dialog.getByLabel('Openid of a follower').fill(openid)
    await this.dialog.getByRole('button', { name: 'Push', exact: true }).click()
    return this.dialog
  }
}
