/** Incidents in the console: on the overview and on their own page, who was told, who looks after one, and how one is told. */
import type { Page } from '@playwright/test'
import { addAliyunAccount } from '../support/carried.ts'
import { expect, type Organization, type Signet, test } from '../support/console.ts'
import { expectSoundPage, inEveryLook } from '../support/page-checks.ts'
import { addValidatedAccount } from '../support/sending.ts'
import { MessagesPage } from './messages.page.ts'
import { ProfilePage } from './people.page.ts'

const rows = (page: Page) => page.getByRole('table', { name: 'Incidents' }).locator('tbody').getByRole('row')
const latest = (page: Page) => page.getByRole('region', { name: 'Incidents' })
const notices = (page: Page, { name }: Organization) => page.getByRole('region', { name: `Incidents of ${name}` })

/** An organization whose texts fail, and whose mail goes out; resolves once it is noticed. */
async function failing(signet: Signet, name = 'Texts'): Promise<Organization> {
  const organization = await signet.newOrganization()
  await addValidatedAccount(signet, organization)
  const id = await addAliyunAccount(signet, organization, 'sms', { name })
  await signet.simulator.control({ channel: 'sms', kind: 'reject', code: 'isv.OUT_OF_SERVICE', action: '*', times: 1 })
  const { accounts, incidents } = await signet.api(organization.owner)
  for await (const _ of await accounts.validate.mutate({ id }));
  await expect.poll(async () => (await incidents.list.query({})).rows.map(({ told }) => told.length)).toEqual([1])
  return organization
}

test('an account that fails is told by mail, listed, and acknowledged by one person; a viewer only reads', async ({
  page,
  signet,
}) => {
  const organization = await failing(signet)
  const { owner } = organization
  const [mail] = await signet.simulator.inbox(owner.email)
  expect(mail?.content.subject).toBe('Account "Texts" fails')
  expect(mail?.content.text).toContain(`${signet.url}/incidents`)

  await signet.signIn(page, owner)
  await page.goto('/')
  await expect(latest(page).getByRole('listitem').first()).toContainText(
    /Open.*The account Texts is failing: No balance left\./,
  )
  await latest(page).getByRole('link', { name: 'All incidents' }).click()
  await page.waitForURL('**/incidents')
  await expect(rows(page)).toHaveCount(1)
  await expect(rows(page)).toContainText(/Olga Owner, Email/)
  await rows(page).getByRole('button', { name: 'Acknowledge' }).click()
  await expect(rows(page)).toContainText('Olga Owner', { useInnerText: true })
  await expect(rows(page).getByRole('button')).toHaveCount(0)
  await rows(page)
    .getByRole('link', { name: /The account Texts is failing/ })
    .click()
  await page.waitForURL('**/third-party-configuration/sms')

  await page.goto('/personal-center/audit-log?subject=incident')
  await expect(page.getByRole('table', { name: 'Audit Log' })).toContainText(/Incident acknowledged.*Texts/)
  const log = new MessagesPage(page)
  await log.open()
  await expect(log.rows).toContainText(['Incident notice'])
  await log.rows.getByRole('link').click()
  await expect(page.getByRole('main')).toContainText('A notice of an incident, by Signet itself.')
  await expect(page.getByRole('main')).toContainText('The content of a notice is not kept.')

  await signet.signIn(page, await organization.add('viewer'))
  await page.goto('/incidents?state=open')
  await expect(rows(page)).toHaveCount(1)
  await expect(rows(page).getByRole('button')).toHaveCount(0)
  await new ProfilePage(page).open()
  await expect(notices(page, organization)).toBeHidden()
})

test('how one is told is set in the profile; a number that is none is refused and stays', async ({ page, signet }) => {
  const organization = await signet.enterNew(page)
  await new ProfilePage(page).open()
  const form = notices(page, organization)
  await expect(form.getByLabel('Tell me about incidents')).toBeChecked()
  await form.getByLabel('Phone number').fill('12')
  await form.getByRole('button', { name: 'Update' }).click()
  await expect(form.getByLabel('Phone number')).toHaveAccessibleDescription(/Write one from abroad with \+/)
  await expect(form.getByLabel('Phone number')).toHaveValue('12')
  await form.getByLabel('Phone number').fill('138 0013 8000')
  await form.getByLabel('Tell me about incidents').uncheck()
  await form.getByRole('button', { name: 'Update' }).click()
  await expect(form.getByRole('status')).toContainText('Saved')
  await page.reload()
  await expect(form.getByLabel('Tell me about incidents')).not.toBeChecked()
  await expect(form.getByLabel('Phone number')).toHaveValue('+8613800138000')
})

test('without incidents the page says what would stand there, and the overview says nothing', async ({
  page,
  signet,
}) => {
  await signet.enterNew(page)
  await page.goto('/')
  await expect(page.getByRole('heading', { name: 'Channels' })).toBeVisible()
  await expect(latest(page)).toBeHidden()
  await page.goto('/incidents?state=open&cursor=nonsense')
  await expect(page.getByRole('heading', { name: 'No open incidents' })).toBeVisible()
  await page.goto('/incidents')
  await expect(page.getByRole('heading', { name: 'No incidents' })).toBeVisible()
})

test('incidents are sound in light and dark, wide and narrow, and read as Chinese', async ({ browser, signet }) => {
  const organization = await failing(signet, 'Wasserversorgungsunternehmen-Fernwirktechnik-Nordwest')
  await inEveryLook(browser, signet, organization.owner, async (page) => {
    for (const address of ['/', '/incidents']) {
      await page.goto(address)
      await expect(page.getByText(/The account Wasser.* is failing/).first()).toBeVisible()
      await expectSoundPage(page)
    }
    await new ProfilePage(page).open()
    await expect(notices(page, organization)).toBeVisible()
    await expectSoundPage(page)
  })
  const context = await browser.newContext({ baseURL: signet.url, locale: 'zh-CN' })
  const page = await context.newPage()
  await signet.signIn(page, organization.owner)
  await page.goto('/incidents')
  const table = page.getByRole('table', { name: '故障' })
  await expect(table).toContainText(/账号 Wasser.* 异常：.*未恢复.*Olga Owner，邮件/)
  await context.close()
})
