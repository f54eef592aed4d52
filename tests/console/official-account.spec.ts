/** Official Account Configuration: accounts are added once WeChat accepts them, checked, and deleted; never changed. */
import { expect, type Signet, test } from '../support/console.ts'
import { expectSoundPage, inEveryLook } from '../support/page-checks.ts'
import { addOfficial, addRule, alarmContent, withRule } from '../support/push-console.ts'
import { OfficialAccountPage } from './official-account.page.ts'

test.afterEach(({ signet }) => signet.simulator.clear())

const working = ({ simulator: { wechat } }: Signet) => ({
  name: 'Acme Devices',
  appId: wechat.appId,
  appSecret: wechat.appSecret,
})

test('an organization without accounts adds one, and sees what to enter at WeChat', async ({ page, signet }) => {
  await signet.enterNew(page)
  const official = new OfficialAccountPage(page)
  await official.open()
  await expect(official.accounts.getByRole('heading', { name: 'No account yet' })).toBeVisible()
  await expect(official.rules).toContainText('Push rules name an official account. Add one first.')

  await official.startAdding(working(signet))
  await official.save()
  const row = official.account('Acme Devices')
  await expect(row).toContainText(signet.simulator.wechat.appId)
  await expect(row.getByText('Validated', { exact: true })).toBeVisible()
  await expect(row.getByRole('cell').nth(2)).toHaveText('6')
  await expect(official.dialog).toBeHidden()
  await expect(official.stage('Access token')).toContainText('WeChat issued a token')
  await expect(official.stage('Read templates')).toContainText('passed')

  const settings = page.getByRole('region', { name: 'Server configuration' })
  await expect(settings).toContainText(`${signet.url}/api/receipts/wechat/`)
  await expect(settings).toContainText('设置与开发 > 基本配置 > 服务器配置')
  const secureOnly = settings.getByRole('checkbox', { name: 'Secure mode only' })
  await expect(secureOnly).not.toBeChecked()
  await secureOnly.check()
  await expect(secureOnly).toBeEnabled()
  await page.reload()
  await row.getByRole('button', { name: 'passed' }).click()
  await expect(secureOnly).toBeChecked()
  const before = await settings.getByRole('definition').allTextContents()
  await settings.getByRole('button', { name: 'New address' }).click()
  await expect(official.dialog).toContainText('stop working at once')
  await official.dialog.getByRole('button', { name: 'New address' }).click()
  await expect(official.dialog).toBeHidden()
  await expect.poll(() => settings.getByRole('definition').allTextContents()).not.toEqual(before)
})

test('stages appear one by one, and a wrong AppID or AppSecret is said at its field', async ({ page, signet }) => {
  await signet.enterNew(page)
  const official = new OfficialAccountPage(page)
  await official.open()
  await official.startAdding({ ...working(signet), appId: 'wx00000000000000ff' })
  await official.save()
  await expect(official.stage('Access token')).toContainText('40013')
  await expect(official.dialog.getByRole('alert')).toContainText('Nothing was saved')
  await expect(official.field('AppID')).toBeFocused()
  await expect(official.field('AppID')).toHaveAccessibleDescription('WeChat knows no account with this AppID.')

  await official.field('AppID').fill(signet.simulator.wechat.appId)
  await official.field('AppSecret').fill('0'.repeat(32))
  await official.save()
  await expect(official.field('AppSecret')).toBeFocused()
  await expect(official.field('AppSecret')).toHaveAccessibleDescription('The AppSecret does not belong to this AppID.')
  await expect(official.field('Account name')).toHaveValue('Acme Devices')

  await signet.simulator.control({
    ...{ channel: 'official_account', kind: 'delay', api: 'template/get_all_private_template', ms: 2000 },
  })
  await official.field('AppSecret').fill(signet.simulator.wechat.appSecret)
  await official.save()
  await expect(official.stage('Access token')).toContainText('passed')
  await expect(official.stage('Checking…')).toBeVisible()
  await expect(official.account('Acme Devices')).toBeVisible()
})

test('an address that is not on the allow list can be copied, with the place to enter it', async ({ page, signet }) => {
  const { owner } = await signet.newOrganization()
  await signet.simulator.control({ channel: 'official_account', kind: 'ip_allow_list', caller: '203.0.113.9' })
  await signet.signIn(page, owner)
  const official = new OfficialAccountPage(page)
  await official.open()
  await official.startAdding(working(signet))
  await official.save()
  const stage = official.stage('Access token')
  await expect(stage).toContainText('WeChat takes no calls from the address of this machine.')
  await expect(stage).toContainText('设置与开发 > 基本配置 > IP白名单')
  await expect(stage.getByText('203.0.113.9', { exact: true })).toBeVisible()
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await stage.getByRole('button', { name: 'IP address to allow' }).click()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('203.0.113.9')
  await official.dialog.getByRole('button', { name: 'Cancel' }).click()
  await official.dialog.getByRole('button', { name: 'Discard' }).click()
  await expect(official.accounts.getByRole('heading', { name: 'No account yet' })).toBeVisible()
})

test('an AppID is taken once, the name too; what is left empty or misspelt is said at its field', async ({
  page,
  signet,
}) => {
  const { owner } = await signet.newOrganization()
  await addOfficial(signet, owner)
  await signet.signIn(page, owner)
  const official = new OfficialAccountPage(page)
  await official.open()
  await official.startAdding({ name: '', appId: '', appSecret: '' })
  await official.save()
  for (const label of ['Account name', 'AppID', 'AppSecret']) {
    await expect(official.field(label)).toHaveAccessibleDescription('Enter a value.')
  }
  await official.field('Account name').fill('Acme Devices')
  await official.field('AppID').fill('wx1')
  await official.field('AppSecret').fill('short')
  await official.save()
  await expect(official.field('AppID')).toHaveAccessibleDescription(/An AppID is wx and 16/)
  await expect(official.field('AppSecret')).toHaveAccessibleDescription(/An AppSecret has 32/)

  await official.field('AppID').fill(signet.simulator.wechat.appId)
  await official.field('AppSecret').fill(signet.simulator.wechat.appSecret)
  await official.save()
  await expect(official.field('AppID')).toHaveAccessibleDescription('This is taken already. Choose another.')
  await expect(official.field('Account name')).toHaveAccessibleDescription('This is taken already. Choose another.')
})

test('an account whose check fails is stopped, says why, and comes back once the check passes', async ({
  page,
  signet,
}) => {
  const { owner } = await signet.newOrganization()
  await addOfficial(signet, owner)
  await signet.signIn(page, owner)
  const official = new OfficialAccountPage(page)
  await official.open()
  await signet.simulator.control({ channel: 'official_account', kind: 'ip_allow_list', caller: '203.0.113.9' })
  const row = official.account('Acme Devices')
  await row.getByRole('button', { name: 'Check' }).click()
  await expect(row.getByText('Validated, failing')).toBeVisible()
  await expect(official.accounts.getByText('Sending through this account is stopped')).toBeVisible()
  await expect(official.stage('Access token').getByText('203.0.113.9', { exact: true })).toBeVisible()

  await signet.simulator.clear()
  await row.getByRole('button', { name: 'Check' }).click()
  await expect(row.getByText('Validated', { exact: true })).toBeVisible()
  await expect(official.accounts.getByText('Sending through this account is stopped')).toBeHidden()
})

test('deleting names the push rules that become invalid', async ({ page, signet }) => {
  const { owner, app, accountId } = await withRule(signet)
  await addRule(
    signet,
    owner,
    { appId: app.id, accountId },
    { name: 'Offline', scenario: 'device_offline', enabled: false },
  )
  await signet.signIn(page, owner)
  const official = new OfficialAccountPage(page)
  await official.open()
  await official.account('Acme Devices').getByRole('button', { name: 'Delete' }).click()
  await expect(official.dialog).toContainText('2 push rules become invalid')
  await expect(official.dialog.getByRole('listitem').filter({ hasText: 'Alarms' }).last()).toContainText(
    'Alarms Shop, Device alarm',
  )
  await expect(official.dialog).toContainText('Offline Shop, Device offline · disabled')
  await official.dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(official.account('Acme Devices')).toBeVisible()

  await official.account('Acme Devices').getByRole('button', { name: 'Delete' }).click()
  await official.dialog.getByRole('button', { name: 'Delete account' }).click()
  await expect(official.accounts.getByRole('heading', { name: 'No account yet' })).toBeVisible()
  for (const name of ['Alarms', 'Offline']) {
    await expect(official.rule(name).getByText('Invalid', { exact: true })).toBeVisible()
    await expect(official.rule(name)).toContainText('Its official account is deleted')
  }
})

test('an author sees name and state only, a viewer everything but the actions and the keys', async ({
  page,
  signet,
}) => {
  const { organization } = await withRule(signet)
  const official = new OfficialAccountPage(page)
  await signet.signIn(page, await organization.add('author'))
  await official.open()
  await expect(official.accounts.getByRole('columnheader')).toHaveText([
    'Account name',
    'State',
    'Templates',
    'Push rules',
  ])
  await expect(official.accounts.getByRole('button')).toHaveCount(0)
  await expect(official.rules.getByRole('link', { name: 'Add', exact: true })).toHaveCount(0)
  await expect(official.rules.getByRole('button', { name: 'More' })).toHaveCount(0)

  await signet.signIn(page, await organization.add('viewer'))
  await official.open()
  await official
    .account('Acme Devices')
    .getByRole('button', { name: /passed/ })
    .click()
  await expect(official.stage('Access token')).toContainText('passed')
  await expect(page.getByRole('region', { name: 'Server configuration' })).toHaveCount(0)
  for (const name of ['Add', 'Check', 'Delete', 'More', 'Test push']) {
    await expect(page.getByRole('button', { name, exact: true })).toHaveCount(0)
  }
  await expect(official.rules.getByRole('link', { name: 'Add', exact: true })).toHaveCount(0)
})

test('no page and no answer holds an AppSecret', async ({ page, signet }) => {
  const { owner } = await withRule(signet)
  const bodies: string[] = []
  page.on('response', async (response) => {
    if (/text|json/.test(response.headers()['content-type'] ?? '')) bodies.push(await response.text().catch(() => ''))
  })
  await signet.signIn(page, owner)
  const official = new OfficialAccountPage(page)
  await official.open()
  await official.account('Acme Devices').getByRole('button', { name: 'Check' }).click()
  await expect(official.stage('Read templates')).toContainText('passed')
  expect(bodies.join('\n')).toContain(signet.simulator.wechat.appId)
  expect(bodies.join('\n')).not.toContain(signet.simulator.wechat.appSecret)
})

test.describe('in Chinese', () => {
  test.use({ locale: 'zh-CN' })
  test('an account is added and deleted', async ({ page, signet }) => {
    await signet.enterNew(page)
    await new OfficialAccountPage(page).open()
    await expect(page.getByRole('link', { name: '公众号' })).toHaveAttribute('aria-current', 'page')
    const accounts = page.getByRole('region', { name: '公众号配置' })
    await accounts.getByRole('button', { name: '添加', exact: true }).click()
    const dialog = page.getByRole('dialog')
    const { name, appId, appSecret } = working(signet)
    for (const [label, value] of Object.entries({ 账号名称: name, AppID: appId, AppSecret: appSecret })) {
      await dialog.getByLabel(label, { exact: true }).fill(value)
    }
    await dialog.getByRole('button', { name: '保存' }).click()
    const row = accounts.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) })
    await expect(row.getByText('已验证', { exact: true })).toBeVisible()
    await expect(page.getByRole('region', { name: '服务器配置' })).toContainText('EncodingAESKey')
    await row.getByRole('button', { name: '删除' }).click()
    await expect(dialog).toContainText('没有推送规则使用该公众号。')
    await dialog.getByRole('button', { name: '删除账号' }).click()
    await expect(accounts.getByRole('heading', { name: '还没有账号' })).toBeVisible()
  })
})

test('accessible and without sideways scroll in every look, whatever the names', async ({ browser, signet }) => {
  const hostile = `<img src=x onerror=alert(1)>${'长名字'.repeat(10)}`
  const { owner } = await withRule(signet, {
    name: hostile,
    content: alarmContent({ jump: { kind: 'url', url: `https://example.com/${'a'.repeat(200)}` } }),
  })
  await addOfficial(signet, owner, { name: 'W'.repeat(60), appId: signet.simulator.wechat.otherAppIds.second })
  await inEveryLook(browser, signet, owner, async (page) => {
    const official = new OfficialAccountPage(page)
    await official.open()
    await official
      .account('W'.repeat(60))
      .getByRole('button', { name: /passed/ })
      .click()
    await expect(page.getByRole('region', { name: 'Server configuration' })).toBeVisible()
    await expect(official.rule(hostile)).toBeVisible()
    await expectSoundPage(page)
    await official.startAdding({ ...working(signet), name: 'Other', appId: 'wx00000000000000ff' })
    await official.save()
    await expect(official.field('AppID')).toHaveAccessibleDescription(/WeChat knows no account/)
    await expectSoundPage(page)
    await official.dialog.getByRole('button', { name: 'Cancel' }).click()
    await official.dialog.getByRole('button', { name: 'Discard' }).click()
    await official.account('Acme Devices').getByRole('button', { name: 'Delete' }).click()
    await expect(official.dialog).toContainText('1 push rule becomes invalid')
    await expectSoundPage(page)
  })
})
