/** Apps: added, changed and deleted; their keys shown once; and what each of them sends. */
import { expect, test } from '../support/console.ts'
import { expectSoundPage, inEveryLook } from '../support/page-checks.ts'
import {
  addApp,
  addKey,
  addTemplate,
  addValidatedAccount,
  callApi,
  codeTo,
  makeSending,
  send,
  untilEnded,
} from '../support/sending.ts'
import { AppPage, AppsPage } from './apps.page.ts'

/** A real picture of one red pixel, and something that only has the name of one. */
const onePixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
)

test('an App is added with a key made from its name, and its page opens', async ({ page, signet }) => {
  await signet.enterNew(page)
  const apps = new AppsPage(page)
  await apps.open()
  await expect(page.getByRole('heading', { name: 'No Apps yet' })).toBeVisible()
  await apps.startAdding()
  await apps.field('Name').fill('Café 2 Go')
  await expect(apps.field('Key')).toHaveValue('cafe-2-go')
  await apps.field('Key').fill('Café')
  await apps.field('Name').fill('Café to go')
  await expect(apps.field('Key')).toHaveValue('Café')
  await apps.field('Code lifetime').fill('45')
  await apps.save()
  await expect(apps.field('Key')).toHaveAttribute('aria-invalid', 'true')
  await expect(apps.field('Code lifetime')).toHaveAttribute('aria-invalid', 'true')
  await expect(apps.field('Key')).toBeFocused()
  await apps.field('Key').fill('cafe')
  await apps.field('Code lifetime').fill('5')
  await apps.save()
  await page.waitForURL('**/apps/cafe')
  await expect(page.getByRole('heading', { name: 'Café to go' })).toBeVisible()
  await expect(page.getByText('5 minutes')).toBeVisible()

  await apps.open()
  await expect(apps.row('Café to go')).toContainText('cafe')
  await apps.startAdding()
  await apps.field('Name').fill('Cafe')
  await apps.save()
  await expect(apps.dialog.getByText('taken', { exact: false })).toBeVisible()
  await expect(apps.field('Name')).toHaveValue('Cafe')
})

test('a key is shown once with a call that works, and is refused once it is revoked', async ({ page, signet }) => {
  const organization = await signet.newOrganization()
  await addTemplate(signet, organization, 'login')
  await addApp(signet, organization)
  await signet.signIn(page, organization.owner)
  const app = new AppPage(page)
  await app.openApp('shop')
  await expect(page.getByRole('heading', { name: 'No API keys yet' })).toBeVisible()

  const key = await app.makeKey('backend', 'Test')
  expect(key).toMatch(/^sk_test_/)
  await expect(app.made).toBeFocused()
  await expect(app.made).toContainText(`curl ${signet.url}/api/v1/messages`)
  await expect(app.made.locator('pre').nth(1)).toContainText(`Authorization: Bearer ${key}`)
  await expect(app.key('backend')).toContainText(/Test.*sk_test_.+….*All.*Never.*Never.*Active/)
  expect((await callApi(signet, key, codeTo('ann@example.com'))).status).toBe(202)

  await page.reload()
  await expect(app.key('backend')).toContainText('just now')
  const byUse = app.keys.getByRole('columnheader', { name: 'Last used' })
  await byUse.getByRole('link').click()
  await expect(byUse).toHaveAttribute('aria-sort', 'ascending')
  await expect(page).toHaveURL(/keys=used#keys$/)
  await expect(app.made).toBeHidden()
  expect(await page.content()).not.toContain(key)

  await app.key('backend').getByRole('button', { name: 'Revoke' }).click()
  await expect(app.dialog).toContainText('Calls with this key are refused at once.')
  await app.dialog.getByRole('button', { name: 'Revoke key' }).click()
  await expect(app.key('backend')).toContainText('Revoked')
  await expect(app.key('backend').getByRole('button', { name: 'Revoke' })).toBeHidden()
  expect((await callApi(signet, key, codeTo('ann@example.com'))).status).toBe(401)
})

test('a key can be copied, kept to channels and given an end', async ({ browser, signet }) => {
  const organization = await signet.newOrganization()
  await addApp(signet, organization)
  const context = await browser.newContext({ baseURL: signet.url, permissions: ['clipboard-read', 'clipboard-write'] })
  const page = await context.newPage()
  await signet.signIn(page, organization.owner)
  const app = new AppPage(page)
  await app.openApp('shop')
  await page.getByRole('button', { name: 'Add key' }).click()
  await app.dialog.getByRole('button', { name: 'Make key' }).click()
  await expect(app.field('Name')).toHaveAttribute('aria-invalid', 'true')
  await app.field('Name').fill('mailer')
  await app.dialog.getByRole('checkbox', { name: 'Email' }).check()
  await app.field('Expires').selectOption('After 30 days')
  await app.dialog.getByRole('button', { name: 'Make key' }).click()
  await app.made.getByRole('button', { name: 'Copy the API key' }).click()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied).toBe(await app.made.locator('pre').first().textContent())
  const day = new Date(Date.now() + 30 * 86_400_000).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  })
  await expect(app.key('mailer')).toContainText(`Email`)
  await expect(app.key('mailer')).toContainText(day)
  await app.made.getByRole('button', { name: 'Done' }).click()
  await expect(app.made).toBeHidden()
  await context.close()
})

test('an App is changed, its logo made small in the browser, and a file that is no picture refused', async ({
  page,
  signet,
}) => {
  const organization = await signet.newOrganization()
  await addApp(signet, organization)
  await signet.signIn(page, organization.owner)
  const app = new AppPage(page)
  await app.openApp('shop')
  await page.getByRole('button', { name: 'Edit', exact: true }).first().click()
  await expect(app.field('Key')).toBeHidden()
  await app.field('Name').fill('Shop 24')
  const file = app.dialog.locator('input[type=file]')
  await file.setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: Buffer.from('not a picture') })
  await expect(app.dialog.getByRole('alert')).toContainText('not a picture that can be used')
  await file.setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: onePixel })
  await expect(app.dialog.getByRole('alert')).toBeHidden()
  await expect(app.dialog.locator('img')).toHaveAttribute('src', /^data:image\/(webp|png);base64,/)
  await app.save()
  await expect(page.getByRole('heading', { level: 1, name: 'Shop 24' })).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 }).locator('img')).toHaveAttribute('src', /^data:image/)

  await page.getByRole('button', { name: 'Edit', exact: true }).first().click()
  await app.dialog.getByRole('button', { name: 'Remove' }).click()
  await app.save()
  await expect(page.getByRole('heading', { level: 1 }).locator('img')).toBeHidden()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Shop 24')
})

test('deleting an App says what goes with it, and its messages stay', async ({ page, signet }) => {
  const organization = await signet.newOrganization()
  const { app: made, testKey } = await makeSending(signet, organization)
  await addTemplate(signet, organization, 'login', made.id)
  await send(signet, testKey, codeTo('stays@example.com'))
  await signet.signIn(page, organization.owner)
  const app = new AppPage(page)
  await app.openApp('shop')
  await app.choose('Delete')
  await expect(app.dialog).toContainText('2 API keys stop working at once.')
  await expect(app.dialog).toContainText('1 template of its own is deleted.')
  await expect(app.dialog).toContainText('Its messages stay in the log.')
  await app.dialog.getByRole('button', { name: 'Delete App' }).click()
  await page.waitForURL('**/apps')
  await expect(page.getByRole('heading', { name: 'No Apps yet' })).toBeVisible()
  expect((await callApi(signet, testKey, codeTo('stays@example.com'))).status).toBe(401)
  await page.goto('/messages')
  await expect(page.getByRole('table', { name: 'Messages' })).toContainText('s•••@example.com')
  await app.openApp('shop')
  await expect(page.getByRole('heading', { name: 'This record is not here' })).toBeVisible()
})

test('coverage shows what an App sends, from where, and its holes', async ({ page, signet }) => {
  const organization = await signet.newOrganization()
  const made = await addApp(signet, organization)
  await signet.signIn(page, organization.owner)
  const app = new AppPage(page)
  await app.openApp('shop')
  await expect(app.scenario('Login')).toContainText('No account')
  await app
    .scenario('Login')
    .getByRole('button', { name: /Login, Email: .+ Details/ })
    .click()
  await expect(app.scenario('Login')).toContainText('Sends are refused: the channel has no validated account.')

  await addValidatedAccount(signet, organization)
  await page.reload()
  await expect(app.scenario('Login')).toContainText('No template')
  await expect(app.scenario('Login').getByRole('link', { name: 'Configure Login, Email' })).toBeVisible()

  await addTemplate(signet, organization, 'login')
  await page.reload()
  await expect(app.scenario('Login')).toContainText(/Usable.*default/)
  await addTemplate(signet, organization, 'login', made.id)
  await page.reload()
  await expect(app.scenario('Login')).toContainText(/Usable.*override/)
  await app
    .scenario('Login')
    .getByRole('button', { name: /^Login, Email: Usable/ })
    .press('Enter')
  await expect(app.scenario('Login')).toContainText('This App’s own, version 1')
  await expect(app.scenario('Login')).toContainText('Main')
  await page.keyboard.press('Escape')
  await app.scenario('Login').getByRole('link', { name: 'Edit Login, Email' }).click()
  await page.waitForURL('**/email/templates/login?app=shop')
})

test('Apps are searched, sorted and paged on the server', async ({ page, signet }) => {
  const organization = await signet.newOrganization()
  for (let n = 1; n <= 52; n += 1) await addApp(signet, organization, `app-${n}`, `App ${n}`)
  await signet.signIn(page, organization.owner)
  const apps = new AppsPage(page)
  await apps.open()
  await expect(apps.rows).toHaveCount(50)
  await page.getByRole('link', { name: 'Next page' }).click()
  await expect(apps.rows).toHaveCount(2)
  await page.getByRole('link', { name: 'Previous page' }).click()
  await expect(apps.rows).toHaveCount(50)
  const byName = apps.table.getByRole('columnheader', { name: 'Name', exact: true })
  await byName.getByRole('link').click()
  await expect(byName).toHaveAttribute('aria-sort', 'ascending')
  await byName.getByRole('link').click()
  await expect(byName).toHaveAttribute('aria-sort', 'descending')
  await expect(apps.rows.first()).toContainText('App 9')
  await page.getByRole('link', { name: 'Next page' }).click()
  await expect(apps.rows).toHaveText([/^App 10/, /^App 1a/])
  await page.getByLabel('Search', { exact: true }).fill('pp 51')
  await page.keyboard.press('Enter')
  await page.waitForURL(/search=pp\+51/)
  await expect(byName).toHaveAttribute('aria-sort', 'descending')
  await expect(apps.rows).toHaveCount(1)
  await apps.open('?search=nothing')
  await expect(page.getByRole('heading', { name: 'No App matches' })).toBeVisible()
})

test('the codes of an App are as long, and go where, its settings say; the log tells what became of one', async ({
  page,
  signet,
}) => {
  const organization = await signet.newOrganization()
  const { liveKey, testKey } = await makeSending(signet, organization)
  const ask = async (key: string, body: object, path = 'verifications') =>
    (await (await callApi(signet, key, body, path)).json()) as Record<string, unknown>
  await signet.signIn(page, organization.owner)
  const app = new AppPage(page)
  await app.openApp('shop')
  await expect(app.codes).toContainText(/6 digits.*Mainland China \+86.*2,000 in all/)
  await app.codes.getByRole('button', { name: 'Edit verification codes' }).click()
  await app.field('Length').selectOption('4 digits')
  await app.dialog.getByRole('button', { name: 'Remove Mainland China' }).click()
  await app.field('Codes an hour').fill('2')
  await app.save()
  await expect(app.field('Countries')).toHaveAttribute('aria-invalid', 'true')
  await expect(app.dialog).toContainText('Choose at least one country.')
  const countries = app.dialog.getByRole('combobox', { name: 'Countries' })
  await countries.click()
  await countries.fill('hong')
  await app.dialog.getByRole('option', { name: 'Hong Kong SAR China +852' }).click()
  await app.save()
  await expect(app.codes).toContainText(/4 digits.*Hong Kong SAR China \+852.*2 in all/)
  await page.reload()
  await expect(app.codes).toContainText('4 digits')

  const to = 'ann@example.com'
  const started = await ask(liveKey, { channel: 'email', scenario: 'login', to })
  expect(started).toMatchObject({ status: 'pending' })
  await untilEnded(signet, liveKey, String(started.message_id))
  const [mail] = await signet.simulator.inbox(to)
  const code = /your code is <b>(\d{4})<\/b>/.exec(mail?.content.html ?? '')?.[1] ?? ''
  const check = (tried: string) => ask(liveKey, { code: tried }, `verifications/${started.id}/check`)
  expect(await check(code === '0000' ? '1111' : '0000')).toMatchObject({ status: 'pending', attempts_left: 4 })
  await page.goto(`/messages/${started.message_id}`)
  await expect(page.getByRole('main')).toContainText('POST /api/v1/verifications, API key “live key”')
  await expect(page.getByRole('main')).toContainText('not entered yet · 1 wrong try')
  expect(await check(code)).toMatchObject({ status: 'approved' })
  await page.reload()
  await expect(page.getByRole('main')).toContainText('entered and right')
  await expect(page.getByRole('main')).not.toContainText(code)
  expect(await ask(testKey, { channel: 'email', scenario: 'login', to })).toMatchObject({ status: 'pending' })
})

test('an author and a viewer read Apps, and change nothing', async ({ browser, signet }) => {
  const organization = await signet.newOrganization()
  const made = await addApp(signet, organization)
  await addKey(signet, organization, made.id, 'live')
  for (const role of ['author', 'viewer'] as const) {
    const context = await browser.newContext({ baseURL: signet.url })
    const page = await context.newPage()
    await signet.signIn(page, await organization.add(role))
    const app = new AppPage(page)
    await app.open()
    await expect(app.row('Shop')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Add', exact: true })).toBeHidden()
    await app.row('Shop').getByRole('link').click()
    await expect(app.key('live key')).toContainText('Active')
    for (const name of ['Edit', 'More', 'Add key', 'Revoke']) {
      await expect(page.getByRole('button', { name, exact: true })).toBeHidden()
    }
    const word = role === 'author' ? 'Configure Login, Email' : 'View Login, Email'
    await expect(app.scenario('Login').getByRole('link', { name: word })).toBeVisible()
    await context.close()
  }
  const admin = await signet.api(await organization.add('admin'))
  await expect(
    admin.apps.addKey.mutate({ appId: made.id, name: 'x', kind: 'test', channels: [], expiresInDays: null }),
  ).resolves.toBeTruthy()
})

test('Apps are sound in light and dark, wide and narrow, with every drawer open', async ({ browser, signet }) => {
  const organization = await signet.newOrganization()
  const long = 'An App whose name is as long as it may be, sixty characters in'.slice(0, 60)
  const made = await addApp(signet, organization, 'an-app-with-a-key-of-forty-characters-xx', long)
  await addKey(signet, organization, made.id, 'live')
  await inEveryLook(browser, signet, organization.owner, async (page) => {
    const app = new AppPage(page)
    await app.open()
    await expectSoundPage(page)
    await app.openApp(made.key)
    await expectSoundPage(page)
    await page.getByRole('button', { name: 'Add key' }).click()
    await expectSoundPage(page)
    await app.dialog.getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('button', { name: 'Edit verification codes' }).click()
    await expectSoundPage(page)
    await app.dialog.getByRole('button', { name: 'Cancel' }).click()
    await app.makeKey('looks', 'Live')
    await app
      .scenario('Login')
      .getByRole('button', { name: /Login, Email: .+ Details/ })
      .click()
    await expectSoundPage(page)
  })
})
