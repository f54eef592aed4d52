/** The guard against misuse of an App's codes, on the App's page. */
import { expect, test } from '../support/console.ts'
import { expectSoundPage, inEveryLook } from '../support/page-checks.ts'
import { callApi, makeSending } from '../support/sending.ts'
import { AppPage } from './apps.page.ts'

const mail = (n: number) => ({ channel: 'email', scenario: 'login', to: `person${n}@example.com` })

test('an owner decides what becomes of suspicious codes, sets a budget and stops a channel; calls beyond are refused and told of', async ({
  page,
  signet,
}) => {
  const organization = await signet.newOrganization()
  const { liveKey } = await makeSending(signet, organization)
  const ask = async (n: number) => {
    const answer = await callApi(signet, liveKey, mail(n), 'verifications')
    const { code, reason } = (await answer.json()) as { code?: string; reason?: string }
    return { status: answer.status, code, reason }
  }
  await signet.signIn(page, organization.owner)
  const app = new AppPage(page)
  await app.openApp('shop')
  await expect(app.guard).toContainText(/Are sent and noted.*Email 0.*Nothing was suspicious/)
  await app.guard.getByRole('button', { name: 'Change guard' }).click()
  await app.field('Suspicious codes').selectOption('Are refused')
  await app.field('Most codes in 24 hours: Email').fill('many')
  await app.save()
  await expect(app.field('Most codes in 24 hours: Email')).toHaveAttribute('aria-invalid', 'true')
  await app.field('Most codes in 24 hours: Email').fill('2')
  await app.save()
  await expect(app.guard).toContainText(/Are refused.*Email 0 of 2/)
  expect([await ask(1), await ask(2), await ask(3), await ask(4)]).toMatchObject([
    { status: 201 },
    { status: 201 },
    { status: 429, code: 'codes_blocked', reason: 'budget' },
    { status: 429, code: 'codes_blocked', reason: 'budget' },
  ])
  await page.reload()
  await expect(app.guard).toContainText('Email 2 of 2')
  await expect(app.decisions.getByRole('row', { name: 'All codes of a day' })).toContainText(
    /2 sent in 24 hours, 2 allowed.*2 refused/,
  )

  const refusals = page.getByRole('table', { name: 'Refused calls' })
  // They are written down together, within a second or so.
  await expect(async () => {
    await page.reload()
    await expect(refusals).toContainText('The guard against misuse of codes codes_blocked', { timeout: 3000 })
  }).toPass()

  await app.guard.getByRole('button', { name: 'Change guard' }).click()
  await expect(app.field('Suspicious codes')).toHaveValue('block')
  await app.field('Most codes in 24 hours: Email').fill('')
  await app.field('No codes: Email').check()
  await app.save()
  await expect(app.guard).toContainText(/Email 2 stopped/)
  expect(await ask(5)).toMatchObject({ status: 403, code: 'codes_stopped' })
  await page.reload()
  await expect(app.decisions.getByRole('row', { name: 'All codes Email' })).toContainText(/stopped.*1 refused/)
})

test('the guard is sound in light and dark, wide and narrow, with something found and its drawer open; a viewer only reads', async ({
  browser,
  signet,
}) => {
  const organization = await signet.newOrganization()
  const { liveKey, app: made } = await makeSending(signet, organization)
  const owner = await signet.api(organization.owner)
  await owner.apps.changeGuard.mutate({
    ...{ appId: made.id, guardMode: 'block', codesPerDay: { email: 1, sms: 500_000 }, stops: { voice: true } },
  })
  for (let n = 0; n < 3; n++) await callApi(signet, liveKey, mail(n), 'verifications')
  await inEveryLook(browser, signet, organization.owner, async (page) => {
    const app = new AppPage(page)
    await app.openApp(made.key)
    await expect(app.decisions).toContainText('refused')
    await expectSoundPage(page)
    await app.guard.getByRole('button', { name: 'Change guard' }).click()
    await expect(app.field('No codes: Voice Call')).toBeChecked()
    await expectSoundPage(page)
  })
  const context = await browser.newContext({ baseURL: signet.url })
  const page = await context.newPage()
  await signet.signIn(page, await organization.add('viewer'))
  const app = new AppPage(page)
  await app.openApp(made.key)
  await expect(app.decisions).toContainText('All codes of a day')
  await expect(app.guard.getByRole('button')).toHaveCount(0)
  await context.close()
})
