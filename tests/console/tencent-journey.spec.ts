/** The whole way of Tencent Cloud SMS in a browser: an account is added and validated, a template written, and an App sends by it. */
import { freshNumber } from '../support/carried.ts'
import { expect, test } from '../support/console.ts'
import { addApp, addKey, send, untilEnded } from '../support/sending.ts'
import { accessOf } from '../support/tencent-client.ts'
import { AliyunPage } from './aliyun.page.ts'
import { SmsTemplatePage } from './sms-template.page.ts'

test.afterEach(({ signet }) => signet.simulator.clear())

test('from Add to what arrives, beside an account of another provider', async ({ page, signet }) => {
  const organization = await signet.newOrganization()
  const key = await addKey(signet, organization, (await addApp(signet, organization)).id, 'live')
  const to = freshNumber()
  const message = { channel: 'sms', scenario: 'login', to, variables: { code: '482913' } } as const
  const { secretId, secretKey, sdkAppId } = accessOf(signet.simulator)
  await signet.signIn(page, organization.owner)
  const there = new AliyunPage(page, 'sms')
  await there.open()
  await there.startAdding()
  await there.fill({ name: 'Another', accessKeyId: 'LTAI5tOfAnother', accessKeySecret: 'a-secret-of-another' })
  await there.save()
  await expect(there.account('Another')).toContainText('Not validated')

  await there.startAdding()
  await there.labelled('Provider').selectOption({ label: 'Tencent Cloud SMS' })
  await there.field('name').fill('Tencent')
  for (const [label, value] of Object.entries({ SecretId: secretId, SecretKey: secretKey, SdkAppId: sdkAppId })) {
    await there.labelled(label).fill(value)
  }
  await there.save()
  await expect(there.account('Tencent')).toContainText(sdkAppId)
  await there.validate('Tencent')
  await expect(there.account('Tencent').getByText('Validated', { exact: true })).toBeVisible()
  for (const stage of ['Key', 'Read signatures', 'Read templates', 'Application']) {
    await expect(there.stage(stage).first()).toBeVisible()
  }
  const url = (await there.receipts.locator('pre').textContent()) ?? ''
  expect(url).toMatch(new RegExp(`^${signet.url}/api/receipts/tencent-sms/[\\w-]{32}$`))
  await signet.simulator.control({ channel: 'sms', vendor: 'tencent', kind: 'callback', url })

  await there.scenario('Login').getByRole('link', { name: 'Configure' }).click()
  const template = new SmsTemplatePage(page)
  await template.choose('Signature', '星桥智家')
  await template.choose('Template', '1900001')
  const value = template.part('Mainland China').getByRole('combobox', { name: /^Value for \{1\}/ })
  await expect(value).toHaveValue('')
  await value.selectOption('code')
  await expect(template.bubble('Mainland China')).toContainText('【星桥智家】您的登录验证码为')
  await template.save()
  await template.expectSaved(1)
  await template.testSend(freshNumber())
  await expect(template.dialog.getByRole('status')).toContainText('SerialNo')

  await untilEnded(signet, key, await send(signet, key, message))
  const [arrived] = await signet.simulator.sms(to)
  expect(arrived).toMatchObject({ content: { text: '【星桥智家】您的登录验证码为482913，请勿告诉他人。' } })
})
