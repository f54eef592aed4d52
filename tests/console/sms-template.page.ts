/** The page on which an SMS template is chosen and mapped, as a person finds their way on it. */
import type { Locator, Page } from '@playwright/test'
import type { Role } from '#db/schema/index.ts'
import { addAliyunAccount } from '../support/carried.ts'
import { expect, type Organization, type Signet } from '../support/console.ts'
import { storeSms } from '../support/phone-templates.ts'

export const smsTemplates = '/personal-center/third-party-configuration/sms/templates'

export type Audience = 'Mainland China' | 'International'

export class SmsTemplatePage {
  readonly page: Page
  readonly dialog: Locator
  readonly preview: Locator
  readonly options: Locator

  constructor(page: Page) {
    this.page = page
    this.dialog = page.getByRole('dialog')
    this.preview = page.getByRole('region', { name: 'Preview' })
    this.options = page.getByRole('listbox').getByRole('option')
  }

  async open(scenario = 'login', query = ''): Promise<void> {
    await this.page.goto(`${smsTemplates}/${scenario}${query}`)
  }

  part(audience: Audience): Locator {
    return this.page.getByRole('region', { name: audience })
  }

  audience(audience: Audience): Locator {
    return this.part(audience).getByRole('checkbox', { name: audience })
  }

  /** The box that a signature or a template is chosen in. */
  box(name: 'Signature' | 'Template', audience: Audience = 'Mainland China'): Locator {
    return this.part(audience).getByRole('combobox', { name, exact: true })
  }

  /** What fills a variable of the template. */
  source(name: string, audience: Audience = 'Mainland China'): Locator {
    return this.part(audience).getByRole('combobox', { name: new RegExp(`^Value for \\$\\{${name}\\}`) })
  }

  constant(name: string, audience: Audience = 'Mainland China'): Locator {
    return this.part(audience).getByRole('textbox', { name: `Constant for ${name}` })
  }

  option(name: string | RegExp): Locator {
    return this.options.filter({ hasText: name })
  }

  /** Types some of it and takes the one that is found. */
  async choose(name: 'Signature' | 'Template', sought: string, audience: Audience = 'Mainland China'): Promise<void> {
    await this.box(name, audience).click()
    await this.box(name, audience).fill(sought)
    await this.option(sought).first().click()
    await expect(this.options).toHaveCount(0)
  }

  bubble(audience: Audience): Locator {
    return this.preview.getByRole('figure', { name: audience })
  }

  async changeValue(name: string, value: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Sample values' }).click()
    await this.page.getByRole('textbox', { name, exact: true }).fill(value)
    await this.page.keyboard.press('Escape')
  }

  async save(): Promise<void> {
    await this.page.getByRole('button', { name: 'Save', exact: true }).click()
  }

  async expectSaved(version: number): Promise<void> {
    await expect(this.page.getByText(`Saved as version ${version}`)).toBeVisible()
  }

  async chooseMore(action: string): Promise<void> {
    await this.page.getByRole('button', { name: 'More', exact: true }).click()
    await this.page.getByRole('button', { name: action, exact: true }).click()
  }

  async testSend(to: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Test send' }).click()
    await this.dialog.getByLabel('Phone number').fill(to)
    await this.dialog.getByRole('button', { name: 'Send', exact: true }).click()
  }
}

type Start = { role?: Role; stored?: Omit<Parameters<typeof storeSms>[2], 'accountId'> }

/** Somebody of a new organization with an account, before the page: the owner unless said. `stored` is a template that is there. */
export async function startSms(
  page: Page,
  signet: Signet,
  { role = 'owner', stored }: Start = {},
): Promise<{ organization: Organization; accountId: string; template: SmsTemplatePage }> {
  const organization = await signet.newOrganization()
  const accountId = await addAliyunAccount(signet, organization, 'sms')
  if (stored) await storeSms(signet, organization, { accountId, ...stored })
  await signet.signIn(page, role === 'owner' ? organization.owner : await organization.add(role))
  return { organization, accountId, template: new SmsTemplatePage(page) }
}
