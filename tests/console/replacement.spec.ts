/** Another account in the place of the one in force: what loses its use is said before, with its count, and asked. */
import {
  addAliyunAccount,
  addCarriedTemplate,
  keyOf,
  proveByCall,
  smsContents,
  voiceContents,
} from '../support/carried.ts'
import { expect, type Organization, type Signet, test } from '../support/console.ts'
import { addApp } from '../support/sending.ts'
import { AliyunPage } from './aliyun.page.ts'

const inForce = { exact: true } as const

/** An account in force that two defaults and an override name, and another one beside it. */
async function twoAccounts(signet: Signet): Promise<Organization & { shop: string }> {
  const organization = await signet.newOrganization()
  const first = await addAliyunAccount(signet, organization, 'sms', { name: 'Old contract' })
  const { id: shop } = await addApp(signet, organization)
  const content = { mainland: smsContents.login, international: null }
  for (const appId of [null, shop]) {
    await addCarriedTemplate(
      signet,
      organization,
      { channel: 'sms', scenario: 'login', appId, accountId: first },
      content,
    )
  }
  const alarm = { mainland: smsContents.device_alarm, international: null }
  await addCarriedTemplate(signet, organization, { channel: 'sms', scenario: 'device_alarm', accountId: first }, alarm)
  await addAliyunAccount(signet, organization, 'sms', { name: 'New contract', key: 'second', isValidated: false })
  return { ...organization, shop }
}

test('another account takes the place of the one in force only after what loses its use was said and agreed to', async ({
  page,
  signet,
}) => {
  const organization = await twoAccounts(signet)
  await signet.signIn(page, organization.owner)
  const there = new AliyunPage(page, 'sms')
  await there.open()
  await there.validate('New contract')
  await expect(there.dialog).toHaveAccessibleName('Put “New contract” in force?')
  await expect(there.dialog).toContainText('2 scenarios and 1 override name signatures of “Old contract”.')
  await expect(there.dialog).toContainText('used again once “Old contract” is in force again')
  await there.dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(there.dialog).toHaveCount(0)
  await expect(there.account('Old contract').getByText('Validated', inForce)).toBeVisible()
  await expect(there.account('New contract').getByText('Not validated')).toBeVisible()
  await expect(there.accounts).toContainText('Passed, and not in force')

  await there.validate('New contract')
  // Meanwhile somebody adds one more: the person has not been told of it.
  const alarm = { mainland: smsContents.device_alarm, international: null }
  await expect(there.dialog).toBeVisible()
  await addCarriedTemplate(
    signet,
    organization,
    { channel: 'sms', scenario: 'device_alarm', appId: organization.shop },
    alarm,
  )
  await there.dialog.getByRole('button', { name: 'Put in force' }).click()
  await expect(there.dialog).toContainText('2 scenarios and 2 overrides name signatures of “Old contract”.')
  await expect(there.account('Old contract').getByText('Validated', inForce)).toBeVisible()
  await there.dialog.getByRole('button', { name: 'Put in force' }).click()
  await expect(there.account('New contract').getByText('Validated', inForce)).toBeVisible()
  await expect(there.account('Old contract').getByText('Not validated')).toBeVisible()
  await expect(there.scenario('Login')).toContainText('Kept for Old contract')
})

test('a second account with the same AccessKey takes the templates along, and nothing is asked', async ({
  page,
  signet,
}) => {
  const organization = await twoAccounts(signet)
  await addAliyunAccount(signet, organization, 'sms', { name: 'Same key', isValidated: false })
  await signet.signIn(page, organization.owner)
  const there = new AliyunPage(page, 'sms')
  await there.open()
  await there.validate('Same key')
  await expect(there.account('Same key').getByText('Validated', inForce)).toBeVisible()
  await expect(there.dialog).toHaveCount(0)
  await expect(there.scenario('Login').getByText('Usable')).toBeVisible()
})

test('what an App has for the account before is never called the same as the default, and leads back to it', async ({
  page,
  signet,
}) => {
  const organization = await twoAccounts(signet)
  await signet.signIn(page, organization.owner)
  const there = new AliyunPage(page, 'sms')
  await there.open()
  await there.validate('New contract')
  await there.dialog.getByRole('button', { name: 'Put in force' }).click()
  await expect(there.account('New contract').getByText('Validated', inForce)).toBeVisible()
  await there.open('?app=shop')
  // Neither has the default one for this account: it is the first that has to be chosen.
  const row = there.scenario('Device alarm')
  await expect(row).toContainText('Not usable')
  await expect(row).not.toContainText('Same as the default')
  await expect(row.getByRole('link', { name: 'Edit default' })).toBeVisible()

  await addCarriedTemplate(
    signet,
    organization,
    { channel: 'sms', scenario: 'login' },
    { mainland: smsContents.of_second, international: null },
  )
  await page.reload()
  const login = there.scenario('Login')
  await expect(login).toContainText('Not usable')
  await expect(login).toContainText('Kept for Old contract')
  await expect(login).not.toContainText('Same as the default')
  await expect(login.getByRole('link', { name: 'Override' })).toBeVisible()
  await login.getByRole('button', { name: 'Return to default' }).click()
  await there.dialog.getByRole('button', { name: 'Return to default' }).click()
  await expect(login).toContainText('Same as the default')
  await expect(login).toContainText('Usable')
})

test('calls are asked about as texts are', async ({ page, signet }) => {
  const organization = await signet.newOrganization()
  await addAliyunAccount(signet, organization, 'voice', { name: 'Old contract' })
  await proveByCall(signet, organization, 'login')
  await addCarriedTemplate(signet, organization, { channel: 'voice', scenario: 'login' }, voiceContents.login)
  await addAliyunAccount(signet, organization, 'voice', { name: 'New contract', key: 'second', isValidated: false })
  await signet.signIn(page, organization.owner)
  const there = new AliyunPage(page, 'voice')
  await there.open()
  await there.validate('New contract')
  await expect(there.dialog).toContainText('1 scenario names voice templates of “Old contract”.')
  await there.dialog.getByRole('button', { name: 'Put in force' }).click()
  await expect(there.account('New contract').getByText('Validated', inForce)).toBeVisible()
})

test('another AccessKey in the account in force is asked about before it is saved, and what was typed stays', async ({
  page,
  signet,
}) => {
  const organization = await twoAccounts(signet)
  await signet.signIn(page, organization.owner)
  const there = new AliyunPage(page, 'sms')
  const question = page.getByRole('dialog', { name: 'Save other access for “Old contract”?' })
  await there.open()
  await there.startEditing('Old contract')
  await there.fill(keyOf(signet, 'second'))
  await there.save()
  await expect(question).toContainText('2 scenarios and 1 override name signatures of “Old contract”.')
  await question.getByRole('button', { name: 'Cancel' }).click()
  await expect(question).toHaveCount(0)
  await expect(there.field('accessKeyId')).toHaveValue(keyOf(signet, 'second').accessKeyId)
  await there.save()
  await question.getByRole('button', { name: 'Save all the same' }).click()
  await expect(there.dialog).toHaveCount(0)
  await expect(there.account('Old contract').getByText('Validated', inForce)).toBeVisible()
  // Asked for in the worker's next round with the key that is there now, which does not have them.
  await expect(async () => {
    await page.reload()
    await expect(there.scenario('Login')).toContainText('Not usable', { timeout: 1000 })
  }).toPass({ timeout: 60_000 })
})

test.describe('in Chinese', () => {
  test.use({ locale: 'zh-CN' })

  test('the question is asked in Chinese', async ({ page, signet }) => {
    const { owner } = await twoAccounts(signet)
    await signet.signIn(page, owner)
    await page.goto('/personal-center/third-party-configuration/sms')
    await page
      .getByRole('row')
      .filter({ hasText: 'New contract' })
      .getByRole('button', { name: '验证', exact: true })
      .click()
    await expect(page.getByRole('dialog')).toContainText('2 个使用场景和1 项应用单独配置使用“Old contract”的短信签名。')
    await page.getByRole('button', { name: '确认生效' }).click()
    await expect(page.getByRole('dialog')).toHaveCount(0)
  })
})
