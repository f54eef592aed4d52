/** Where the template of a scenario is written: the default's or, with `app`, an App's. */
import { thirdPartyConfiguration } from '../../../places.ts'

export const templatesPage = `${thirdPartyConfiguration}/email`

const query = (app: { key: string } | null) => (app ? `?app=${encodeURIComponent(app.key)}` : '')

/** The page whose table lists the templates. */
export const templatesAddress = (app: { key: string } | null): string => `${templatesPage}${query(app)}`

export const templateAddress = (scenario: string, app: { key: string } | null): string =>
  `${templatesPage}/templates/${encodeURIComponent(scenario)}${query(app)}`
