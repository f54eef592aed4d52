/** An official account and a push rule from beginning to end, as a person meets them in each language. */
import type { Page } from '@playwright/test'
import { sandboxOpenids } from '#simulator/wechat/followers.ts'
import english from '../../messages/en.json' with { type: 'json' }
import wechatEnglish from '../../src/providers/wechat/words/en.json' with { type: 'json' }
import { expect, type Signet, test } from '../support/console.ts'
import { addApp, alarmTitle, tell } from '../support/push-console.ts'
import { allWords } from '../support/words.ts'
import { officialAccountAddress } from './official-account.page.ts'

test.afterEach(({ signet }) => signet.simulator.clear())

type Words = typeof english & Pick<typeof wechatEnglish, 'AccountField'>

/** Adds an account in the drawer. */
async function addAccount(page: Page, words: Words, signet: Signet, name: string, appId: string) {
  const accounts = page.getByRole('region', { name: words.OfficialAccounts.title })
  await accounts.getByRole('button', { name: words.Accounts.add, exact: true }).first().click()
  const fill = (label: string, value: string) => page.getByRole('dialog').getByLabel(label, { exact: true }).fill(value)
  await fill(words.Accounts.name, name)
  await fill(words.AccountField.appId, appId)
  await fill(words.AccountField.appSecret, signet.simulator.wechat.appSecret)
  await page.getByRole('dialog').getByRole('button', { name: words.Common.save }).click()
  const row = accounts.getByRole('row').filter({ has: page.getByRole('rowheader', { name, exact: true }) })
  await expect(row.getByText(words.Accounts.state_validated, { exact: true })).toBeVisible()
  await expect(page.getByRole('dialog')).toBeHidden()
  return row
}

const save = (page: Page, words: Words) => page.getByRole('button', { name: words.Template.save, exact: true }).click()

const journeys = [
  ['en-US', allWords('en') as Words, 'Boiler alarms'],
  ['zh-CN', allWords('zh-CN') as Words, '锅炉告警'],
] as const

for (const [locale, words, ruleName] of journeys) {
  test.describe(`in ${locale}`, () => {
    test.use({ locale })

    test('an account is added, its rule sends, is invalid without the account, says so, and sends from another', async ({
      page,
      signet,
    }) => {
      test.slow()
      const { owner } = await signet.newOrganization()
      const { wechat } = signet.simulator
      // Of each language another follower: both journeys share the inbox.
      const openid = wechat.openids.following[journeys.findIndex(([one]) => one === locale)] ?? ''
      const app = await addApp(signet, owner)
      await signet.signIn(page, owner)

      await test.step('add', async () => {
        await page.goto(officialAccountAddress)
        await addAccount(page, words, signet, 'Acme Devices', wechat.appId)
      })

      const rules = page.getByRole('region', { name: words.PushRules.title })
      const rule = rules.getByRole('row').filter({ has: page.getByRole('rowheader', { name: ruleName, exact: true }) })
      const field = (label: string) =>
        page.getByLabel(new RegExp(`^${label}(?: \\w+)?$`)).and(page.locator('input, select'))
      await test.step('rule', async () => {
        await rules.getByRole('link', { name: words.PushRules.add, exact: true }).click()
        await field(words.PushRule.name).fill(ruleName)
        await field(words.PushRule.account).selectOption('Acme Devices')
        await field(words.PushRule.template).click()
        await page.getByRole('option', { name: alarmTitle }).click()
        // What WeChat takes only from a list is what its example has: nothing has to be corrected.
        await expect(field('告警级别')).toHaveValue('紧急')
        await page.getByLabel(words.PushRule.jump_url).check()
        await field(words.PushRule.url).fill('https://example.com/devices/${device_key}')
        await save(page, words)
        await expect(page.getByText(words.Template.savedAs.replace('{version}', '1'))).toBeVisible()
        await page.reload()
        await expect(field(words.PushRule.name)).toHaveValue(ruleName)
        await page.getByRole('button', { name: words.PushRules.testPush, exact: true }).click()
        await page.getByRole('dialog').getByLabel(words.PushRules.openid).fill(openid)
        await page.getByRole('dialog').getByRole('button', { name: words.PushRules.push, exact: true }).click()
        await expect.poll(async () => (await signet.simulator.cards(openid)).length).toBe(1)
        await expect(page.getByRole('dialog').getByRole('alert')).toHaveCount(0)
      })

      const told = async (device: string) => {
        const variables = { device_name: device, device_key: 'dev-7f3a91', alarm_content: 'Temperature 93' }
        return (await tell(signet, app.liveKey, { variables, recipients: [{ openid }] })).body
      }
      const inInbox = async (device: string, to = openid) => {
        const shown = async () => {
          await page.goto(`${signet.sandbox.simulatorUrl}/?channel=official_account&to=${to}`)
          return page.getByRole('main').textContent()
        }
        await expect.poll(shown).toContain(device)
      }
      let firstId = ''
      await test.step('event, and the card in the inbox', async () => {
        const sent = await told('Boiler room 2')
        expect(sent).toMatchObject({ messages: [{ rule: { name: ruleName } }], skipped: [] })
        firstId = (sent.messages as { id: string }[])[0]?.id ?? ''
        await inInbox('Boiler room 2')
        const [card] = await signet.simulator.cards(openid)
        const jump = { to: 'url', url: 'https://example.com/devices/dev-7f3a91' }
        expect(card?.content).toMatchObject({ title: alarmTitle, jump })
      })

      await test.step('delete the account', async () => {
        await page.goto(officialAccountAddress)
        const accounts = page.getByRole('region', { name: words.OfficialAccounts.title })
        await accounts.getByRole('button', { name: words.Accounts.delete }).click()
        await expect(page.getByRole('dialog')).toContainText(ruleName)
        await page.getByRole('dialog').getByRole('button', { name: words.Accounts.deleteVerb }).click()
        await expect(rule.getByText(words.PushRules.state_invalid, { exact: true })).toBeVisible()
        await expect(rule).toContainText(words.Reason.account_deleted)
      })

      await test.step('the event says why nothing was sent, the overview what to do', async () => {
        expect(await told('Boiler room 3')).toMatchObject({
          ...{
            messages: [],
            skipped: [{ reason: 'rule_invalid', detail: 'account_deleted', rule: { name: ruleName } }],
          },
        })
        await page.goto('/')
        const attention = page.getByRole('region', { name: words.Overview.attention })
        await attention.getByRole('link', { name: ruleName }).click()
        await expect(field(words.PushRule.name)).toHaveValue(ruleName)
        const problem = words.PushRule.invalid.replace('{reason}', words.Reason.account_deleted)
        await expect(page.getByRole('alert').filter({ hasText: problem })).toBeVisible()
      })

      await test.step('point it at another account', async () => {
        await page.goto(officialAccountAddress)
        await addAccount(page, words, signet, 'Community', wechat.otherAppIds.second)
        await rule.getByRole('link', { name: words.PushRules.edit }).click()
        await expect(field(words.PushRule.name)).toHaveValue(ruleName)
        // Saved before the templates of the new account are there, it waits for them.
        const pressed = Promise.withResolvers<void>()
        await page.route(/officialAccounts\.templates/, async (route) => {
          await pressed.promise
          await route.continue()
        })
        await field(words.PushRule.account).selectOption('Community')
        await save(page, words)
        pressed.resolve()
        await expect(page.getByText(words.Template.savedAs.replace('{version}', '2'))).toBeVisible()
      })

      await test.step('sent', async () => {
        const [follower = ''] = sandboxOpenids(wechat.otherAppIds.second).following
        const variables = { device_name: 'Boiler room 4', device_key: 'dev-7f3a91', alarm_content: 'Temperature 93' }
        const { body } = await tell(signet, app.liveKey, { variables, recipients: [{ openid: follower }] })
        const [message] = body.messages as { id: string }[]
        const api = await signet.api(owner)
        await expect.poll(async () => (await api.messages.get.query({ id: message?.id ?? '' })).status).toBe('sent')
        await inInbox('Boiler room 4', follower)
        await page.goto(`/messages/${firstId}`)
        // The log shows what was sent then, by a version that is not in force any more.
        await expect(page.getByRole('article', { name: words.Common.card })).toContainText('Boiler room 2')
      })
    })
  })
}
