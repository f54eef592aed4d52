/** The list of push rules: filtered, switched, tried and deleted; what makes one invalid, and what its messages show. */
import { expect, test } from '../support/console.ts'
import {
  addApp,
  addRule,
  alarmContent,
  alarmTitle,
  offlineTitle,
  seeded,
  tell,
  withRule,
} from '../support/push-console.ts'
import { OfficialAccountPage, RulePage } from './official-account.page.ts'

test.afterEach(({ signet }) => signet.simulator.clear())

test('whoever may not make a push rule reads so at its address, and not that nothing is there', async ({
  page,
  signet,
}) => {
  const organization = await signet.newOrganization()
  for (const role of ['author', 'viewer'] as const) {
    await signet.signIn(page, await organization.add(role))
    await page.goto('/personal-center/third-party-configuration/official-account/rules/new')
    await expect(page.getByRole('heading', { name: 'Your role does not allow this' })).toBeVisible()
    await page.context().clearCookies()
  }
})

test('the list filters by App, event, account and state, in its address, a page at a time', async ({
  page,
  signet,
}) => {
  test.slow()
  const { owner, app, accountId } = await withRule(signet)
  const home = await addApp(signet, owner, { name: 'Smart Home', key: 'smart-home' })
  for (let index = 0; index < 50; index++) {
    await addRule(signet, owner, { appId: home.id, accountId }, { name: `Home ${index}`, enabled: index > 0 })
  }
  const offline = { name: 'Offline', scenario: 'device_offline' }
  await addRule(signet, owner, { appId: app.id, accountId }, offline)
  await signet.signIn(page, owner)
  const official = new OfficialAccountPage(page)
  await official.open()
  await expect(official.rules.getByRole('rowheader')).toHaveCount(50)
  await official.rules.getByRole('link', { name: 'Older' }).click()
  await expect(official.rules.getByRole('rowheader')).toHaveText(['Home 0', 'Alarms'])

  const byName = official.rules.getByRole('columnheader', { name: 'Name' })
  await byName.getByRole('link').click()
  await expect(byName).toHaveAttribute('aria-sort', 'ascending')
  await expect(official.rules.getByRole('rowheader').first()).toHaveText('Alarms')
  await official.rules.getByRole('link', { name: 'Next page' }).click()
  await expect(official.rules.getByRole('rowheader')).toHaveText(['Home 9', 'Offline'])
  await byName.getByRole('link').click()
  await expect(byName).toHaveAttribute('aria-sort', 'descending')
  await expect(official.rules.getByRole('rowheader').first()).toHaveText('Offline')
  await official.rules.getByLabel('State').selectOption('Disabled')
  await official.rules.getByRole('button', { name: 'Filter' }).click()
  await expect(official.rules.getByRole('rowheader')).toHaveText(['Home 0'])
  await expect(byName).toHaveAttribute('aria-sort', 'descending')
  await byName.getByRole('link').click()
  await expect(byName).not.toHaveAttribute('aria-sort')

  await official.open()
  await official.rules.getByLabel('App').selectOption('Shop')
  await official.rules.getByRole('button', { name: 'Filter' }).click()
  await expect(official.rules.getByRole('rowheader')).toHaveText(['Offline', 'Alarms'])
  expect(new URL(page.url()).search).toBe('?app=shop')
  await official.rules.getByLabel('Event').selectOption('Device offline')
  await official.rules.getByRole('button', { name: 'Filter' }).click()
  await expect(official.rules.getByRole('rowheader')).toHaveText(['Offline'])
  await official.rules.getByRole('link', { name: 'Clear filters' }).click()
  await expect(official.rules.getByLabel('App')).toHaveValue('')
  await official.rules.getByLabel('State').selectOption('Disabled')
  await official.rules.getByRole('button', { name: 'Filter' }).click()
  await expect(official.rules.getByRole('rowheader')).toHaveText(['Home 0'])
  await official.open('?state=invalid')
  await expect(official.rules).toContainText('No push rule matches these filters')
  await official.open('?app=nobody&account=none')
  await expect(official.rules.getByRole('status')).toContainText('makes no sense and was left out')
})

test('a rule is switched off and on, tested and deleted from the list', async ({ page, signet }) => {
  const { owner } = await withRule(signet)
  const [openid = ''] = signet.simulator.wechat.openids.following
  await signet.signIn(page, owner)
  const official = new OfficialAccountPage(page)
  await official.open()
  await official.choose('Alarms', 'Disable')
  await expect(official.rule('Alarms').getByText('Disabled', { exact: true })).toBeVisible()
  await official.choose('Alarms', 'Enable')
  await expect(official.rule('Alarms').getByText('Enabled', { exact: true })).toBeVisible()

  await official.rule('Alarms').getByRole('button', { name: 'Test push' }).click()
  await official.dialog.getByLabel('Openid of a follower').fill('nobody')
  await official.dialog.getByRole('button', { name: 'Push', exact: true }).click()
  await expect(official.dialog.getByLabel('Openid of a follower')).toHaveAccessibleDescription(/28 letters/)
  await official.dialog.getByLabel('Openid of a follower').fill(openid)
  await official.dialog.getByRole('button', { name: 'Push', exact: true }).click()
  // The usual sample value of the level is none that was approved for the template.
  await expect(official.dialog.getByRole('alert')).toContainText('Acme Devices refused it')
  await expect(official.dialog.getByRole('alert')).toContainText('A value does not fit its field.')
  await official.dialog.getByRole('button', { name: 'Close' }).last().click()

  await official.choose('Alarms', 'Delete')
  await expect(official.dialog).toContainText('The event Device alarm of Shop makes no card by it any more.')
  await official.dialog.getByRole('button', { name: 'Delete push rule' }).click()
  await expect(official.rules.getByRole('heading', { name: 'No push rule yet' })).toBeVisible()
  await official.rules.getByRole('button', { name: 'Undo' }).click()
  await expect(official.rule('Alarms').getByText('Enabled', { exact: true })).toBeVisible()
  await expect(official.rules.getByRole('button', { name: 'Undo' })).toHaveCount(0)
})

test('a template that is gone at WeChat makes its rule invalid, which another template mends', async ({
  page,
  signet,
}) => {
  const { owner, app } = await withRule(signet)
  const { id } = seeded(alarmTitle)
  await signet.simulator.control({ channel: 'official_account', kind: 'template_state', id, state: 'removed' })
  await signet.signIn(page, owner)
  const official = new OfficialAccountPage(page)
  const rule = new RulePage(page)
  await official.open()
  await official.account('Acme Devices').getByRole('button', { name: 'Check' }).click()
  await expect(official.rule('Alarms').getByText('Invalid', { exact: true })).toBeVisible()
  await expect(official.rule('Alarms')).toContainText('The template is not in the account any more')
  const told = await tell(signet, app.liveKey)
  expect(told.body).toMatchObject({ skipped: [{ reason: 'rule_invalid', detail: 'template_gone' }] })

  await official.rule('Alarms').getByRole('link', { name: 'Edit' }).click()
  await rule.expectSaid(rule.field('Template'), 'The account has no such template.')
  await rule.chooseTemplate(offlineTitle)
  await rule.field('离线原因').fill('网络中断')
  await rule.save()
  await rule.expectSaved(2)
  await official.open()
  await expect(official.rule('Alarms').getByText('Enabled', { exact: true })).toBeVisible()
})

test('a message by a rule shows its card, and its App what its events become', async ({ page, signet }) => {
  const { owner, app } = await withRule(signet)
  const [openid = ''] = signet.simulator.wechat.openids.following
  const told = await tell(signet, app.liveKey)
  const [message] = told.body.messages as { id: string }[]
  await signet.signIn(page, owner)
  await page.goto(`/messages/${message?.id}`)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('by official account to')
  await expect(page.getByRole('article', { name: 'The card' })).toContainText('设备名称Boiler room 2')
  await expect(page.getByRole('region', { name: 'Facts' })).toContainText('Alarms, version 1')
  await expect(page.getByRole('main')).toContainText('POST /api/v1/events, API key “Live”.')
  expect(await page.content()).not.toContain(openid)

  await page.goto('/messages?channel=official_account')
  await expect(page.getByRole('row').filter({ hasText: 'Official Account' })).toHaveCount(1)
  await page.goto(`/apps/${app.key}`)
  const offline = page.getByRole('row').filter({ hasText: 'Device offline' }).getByRole('cell').last()
  await expect(page.getByRole('row').filter({ hasText: 'Device alarm' }).getByRole('cell').last()).toContainText(
    'Usable',
  )
  await expect(offline).toContainText('No push rule')
  await offline.getByRole('link', { name: 'Configure' }).click()
  const rule = new RulePage(page)
  await expect(rule.field('App')).toHaveValue(app.id)
  await expect(rule.field('Event')).toHaveValue('device_offline')
})

test('what waits for a rule leads to the rule', async ({ page, signet }) => {
  const { owner, app, ruleId } = await withRule(signet, {
    content: alarmContent({ jump: { kind: 'mini_program', appId: 'wx00000000000000aa', pagePath: '' } }),
  })
  const told = await tell(signet, app.liveKey)
  const [message] = told.body.messages as { id: string }[]
  const api = await signet.api(owner)
  await expect.poll(async () => (await api.messages.get.query({ id: message?.id ?? '' })).waitsFor).toBe('template')
  await signet.signIn(page, owner)
  await page.goto(`/messages/${message?.id}`)
  await expect(page.getByText('This message waits until its push rule is put right.')).toBeVisible()
  await page.getByRole('link', { name: 'Open the push rule' }).click()
  await expect(page).toHaveURL(new RegExp(ruleId))
  await expect(new RulePage(page).problem('This rule is invalid')).toBeVisible()
})
