/** Where the template of a scenario is written: the default's or, with an App, that App's. */
import { channelPlace, templatePlace, thirdPartyConfiguration } from '#console/links.ts'

type AppKey = { key: string } | null

/** The page whose table lists the templates of a channel. */
export const templatesAddress = (channel: string, app: AppKey): string =>
  `${channelPlace(channel) ?? thirdPartyConfiguration}${app ? `?app=${encodeURIComponent(app.key)}` : ''}`

/** @param accountId names the account whose signatures it uses, where that is not the one in force */
export const templateAddress = (channel: string, scenario: string, app: AppKey, accountId?: string): string =>
  templatePlace(channel, scenario, { app: app?.key, account: accountId }) ?? templatesAddress(channel, app)

/** The same page with its test send open. */
export const testSendAddress = (...of: Parameters<typeof templateAddress>): string =>
  `${templateAddress(...of)}#test-send`
