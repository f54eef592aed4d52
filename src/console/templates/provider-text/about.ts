/** Where a template stands that names what an account has at its provider: of which channel, scenario, App and account. */
import type { Texts } from '#channels/texts.ts'
import type { ChannelId } from '#channels/traits.ts'
import type { AppName } from '../list/chosen-app.ts'
import { templateAddress } from '../list/template-address.ts'

/** A channel whose contents name what an account has. */
export type AccountChannel = ChannelId

export type ProviderTemplateKey = { channel: AccountChannel; scenario: string; appId: string | null; accountId: string }

/** `isInForce`: it is the validated one, whose templates are used. */
export type AccountName = { id: string; name: string; provider: string; isInForce: boolean }

export type About = {
  templateKey: ProviderTemplateKey
  apps: readonly AppName[]
  app: AppName | null
  accounts: readonly AccountName[]
  account: AccountName
  /** What the account's provider says of its texts. */
  texts: Texts
}

/** The account in force needs no name in an address: it stays right when another takes its place. */
export const addressOf = (
  { channel, scenario }: ProviderTemplateKey,
  app: AppName | null,
  { id, isInForce }: AccountName,
): string => templateAddress(channel, scenario, app, isInForce ? undefined : id)
