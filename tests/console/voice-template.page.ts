/** The page on which a voice template is written and proven, as a person finds their way on it. */
import type { Locator, Page } from '@playwright/test'
import type { Role } from '#db/schema/index.ts'
import { addAliyunAccount } from '../support/carried.ts'
import { expect, type Organization, type Signet } from '../support/console.ts'
import { storeVoice } from '../support/phone-templates.ts'

export const voiceTemplates = '/personal-center/third-party-configuration/voice/templates'

export class VoiceTemplatePage {
  readonly page: Page
  readonly code: Locator
  readonly text: Locator
  readonly number: Locator
  readonly dialog: Locator
  readonly preview: Locator
  readonly proof: Locator

  constructor(page: Page) {
    this.page = page
    this.code = page.getByRole('textbox', { name: 'TTS code' })
    this.text = page.getByRole('textbox', { name: 'Approved text' })
    this.number = page.getByRole('textbox', { name: 'Calling number' })
    this.dialog = page.getByRole('dialog')
    this.preview = page.getByRole('region', { name: 'Preview' })
    this.proof = page.getByRole('region', { name: 'Proof' })
  }

  async open(scenario = 'login', query = ''): Promise<void> {
    await this.page.goto(`${voiceTemplates}/${scenario}${query}`)
  }

  source(name: string): Locator {
    return this.page.getByRole('combobox', { name: `Value for \${${name}}` })
  }

  async save(): Promise<void> {
    await this.page.getByRole('button', { name: 'Save', exact: true }).click()
  }

  async expectSaved(version: number): Promise<void> {
    await expect(this.page.getByText(`Saved as version ${version}`)).toBeVisible()
  }

  async testCall(to: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Test call' }).first().click()
    await this.dialog.getByLabel('Phone number').fill(to)
    await this.dialog.getByRole('button', { name: 'Call', exact: true }).click()
  }

  async closeDialog(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Close' }).last().click()
  }
}

type Start = { role?: Role; stored?: Omit<Parameters<typeof storeVoice>[2], 'accountId'> }

/** Somebody of a new organization with an account, before the page: the owner unless said. `stored` is a template that is there. */
export async function startVoice(
  page: Page,
  signet: Signet,
  { role = 'owner', stored }: Start = {},
): Promise<{ organization: Organization; accountId: string; template: VoiceTemplatePage }> {
  const organization = await signet.newOrganization()
  const accountId = await addAliyunAccount(signet, organization, 'voice')
  if (stored) await storeVoice(signet, organization, { accountId, ...stored })
  await signet.signIn(page, role === 'owner' ? organization.owner : await organization.add(role))
  return { organization, accountId, template: new VoiceTemplatePage(page) }
}
