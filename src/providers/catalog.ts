/** The one list of channels and providers. A vendor is added here with one import and one entry. */
import { z } from 'zod'
import type { Channel, Provider } from '#channels/contract.ts'
import { email, emailWithoutAliases } from '#channels/email/email.ts'
import { officialAccount } from '#channels/official-account/official-account.ts'
import { sms } from '#channels/sms/sms.ts'
import type { ChannelId } from '#channels/traits.ts'
import type { VendorOutcome } from '#channels/vendor-codes.ts'
import { voice } from '#channels/voice/voice.ts'
import { aliyun } from './aliyun/vendor.ts'
import { smtp } from './smtp/vendor.ts'
import { tencent } from './tencent/vendor.ts'
import { twilio } from './twilio/vendor.ts'
import type { VendorContext } from './vendor.ts'
import { wechat } from './wechat/vendor.ts'

/** All vendors. */
export const vendors = [aliyun, smtp, tencent, wechat, twilio]

export type Catalog = {
  channels: readonly Channel[]
  channelIds: readonly ChannelId[]
  providers: readonly Provider[]
  /** @throws Error for a channel that is not in the list */
  channel(id: ChannelId): Channel
  /** @throws Error for a provider that is not in the list */
  provider(id: string): Provider
  /** The cause behind a code of a provider's sends and receipts; null for one that it does not know, and for no provider. */
  explain(provider: string | null, code: string | null): VendorOutcome | null
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
    explain(provider, code) {
      if (provider === null || code === null) return null
      return providersById.get(provider)?.explain?.(code) ?? null
    },
  }
}

/** The environment variables of all vendors, as the environment has them: text, or nothing. */
export const vendorSettings = z.object(Object.assign({}, ...vendors.map(({ settings }) => settings.shape)))

export type CatalogSettings = VendorContext & {
  /** What the environment has of `vendorSettings`. */
  vendorSettings: Record<string, unknown>
  /** Whether limits count `+` tags, and dots at Gmail, as spellings of one mail address. */
  mailAliases: boolean
}

/** A catalog holds channels of any content. */
const anyChannel = (channel: unknown): Channel => channel as Channel

/** The catalog that the processes run with. */
export const catalog = ({ vendorSettings: given, mailAliases, ...context }: CatalogSettings): Catalog =>
  catalogOf(
    [sms, voice, mailAliases ? email : emailWithoutAliases, officialAccount].map(anyChannel),
    vendors.flatMap(({ open }) => open(given, context)),
  )
