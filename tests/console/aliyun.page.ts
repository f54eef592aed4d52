/** The SMS page or the Voice Call page: their accounts have the same fields, but for where SMS is served. */
import type { Locator } from '@playwright/test'
import { ChannelPage } from './channel.page.ts'

export type KeyValues = { name?: string; accessKeyId?: string; accessKeySecret?: string; region?: string }

const labels: Record<keyof KeyValues, string> = {
  name: 'Account name',
  accessKeyId: 'AccessKey ID',
  accessKeySecret: 'AccessKey Secret',
  region: 'Region',
}

export class AliyunPage extends ChannelPage {
  field(name: keyof KeyValues): Locator {
    return this.labelled(labels[name])
  }

  async fill({ region, ...values }: KeyValues): Promise<void> {
    for (const [name, value] of Object.entries(values)) await this.field(name as keyof typeof values).fill(value)
    if (region === undefined) return
    await this.dialog.getByText('Advanced', { exact: true }).click()
    await this.field('region').selectOption({ label: region })
  }

  /** What stands under an account's row about where its receipts go. */
  get receipts(): Locator {
    return this.accounts.getByRole('region', { name: 'Receipt address' })
  }
}
