/** The Email page as a person finds their way on it: by headings, labels and the words on buttons. */
import type { Locator, Page } from '@playwright/test'
import { ChannelPage, channelAddress } from './channel.page.ts'

export const emailAddress = channelAddress('email')

export type AccountValues = {
  name?: string
  host?: string
  port?: number | string
  encryption?: 'None' | 'STARTTLS' | 'TLS'
  username?: string
  password?: string
  fromAddress?: string
  fromName?: string
  replyTo?: string
}

const labels: Record<keyof AccountValues, string> = {
  name: 'Account name',
  host: 'SMTP server',
  port: 'Port',
  encryption: 'Encryption',
  username: 'SMTP account',
  password: 'SMTP password',
  fromAddress: 'From address',
  fromName: 'From name',
  replyTo: 'Reply-to',
}

export class EmailPage extends ChannelPage {
  constructor(page: Page) {
    super(page, 'email')
  }

  field(name: keyof AccountValues): Locator {
    return this.labelled(labels[name])
  }

  async fill(values: AccountValues): Promise<void> {
    for (const [name, value] of Object.entries(values) as [keyof AccountValues, string | number][]) {
      if (name === 'encryption') await this.field(name).selectOption({ label: String(value) })
      else await this.field(name).fill(String(value))
    }
  }
}
