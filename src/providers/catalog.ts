/** The one list of channels and providers. A vendor is added here with one import and one entry. */
import type { Channel, ChannelId, Provider } from '#channels/contract.ts'
import { email, emailWithoutAliases } from '#channels/email/email.ts'
import { officialAccount } from '#channels/official-account/official-account.ts'
import { sms } from '#channels/sms/sms.ts'
import type { TokenStore } from '#channels/token-store.ts'
import { voice } from '#channels/voice/voice.ts'
import { aliyunSms } from './aliyun/sms.ts'
import { aliyunVoice } from './aliyun/voice.ts'
import { smtp } from './smtp/smtp.ts'
import { wechat } from './wechat/wechat.ts'

export type Catalog = {
  channels: readonly Channel[]
  channelIds: readonly ChannelId[]
  providers: readonly Provider[]
  /** @throws Error for a channel that is not in the list */
  channel(id: ChannelId): Channel
  /** @throws Error for a provider that is not in the list */
  provider(id: string): Provider
  /** The cause behind a code of a channel's sends and receipts, a key of `Outcome.*`; null for one that no provider explains. */
  explain(channel: string, code: string | null): string | null
}

/** A catalog of these channels and providers. */
export function catalogOf(channels: readonly Channel[], providers: readonly Provider[]): Catalog {
  const channelsById = new Map(channels.map((channel) => [channel.id, channel]))
  const providersById = new Map(providers.map((provider) => [provider.id, provider]))
  return {
    channels,
    channelIds: [...channelsById.keys()],
    providers,
    channel(id) {
      const found = channelsById.get(id)
      if (!found) throw new Error(`There is no channel "${id}".`)
      return found
    },
    provider(id) {
      const found = providersById.get(id)
      if (!found) throw new Error(`There is no provider "${id}".`)
      return found
    },
    explain(channel, code) {
      if (code === null) return null
      const known = providers.flatMap((each) => (each.channel === channel ? (each.explain?.(code) ?? []) : []))
      return known[0] ?? null
    },
  }
}

export type CatalogSettings = {
  smtpAllow: readonly string[]
  /** Whether limits count `+` tags, and dots at Gmail, as spellings of one mail address; they do unless told. */
  mailAliases?: boolean
  /** How Signet calls itself to mail servers. */
  smtpName?: string | undefined
  /** In place of the real services. */
  aliyunSmsEndpoint?: string | undefined
  aliyunVoiceEndpoint?: string | undefined
  wechatEndpoint?: string | undefined
  /** Where access tokens are kept that all processes share. */
  tokens: TokenStore
}

/** A catalog holds channels of any content. */
const anyChannel = (channel: unknown): Channel => channel as Channel

/** The catalog that the processes run with. */
export const catalog = (settings: CatalogSettings): Catalog =>
  catalogOf(
    [sms, voice, settings.mailAliases === false ? emailWithoutAliases : email, officialAccount].map(anyChannel),
    [
      aliyunSms(settings.aliyunSmsEndpoint ? { endpoint: settings.aliyunSmsEndpoint } : {}),
      aliyunVoice(settings.aliyunVoiceEndpoint ? { endpoint: settings.aliyunVoiceEndpoint } : {}),
      smtp({ allow: settings.smtpAllow, ...(settings.smtpName ? { name: settings.smtpName } : {}) }),
      wechat({ tokens: settings.tokens, ...(settings.wechatEndpoint ? { endpoint: settings.wechatEndpoint } : {}) }),
    ] as readonly unknown[] as readonly Provider[],
  )
