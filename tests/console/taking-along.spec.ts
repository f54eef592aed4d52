/** Another account in force takes along the templates whose texts it has approved too, and others that are chosen for them. */
import { addAliyunAccount, addCarriedTemplate, smsContents } from '../support/carried.ts'
import { expect, type Organization, type Signet, test } from '../support/console.ts'
import { addApp } from '../support/sending.ts'
import { AliyunPage } from './aliyun.page.ts'

const inForce = { exact: true } as const

/** An account in force that two defaults and an override name, and one of a partner who has the login text as well. */
async function twoAccounts(signet: Signet): Promise<Organization> {
  const organization = await signet.newOrganization()
  const accountId = await addAliyunAccount(signet, organization, 'sms', { name: 'Old contract' })
  const { id: appId } = await addApp(signet, organization)
  const login = { mainland: smsContents.login, international: null }
  const alarm = { mainland: smsContents.device_alarm, international: null }
  const place = { channel: 'sms', accountId } as const
  await addCarriedTemplate(signet, organization, { ...place, scenario: 'login' }, login)
  await addCarriedTemplate(signet, organization, { ...place, scenario: 'login', appId }, login)
  await addCarriedTemplate(signet, organization, { ...place, scenario: 'device_alarm' }, alarm)
  await addAliyunAccount(signet, organization, 'sms', { name: 'Partner', key: 'partner', isValidated: false })
  return organization
}

test('what the new account has approved too goes along, and what it has not stays behind with the reason', async ({
  page,
  signet,
}) => {
  const { owner } = await twoAccounts(signet)
  await signet.signIn(page, owner)
  const there = new AliyunPage(page, 'sms')
  await there.open()
  await there.validate('Partner')
  await expect(there.dialog).toContainText('2 scenarios and 1 override name signatures of “Old contract”.')
  const pairs = there.dialog.getByRole('list', { name: 'What goes along' }).getByRole('listitem')
  await expect(pairs).toHaveCount(2)
  await expect(pairs.nth(0)).toContainText('星桥智家 · SMS_280010001')
  await expect(pairs.nth(0)).toContainText('Login and 1 override')
  await expect(pairs.nth(0)).toContainText('Goes along')
  await expect(pairs.nth(1)).toContainText('Stays behind')
  await expect(pairs.nth(1)).toContainText('The account has no such signature.')
  await there.dialog.getByRole('button', { name: 'Put in force' }).click()
  await expect(there.account('Partner').getByText('Validated', inForce)).toBeVisible()
  await expect(there.scenario('Login').getByText('Usable')).toBeVisible()
  await expect(there.scenario('Device alarm')).toContainText('Kept for Old contract')
  // The account before has its own still: going back asks nothing.
  await there.validate('Old contract')
  await expect(there.account('Old contract').getByText('Validated', inForce)).toBeVisible()
  await expect(there.dialog).toHaveCount(0)
  await expect(there.scenario('Device alarm').getByText('Usable')).toBeVisible()
})

test('another signature and template are chosen by keyboard, from those that the same values fill', async ({
  page,
  signet,
}) => {
  const { owner } = await twoAccounts(signet)
  await signet.signIn(page, owner)
  const there = new AliyunPage(page, 'sms')
  await there.open()
  await there.validate('Partner')
  const alarm = there.dialog.getByRole('listitem').filter({ hasText: 'SMS_280020001' })
  await alarm.getByLabel('Template in its place', { exact: true }).focus()
  await page.keyboard.press('ArrowDown')
  await expect(alarm.getByRole('option')).toHaveCount(1)
  await expect(alarm.getByRole('option')).toContainText('SMS_300020001')
  await page.keyboard.press('Enter')
  await expect(alarm).toContainText('Stays behind')
  await alarm.getByLabel('Signature in its place', { exact: true }).focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.type('合作')
  await page.keyboard.press('Enter')
  await expect(alarm).toContainText('Goes along')
  await there.dialog.getByRole('button', { name: 'Put in force' }).click()
  await expect(there.account('Partner').getByText('Validated', inForce)).toBeVisible()
  const row = there.scenario('Device alarm')
  await expect(row.getByText('Usable')).toBeVisible()
  await expect(row).toContainText('星桥合作')
  await expect(row).toContainText('SMS_300020001')
})

test('a person may switch without anything, and a slow provider is not waited for then', async ({ page, signet }) => {
  const { owner } = await twoAccounts(signet)
  await signet.signIn(page, owner)
  const held = Promise.withResolvers<void>()
  await page.route(/accounts\.takeable/, async (route) => {
    await held.promise
    await route.continue()
  })
  const there = new AliyunPage(page, 'sms')
  await there.open()
  await there.validate('Partner')
  const put = there.dialog.getByRole('button', { name: 'Put in force' })
  await expect(there.dialog.getByRole('status')).toContainText('Asking “Partner” what it has approved')
  await expect(put).toBeDisabled()
  await there.dialog.getByRole('checkbox', { name: 'Take along what “Partner” has approved too' }).uncheck()
  await put.click()
  await expect(there.account('Partner').getByText('Validated', inForce)).toBeVisible()
  await expect(there.scenario('Login')).toContainText('Kept for Old contract')
  held.resolve()
})

test('a provider that does not answer is said, can be asked again, and does not keep anybody from switching', async ({
  page,
  signet,
}) => {
  const { owner } = await twoAccounts(signet)
  await signet.signIn(page, owner)
  let isDown = true
  await page.route(/accounts\.takeable/, async (route) => {
    const fault = { channel: 'sms', kind: 'key_forbidden', action: 'QuerySmsTemplateList', times: 1 } as const
    if (isDown) await signet.simulator.control(fault)
    isDown = false
    await route.continue()
  })
  const there = new AliyunPage(page, 'sms')
  await there.open()
  await there.validate('Partner')
  await expect(there.dialog.getByRole('alert')).toContainText('The RAM user may not')
  await expect(there.dialog.getByRole('button', { name: 'Put in force' })).toBeDisabled()
  await there.dialog.getByRole('button', { name: 'Ask again' }).click()
  await expect(there.dialog.getByRole('list', { name: 'What goes along' })).toContainText('Goes along')
  await expect(there.dialog.getByRole('button', { name: 'Put in force' })).toBeEnabled()
})

test('what changed since a person was asked is asked about again', async ({ page, signet }) => {
  const organization = await twoAccounts(signet)
  await signet.signIn(page, organization.owner)
  const there = new AliyunPage(page, 'sms')
  await there.open()
  await there.validate('Partner')
  await expect(there.dialog.getByRole('list', { name: 'What goes along' })).toBeVisible()
  const api = await signet.api(organization.owner)
  const place = { channel: 'sms', scenario: 'login', appId: null, accountId: null } as const
  const content = { mainland: { ...smsContents.login, signature: '星桥商城' }, international: null }
  await api.templates.save.mutate({ ...place, content, baseVersion: 1 })
  await there.dialog.getByRole('button', { name: 'Put in force' }).click()
  await expect(there.dialog).toContainText('Something has changed since you were asked.')
  await expect(there.account('Old contract').getByText('Validated', inForce)).toBeVisible()
  await expect(there.dialog.getByRole('listitem').filter({ hasText: '星桥商城' })).toContainText('Stays behind')
})

test.describe('in Chinese', () => {
  test.use({ locale: 'zh-CN' })

  test('what goes along is said in Chinese', async ({ page, signet }) => {
    const { owner } = await twoAccounts(signet)
    await signet.signIn(page, owner)
    await page.goto('/personal-center/third-party-configuration/sms')
    const row = page.getByRole('row').filter({ hasText: 'Partner' })
    await row.getByRole('button', { name: '验证', exact: true }).click()
    const pairs = page.getByRole('dialog').getByRole('list', { name: '可以带走的内容' })
    await expect(pairs).toContainText('登录和1 项应用单独配置')
    await expect(pairs).toContainText('带走')
  })
})
