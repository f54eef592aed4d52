/** Every page at every width: nothing to scroll sideways, nothing cut off, nothing over something else, however long names are. */
import type { Locale } from '#console/shell/locale.ts'
import { type Awkward, awkwardOrganization } from '../support/awkward.ts'
import { test as base, expect, type Signet } from '../support/console.ts'
import { misplacedAt } from '../support/layout-check.ts'

const widths = [1280, 1024, 768, 640, 390, 360]
const configuration = '/personal-center/third-party-configuration'

const test = base.extend<object, { awkward: Awkward }>({
  awkward: [
    async ({ signet }: { signet: Signet }, use) => use(await awkwardOrganization(signet)),
    { scope: 'worker', timeout: 300_000 },
  ],
})

const pages: Record<string, (of: Awkward) => string> = {
  overview: () => '/',
  'the overview of thirty days': () => '/?period=30d',
  apps: () => '/apps',
  app: ({ app }) => `/apps/${app}`,
  'a webhook': ({ app, webhook }) => `/apps/${app}/webhooks/${webhook}`,
  messages: () => '/messages',
  'a message that was sent': ({ messages }) => `/messages/${messages[0]}`,
  'a message that failed': ({ messages }) => `/messages/${messages[1]}`,
  sms: () => `${configuration}/sms`,
  'sms of an App': ({ app }) => `${configuration}/sms?app=${app}`,
  'an SMS template': () => `${configuration}/sms/templates/login`,
  voice: () => `${configuration}/voice`,
  'voice of an App': ({ app }) => `${configuration}/voice?app=${app}`,
  'a voice template': () => `${configuration}/voice/templates/login`,
  email: () => `${configuration}/email`,
  'email of an App': ({ app }) => `${configuration}/email?app=${app}`,
  'an email template': () => `${configuration}/email/templates/login`,
  'an email template of a long scenario': ({ scenario, app }) =>
    `${configuration}/email/templates/${scenario}?app=${app}`,
  'official accounts': () => `${configuration}/official-account`,
  'a push rule': ({ rule }) => `${configuration}/official-account/rules/${rule}`,
  'a new push rule': () => `${configuration}/official-account/rules/new`,
  'the Personal Center': () => '/personal-center',
  members: () => '/personal-center/members',
  'audit log': () => '/personal-center/audit-log',
  data: () => '/personal-center/data',
  profile: () => '/personal-center/profile',
  incidents: () => '/incidents',
  'a page that is not there': () => '/nothing-here',
  'the API': () => '/docs',
}

for (const locale of ['en', 'zh-CN'] satisfies Locale[]) {
  test.describe(locale, () => {
    test.use({ locale })

    for (const [name, addressOf] of Object.entries(pages)) {
      test(`nothing is out of place at any width: ${name}`, async ({ page, signet, awkward }) => {
        await signet.signIn(page, awkward.organization.owner)
        await page.goto(addressOf(awkward))
        const folds = page.locator('.unfold[aria-expanded="false"]')
        for (let left = await folds.count(); left > 0; left--) await folds.first().click()
        const misplaced: string[] = []
        for (const width of widths) misplaced.push(...(await misplacedAt(page, width)))
        expect(misplaced).toEqual([])
      })
    }
  })
}
