/** SMS Configuration and Voice Call Configuration: accounts of Alibaba Cloud are added, validated, changed and deleted in place. */
import { addAliyunAccount, addCarriedTemplate, type CarriedChannel, keyOf, smsContents } from '../support/carried.ts'
import { expect, test } from '../support/console.ts'
import { expectSoundPage, inEveryLook } from '../support/page-checks.ts'
import { addApp } from '../support/sending.ts'
import { AliyunPage } from './aliyun.page.ts'

test.afterEach(({ signet }) => signet.simulator.clear())

const stagesOf: Record<CarriedChannel, string[]> = {
  sms: ['Credentials', 'Read signatures', 'Read templates'],
  voice: ['Credentials', 'Permission'],
}
const inForce = { exact: true } as const

for (const channel of ['sms', 'voice'] as const) {
  test.describe(channel, () => {
    test('an organization without accounts is told what they are for, adds one and validates it stage by stage', async ({
      page,
      signet,
    }) => {
      await signet.enterNew(page)
      const there = new AliyunPage(page, channel)
      await there.open()
      await expect(there.accounts.getByRole('heading', { name: 'No account yet' })).toBeVisible()
      await expect(there.accounts).toContainText('Sends are refused until then.')

      await there.startAdding()
      await there.fill({ name: 'Main', ...keyOf(signet) })
      await there.save()
      const row = there.account('Main')
      await expect(row).toContainText('Not validated')
      await expect(row).toContainText(/LTAI5t••••\w{4}/)
      await expect(there.accounts).not.toContainText(keyOf(signet).accessKeyId)

      await there.validate('Main')
      for (const name of stagesOf[channel]) await expect(there.stage(name)).toContainText(/passed\s*\d+ ms/)
      await expect(row.getByText('Validated', inForce)).toBeVisible()
      await expect(there.accounts.getByRole('status')).toContainText('This account is in force')

      await page.reload()
      await there.unfold('Main')
      await expect(there.stage('Credentials')).toContainText('The AccessKey exists and signs correctly')
    })

    test('a wrong secret, an unknown key and a disabled one each fail at the credentials, and are told apart', async ({
      page,
      signet,
    }) => {
      await signet.enterNew(page)
      const there = new AliyunPage(page, channel)
      await there.open()
      const wrong = [
        ['Secret', { ...keyOf(signet), accessKeySecret: 'not-this-secret' }, 'does not belong to this AccessKey ID'],
        ['Unknown', { ...keyOf(signet), accessKeyId: 'LTAI5tNobodyHasThisOne99' }, 'does not know this AccessKey ID'],
        ['Disabled', keyOf(signet, 'disabled'), 'This AccessKey is disabled.'],
      ] as const
      for (const [name, values, why] of wrong) {
        await there.startAdding()
        await there.fill({ name, ...values })
        await there.save()
        await there.validate(name)
        await expect(there.account(name).getByText('Check failed')).toBeVisible()
        await expect(there.stage('Credentials').filter({ hasText: why })).toContainText('in the RAM console')
        await expect(there.stage('Credentials').filter({ hasText: why })).toContainText(/\w+ · .+ · [\w-]{20,}/)
      }
      await expect(there.accounts).not.toContainText('not-this-secret')
      await expect(there.accounts.getByRole('button', { name: 'Copy the server’s answer' })).toHaveCount(3)
    })

    test('a RAM user without the right is told which action to grant', async ({ page, signet }) => {
      const organization = await signet.newOrganization()
      await addAliyunAccount(signet, organization, channel, { key: 'sendOnly', isValidated: false })
      await signet.signIn(page, organization.owner)
      const there = new AliyunPage(page, channel)
      await there.open()
      await there.validate('Main')
      await expect(there.stage('Credentials')).toContainText('passed')
      const [, refused = ''] = stagesOf[channel]
      const action = channel === 'sms' ? 'dysms:QuerySmsSignList' : 'dyvms:ListCallTask'
      await expect(there.stage(refused)).toContainText(`Grant it ${action} in the RAM console`)
      await expect(there.account('Main').getByRole('button', { name: refused })).toBeVisible()
      await expect(there.account('Main').getByText('Check failed')).toBeVisible()
    })

    test('validating a second account takes the first one out of force at once', async ({ page, signet }) => {
      const organization = await signet.newOrganization()
      await addAliyunAccount(signet, organization, channel, { name: 'First' })
      await addAliyunAccount(signet, organization, channel, { name: 'Second', key: 'second', isValidated: false })
      await signet.signIn(page, organization.owner)
      const there = new AliyunPage(page, channel)
      await there.open()
      await there.validate('Second')
      await expect(there.account('Second').getByText('Validated', inForce)).toBeVisible()
      await expect(there.account('First').getByText('Not validated')).toBeVisible()
    })

    test('every field that is not right is marked in place, and what was typed stays', async ({ page, signet }) => {
      await signet.enterNew(page)
      const there = new AliyunPage(page, channel)
      await there.open()
      await there.startAdding()
      await there.save()
      for (const name of ['name', 'accessKeyId', 'accessKeySecret'] as const) {
        await expect(there.field(name)).toHaveAccessibleDescription('Enter a value.')
      }
      await expect(there.field('name')).toBeFocused()

      await there.fill({ name: 'Main', accessKeyId: 'LTAI 5t/…', accessKeySecret: 'a secret' })
      await there.save()
      await expect(there.field('accessKeyId')).toHaveAccessibleDescription(/letters, digits, dots, hyphens/)
      await expect(there.field('accessKeySecret')).toHaveAccessibleDescription(/has no blanks/)
      await expect(there.field('accessKeyId')).toHaveValue('LTAI 5t/…')
      await there.fill({ accessKeyId: 'L'.repeat(129), accessKeySecret: 's'.repeat(257) })
      await there.save()
      await expect(there.field('accessKeyId')).toHaveAccessibleDescription('At most 128 characters.')
      await expect(there.field('accessKeySecret')).toHaveAccessibleDescription('At most 256 characters.')

      await there.fill({ name: 'n'.repeat(61), ...keyOf(signet) })
      await there.save()
      await expect(there.field('name')).toHaveAccessibleDescription('At most 60 characters.')
      await expect(there.field('name')).toHaveValue('n'.repeat(61))
      for (const unseen of ['\u200b', 'Main \u202e turned', 'tab\tbed']) {
        await there.fill({ name: unseen })
        await there.save()
        await expect(there.field('name')).toHaveAccessibleDescription(/characters that cannot be seen/)
      }
      await there.fill({ name: ' Main ', accessKeyId: ` ${keyOf(signet).accessKeyId} ` })
      await there.save()
      await expect(there.account('Main')).toBeVisible()
      await there.startAdding()
      await there.fill({ name: 'Main', ...keyOf(signet) })
      await there.save()
      await expect(there.field('name')).toHaveAccessibleDescription('This is taken already. Choose another.')
    })

    test('a new name is just saved; a new AccessKey ID wants its secret, and is proven before it is saved', async ({
      page,
      signet,
    }) => {
      const organization = await signet.newOrganization()
      await addAliyunAccount(signet, organization, channel)
      await signet.signIn(page, organization.owner)
      const there = new AliyunPage(page, channel)
      await there.open()
      await there.startEditing('Main')
      await expect(there.dialog.getByText(/^set on /)).toBeVisible()
      await there.fill({ name: 'Renamed' })
      await there.save()
      await expect(there.account('Renamed').getByText('Validated', inForce)).toBeVisible()

      await there.startEditing('Renamed')
      const { accessKeyId, accessKeySecret } = keyOf(signet, 'second')
      await there.fill({ accessKeyId })
      await expect(there.field('accessKeySecret')).toHaveAccessibleDescription(/type this again/)
      await there.save()
      await expect(there.field('accessKeySecret')).toBeFocused()
      await there.fill({ accessKeySecret: 'not-this-secret' })
      await there.save()
      await expect(there.stage('Credentials')).toContainText('does not belong to this AccessKey ID')
      await expect(there.dialog.getByRole('alert')).toContainText('Nothing was saved')
      await there.fill({ accessKeySecret })
      await there.save()
      await expect(there.dialog).toBeHidden()
      await expect(there.account('Renamed')).toContainText(accessKeyId.slice(-4))
      await expect(there.account('Renamed').getByText('Validated', inForce)).toBeVisible()
    })

    test('the receipt address is there to be copied, and a new one takes its place after a question', async ({
      page,
      signet,
    }) => {
      const organization = await signet.newOrganization()
      await addAliyunAccount(signet, organization, channel, { isValidated: false })
      await signet.signIn(page, organization.owner)
      const there = new AliyunPage(page, channel)
      await there.open()
      await there.unfold('Main')
      const address = new RegExp(`${signet.url}/api/receipts/aliyun-${channel}/[\\w-]{32}`)
      await expect(there.receipts).toContainText(address)
      await expect(there.receipts).toContainText(channel === 'sms' ? 'SmsReport' : 'VoiceReport')
      await expect(there.receipts.getByRole('button', { name: 'Copy Receipt address' })).toBeVisible()
      const before = (await there.receipts.locator('pre').textContent()) ?? ''

      await there.receipts.getByRole('button', { name: 'New address' }).click()
      await expect(there.dialog).toContainText('what Alibaba Cloud still pushes to it is refused')
      await there.dialog.getByRole('button', { name: 'Cancel' }).click()
      await expect(there.receipts).toContainText(before)
      await there.receipts.getByRole('button', { name: 'New address' }).click()
      await there.dialog.getByRole('button', { name: 'New address' }).click()
      await expect(there.receipts).not.toContainText(before)
      await expect(there.receipts).toContainText(address)
      await page.goto('/personal-center/audit-log')
      await expect(page.getByRole('table')).toContainText('Receipt address changed')
    })

    test('an author sees name and state only, a viewer neither the receipt address nor what changes something', async ({
      page,
      signet,
    }) => {
      const organization = await signet.newOrganization()
      await addAliyunAccount(signet, organization, channel)
      const there = new AliyunPage(page, channel)
      await signet.signIn(page, await organization.add('author'))
      await there.open()
      await expect(there.account('Main').getByText('Validated', inForce)).toBeVisible()
      await expect(there.accounts.getByRole('columnheader')).toHaveText(['Account name', 'State'])
      await expect(there.accounts.getByRole('button')).toHaveCount(0)

      await signet.signIn(page, await organization.add('viewer'))
      await there.open()
      await there.unfold('Main')
      await expect(there.stage('Credentials')).toContainText('passed')
      await expect(there.receipts).toHaveCount(0)
      for (const name of ['Add', 'Validate', 'Edit', 'More', 'New address', 'Check and send']) {
        await expect(there.accounts.getByRole('button', { name, exact: true })).toHaveCount(0)
      }
    })
  })
}

test('the rights are asked for one after the other: templates are told apart from signatures', async ({
  page,
  signet,
}) => {
  const organization = await signet.newOrganization()
  await addAliyunAccount(signet, organization, 'sms', { isValidated: false })
  await signet.simulator.control({ channel: 'sms', kind: 'key_forbidden', action: 'QuerySmsTemplateList', times: 5 })
  await signet.signIn(page, organization.owner)
  const sms = new AliyunPage(page, 'sms')
  await sms.open()
  await sms.validate('Main')
  await expect(sms.stage('Read signatures')).toContainText('passed')
  await expect(sms.stage('Read templates')).toContainText('Grant it dysms:QuerySmsTemplateList in the RAM console')
})

test('a validated account that Alibaba Cloud refuses later stays in force, and says why in words', async ({
  page,
  signet,
}) => {
  const organization = await signet.newOrganization()
  await addAliyunAccount(signet, organization, 'sms')
  await signet.simulator.control({ channel: 'sms', kind: 'reject', code: 'isv.OUT_OF_SERVICE', action: '*', times: 1 })
  await signet.signIn(page, organization.owner)
  const sms = new AliyunPage(page, 'sms')
  await sms.open()
  await sms.validate('Main')
  await expect(sms.account('Main').getByText('Validated, failing')).toBeVisible()
  await expect(sms.accounts.getByRole('status')).toContainText(/no balance left.*Top it up/)
})

test('an account of another region is kept with it', async ({ page, signet }) => {
  await signet.enterNew(page)
  const sms = new AliyunPage(page, 'sms')
  await sms.open()
  await sms.startAdding()
  await sms.fill({ name: 'Abroad', ...keyOf(signet), region: 'Singapore' })
  await sms.save()
  await sms.startEditing('Abroad')
  await expect(sms.field('region')).toHaveValue('ap-southeast-1')
  await new AliyunPage(page, 'voice').open()
  await expect(page.getByRole('heading', { name: 'Voice Call Configuration' })).toBeVisible()
})

test('deleting says that templates go with the account, and what is without a sender then', async ({
  page,
  signet,
}) => {
  const organization = await signet.newOrganization()
  await addApp(signet, organization, 'shop', 'Web shop')
  await addAliyunAccount(signet, organization, 'sms')
  const place = { channel: 'sms', scenario: 'login' } as const
  await addCarriedTemplate(signet, organization, place, { mainland: smsContents.login, international: null })
  await signet.signIn(page, organization.owner)
  const sms = new AliyunPage(page, 'sms')
  await sms.open()
  await expect(sms.scenario('Login')).toContainText('SMS_280010001')
  await sms.choose(sms.account('Main'), 'Delete')
  await expect(sms.dialog).toContainText('1 template belongs to it and is deleted with it, with all its versions.')
  await expect(sms.dialog).toContainText('1 scenario has no sender: Login.')
  await expect(sms.dialog).toContainText('1 App has no sender: Web shop.')
  await expect(sms.dialog).toContainText('Its receipt address is gone too')
  await sms.dialog.getByRole('button', { name: 'Delete account' }).click()
  await expect(sms.accounts.getByRole('heading', { name: 'No account yet' })).toBeVisible()
  await expect(sms.scenario('Login')).not.toContainText('SMS_280010001')
})

test.describe('in Chinese', () => {
  test.use({ locale: 'zh-CN' })
  test('an SMS account is added and validated, and a missing right is named', async ({ page, signet }) => {
    const organization = await signet.newOrganization()
    await addAliyunAccount(signet, organization, 'sms', { name: '只发送', key: 'sendOnly', isValidated: false })
    await signet.signIn(page, organization.owner)
    await new AliyunPage(page, 'sms').open()
    const accounts = page.getByRole('region', { name: '短信配置', exact: true })
    await accounts.getByRole('button', { name: '添加', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: '添加短信账号' })
    const { accessKeyId, accessKeySecret } = keyOf(signet)
    await dialog.getByLabel('账号名称').fill('生产')
    await dialog.getByLabel('AccessKey ID').fill(accessKeyId)
    await dialog.getByLabel('AccessKey Secret', { exact: true }).fill(accessKeySecret)
    await dialog.getByRole('button', { name: '保存', exact: true }).click()
    const row = (name: string) => accounts.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) })
    await row('生产').getByRole('button', { name: '验证' }).click()
    await expect(row('生产').getByText('已验证', { exact: true })).toBeVisible()
    await row('只发送').getByRole('button', { name: '验证' }).click()
    await expect(accounts).toContainText('该 RAM 用户无权查询短信签名。')
    await expect(accounts).toContainText('授予 dysms:QuerySmsSignList 权限')
  })
})

for (const channel of ['sms', 'voice'] as const) {
  test(`the page of ${channel} is accessible and fits every screen`, async ({ browser, signet }) => {
    const organization = await signet.newOrganization()
    const name = `A name of sixty letters${'-and-more'.repeat(4)}x`
    await addAliyunAccount(signet, organization, channel, { name, key: 'sendOnly', isValidated: false })
    await inEveryLook(browser, signet, organization.owner, async (page) => {
      const there = new AliyunPage(page, channel)
      await there.open()
      await there.validate(name)
      await expect(there.account(name).getByText('Check failed')).toBeVisible()
      await there.receipts.getByRole('button', { name: 'New address' }).click()
      await expectSoundPage(page)
      await there.dialog.getByRole('button', { name: 'Cancel' }).click()
      await there.startEditing(name)
      await expectSoundPage(page)
    })
  })
}
