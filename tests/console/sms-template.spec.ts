/** SMS templates: chosen from what the account has, mapped, previewed, tried and saved. */
import { addAliyunAccount, freshNumber } from '../support/carried.ts'
import { expect, test } from '../support/console.ts'
import { abroadChoice, loginChoice, storeSms } from '../support/phone-templates.ts'
import { addApp } from '../support/sending.ts'
import { SmsTemplatePage, smsTemplates, startSms } from './sms-template.page.ts'

test.afterEach(({ signet }) => signet.simulator.clear())

test('a template is chosen, mapped, tried before it is saved, and then used', async ({ page, signet }) => {
  const { organization, accountId, template } = await startSms(page, signet, { role: 'author' })
  await template.open()
  await expect(page.getByText('Nothing is written yet. Sends are refused until it is saved.')).toBeVisible()
  await template.choose('Signature', '星桥智家')
  await template.choose('Template', '登录验证码')
  await expect(template.box('Template')).toHaveValue('SMS_280010001 · 登录验证码')
  await expect(template.source('code')).toHaveValue('code')
  await expect(template.part('Mainland China').getByText('4 to 6 digits')).toBeVisible()
  const text = '【星桥智家】您的登录验证码为482913，请勿告诉他人。'
  await expect(template.bubble('Mainland China')).toContainText(text)
  await expect(template.bubble('Mainland China')).toContainText(`${text.length} characters · 1 segment`)

  await template.audience('International').check()
  await template.choose('Signature', 'Starbridge', 'International')
  await template.choose('Template', 'SMS_280040001', 'International')
  await expect(template.source('ttl', 'International')).toHaveValue('expires_in_minutes')
  await template.source('ttl', 'International').selectOption({ label: 'Constant text' })
  await template.constant('ttl', 'International').fill('5')
  await template.changeValue('code', '24680')
  const abroad = 'Your verification code is 24680. It expires in 5 minutes.'
  await expect(template.bubble('International')).toContainText(abroad)

  const to = freshNumber()
  await template.testSend(to)
  await expect(template.dialog.getByRole('status')).toContainText('Accepted by Main')
  const [sent] = await signet.simulator.sms(to)
  expect(sent?.content).toMatchObject({ template: 'SMS_280010001', text: text.replace('482913', '24680') })
  await expect(template.dialog.getByRole('status')).toContainText(`BizId ${sent?.content.bizId}`)
  await template.dialog.getByRole('button', { name: 'Close' }).last().click()

  await template.save()
  await template.expectSaved(1)
  const api = await signet.api(organization.owner)
  const { cells } = await api.templates.cells.query({ channel: 'sms', appId: null })
  expect(cells.filter(({ scenario }) => scenario === 'login').map(({ state }) => state)).toEqual(['usable', 'usable'])
  const place = { channel: 'sms', scenario: 'login', appId: null, accountId } as const
  expect((await api.templates.get.query(place)).template?.content).toMatchObject({
    mainland: loginChoice,
    international: { mapping: { code: { variable: 'code' }, ttl: { constant: '5' } } },
  })
})

test('what is stored is in the first HTML, before the provider is asked', async ({ browser, signet }) => {
  const organization = await signet.newOrganization()
  await storeSms(signet, organization, {
    accountId: await addAliyunAccount(signet, organization, 'sms'),
    content: { international: abroadChoice },
  })
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: signet.url })
  const page = await context.newPage()
  await signet.signIn(page, organization.owner)
  const template = new SmsTemplatePage(page)
  await template.open()
  await expect(template.box('Signature')).toHaveValue('星桥智家')
  await expect(template.box('Template', 'International')).toHaveValue('SMS_280040001')
  await expect(template.source('ttl', 'International')).toHaveValue('expires_in_minutes')
  await expect(template.bubble('Mainland China')).toContainText('您的登录验证码为482913')
  await expect(template.part('Mainland China').getByText('Asking the provider…').first()).toBeAttached()
  await context.close()
})

test('what is not approved, or of the wrong kind, is listed with the reason and cannot be chosen', async ({
  page,
  signet,
}) => {
  const { template } = await startSms(page, signet)
  await template.open()
  await template.box('Signature').click()
  const rejected = template.option('星桥优选')
  await expect(rejected).toHaveAttribute('aria-disabled', 'true')
  await expect(rejected).toContainText('Rejected')
  await expect(rejected).toContainText('签名来源证明材料不清晰，请重新上传')
  await rejected.click({ force: true })
  await expect(template.box('Signature')).toHaveAttribute('aria-expanded', 'true')
  await template.box('Signature').fill('星桥优选')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await expect(template.box('Signature')).toHaveValue('')

  await template.box('Template').click()
  await template.box('Template').fill('营销')
  await expect(template.options).toHaveCount(0)
  await template.box('Template').fill('新人礼包')
  await expect(template.option('SMS_280010006')).toContainText('验证码模板不能含营销内容')
  await template.box('Template').fill('verification INTERNATIONAL sms_2800')
  await expect(template.options).toHaveCount(1)
  await expect(template.option('SMS_280040001')).toHaveAttribute('aria-disabled', 'true')
  await page.keyboard.press('Escape')
  await template.audience('International').check()
  await template.choose('Template', 'SMS_280040001', 'International')
})

test('everything is chosen by keyboard alone', async ({ page, signet }) => {
  const { template } = await startSms(page, signet)
  await template.open()
  await expect(template.part('Mainland China').getByText('Asking the provider…')).toHaveCount(0)
  await template.box('Signature').focus()
  await page.keyboard.press('ArrowDown')
  await expect(template.option('星桥智家')).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('ArrowDown')
  const active = template.box('Signature')
  await expect(active).toHaveAttribute(
    'aria-activedescendant',
    (await template.options.nth(1).getAttribute('id')) ?? '',
  )
  await page.keyboard.press('Enter')
  await expect(template.box('Signature')).toHaveValue('星桥商城')
  await page.keyboard.press('Tab')
  await expect(template.box('Template')).toBeFocused()
  await page.keyboard.type('找回密码')
  await page.keyboard.press('Enter')
  await expect(template.box('Template')).toHaveValue(/^SMS_280010003/)
  await page.keyboard.press('Control+s')
  await template.expectSaved(1)
})

test('what is missing is said on its field when somebody saves, and the cursor is at the first', async ({
  page,
  signet,
}) => {
  const { template } = await startSms(page, signet)
  await template.open('device_alarm')
  await expect(template.box('Signature')).not.toHaveAttribute('aria-invalid', 'true')
  await template.save()
  await expect(page.getByRole('alert').filter({ hasText: '2 errors are in the way' })).toBeVisible()
  await expect(template.box('Signature')).toBeFocused()
  await expect(template.box('Template')).toHaveAttribute('aria-invalid', 'true')
  await template.choose('Signature', '星桥智家')
  await template.choose('Template', 'SMS_280020001')
  await expect(template.source('device')).toHaveValue('device_name')
  await expect(template.source('content')).toHaveValue('alarm_content')
  await template.source('content').selectOption('')
  await expect(template.source('content')).toHaveAttribute('aria-invalid', 'true')
  await template.source('content').selectOption({ label: 'Constant text' })
  await template.constant('content').fill('http://evil.example')
  await template.save()
  await expect(template.constant('content')).toBeFocused()
  await template.constant('content').fill('温度过高')
  await template.save()
  await template.expectSaved(1)
  await template.audience('Mainland China').uncheck()
  await template.save()
  await expect(template.audience('Mainland China')).toHaveAccessibleDescription('Choose at least one of the two.')
  await template.audience('Mainland China').check()
  await expect(template.constant('content')).toHaveValue('温度过高')
})

test('an approval that is lost between opening and saving is said on its field, with the provider’s reason', async ({
  page,
  signet,
}) => {
  const { template } = await startSms(page, signet)
  await template.open()
  await template.choose('Signature', '星桥商城')
  await template.choose('Template', 'SMS_280010004')
  await template.source('ttl').selectOption({ label: 'Constant text' })
  await template.constant('ttl').fill('30')
  const lost = {
    channel: 'sms',
    kind: 'sign_state',
    name: '星桥商城',
    state: 'rejected',
    reason: '资质已过期',
  } as const
  await signet.simulator.control(lost)
  await template.save()
  await expect(page.getByRole('alert').filter({ hasText: 'Not saved' })).toBeVisible()
  await expect(template.box('Signature')).toBeFocused()
  await expect(template.box('Signature')).toHaveAccessibleDescription(/资质已过期/)
  await expect(template.constant('ttl')).toHaveValue('30')
  await expect(template.box('Template')).not.toHaveAttribute('aria-invalid', 'true')
  await template.choose('Signature', '星桥智家')
  await template.save()
  await template.expectSaved(1)
})

test('a template that lost its approval says so when it is opened, and a carrier that has not registered is a warning', async ({
  page,
  signet,
}) => {
  const organization = await signet.newOrganization()
  const accountId = await addAliyunAccount(signet, organization, 'sms')
  await storeSms(signet, organization, { accountId, content: { mainland: { ...loginChoice, signature: '星桥物联' } } })
  const lost = {
    channel: 'sms',
    kind: 'template_state',
    code: 'SMS_280010001',
    state: 'cancelled',
    reason: '申请人撤回',
  }
  await signet.simulator.control({ ...lost, channel: 'sms' })
  const api = await signet.api(organization.owner)
  await api.templates.refreshApprovals.mutate({ channel: 'sms', accountId })
  await signet.signIn(page, organization.owner)
  const template = new SmsTemplatePage(page)
  await template.open()
  const mainland = template.part('Mainland China')
  await expect(mainland.getByRole('status')).toContainText('申请人撤回')
  await expect(mainland.getByText('资料不一致')).toBeVisible()
  await expect(template.box('Template')).toHaveAccessibleDescription(/Withdrawn/)
  await expect(template.box('Signature')).not.toHaveAttribute('aria-invalid', 'true')
})

test('a text that was changed at the provider takes the place of the stored one, and is saved anew', async ({
  page,
  signet,
}) => {
  const organization = await signet.newOrganization()
  const accountId = await addAliyunAccount(signet, organization, 'sms')
  const has = (content: string) =>
    signet.simulator.control({
      ...{ channel: 'sms', kind: 'template_state', code: 'SMS_280019000' },
      ...{ state: 'approved', type: 'verification', content },
    })
  await has('登录验证码${code}。')
  await storeSms(signet, organization, {
    accountId,
    content: { mainland: { ...loginChoice, templateCode: 'SMS_280019000' } },
  })
  await has('登录验证码${code}，${minutes}分钟内有效。')
  await signet.signIn(page, organization.owner)
  const template = new SmsTemplatePage(page)
  await template.open()
  await expect(template.bubble('Mainland China')).toContainText('登录验证码482913，10分钟内有效。')
  await expect(template.part('Mainland China').getByText('was changed at Alibaba Cloud').first()).toBeVisible()
  await expect(page.getByText('Unsaved', { exact: true })).toBeVisible()
  await expect(template.source('code')).toHaveValue('code')
  await template.save()
  await template.expectSaved(2)
})

test('without an account there is nothing to choose from, and a link to add one', async ({ page, signet }) => {
  const organization = await signet.enterNew(page)
  await page.goto(`${smsTemplates}/login`)
  await expect(page.getByRole('heading', { level: 1, name: 'Login' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Add an account' })).toHaveAttribute(
    'href',
    '/personal-center/third-party-configuration/sms',
  )
  await signet.signIn(page, await organization.add('author'))
  await page.reload()
  await expect(page.getByText('An owner or admin of the organization can add one.')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Add an account' })).toHaveCount(0)
})

test('templates are prepared for another account before a switch', async ({ page, signet }) => {
  const organization = await signet.newOrganization()
  const main = await addAliyunAccount(signet, organization, 'sms')
  const second = await addAliyunAccount(signet, organization, 'sms', {
    ...{ name: 'New contract', isValidated: false, key: 'second' },
  })
  await storeSms(signet, organization, { accountId: main })
  await signet.signIn(page, organization.owner)
  const template = new SmsTemplatePage(page)
  await template.open()
  await expect(template.box('Signature')).toHaveValue('星桥智家')
  await page.getByRole('button', { name: 'Account: Main' }).click()
  await page.getByRole('link', { name: 'New contract' }).click()
  await expect(page).toHaveURL(new RegExp(`\\?account=${second}$`))
  await expect(page.getByText('New contract is not the validated account')).toBeVisible()
  await expect(template.box('Signature')).toHaveValue('')
  await template.choose('Signature', '远帆科技')
  await template.choose('Template', 'SMS_290010001')
  await template.save()
  await template.expectSaved(1)
  await template.open()
  await expect(template.box('Signature')).toHaveValue('星桥智家')
  for (const query of ['?app=nobody', '?account=nobody', `?account=${organization.id}`]) {
    await template.open('login', query)
    await expect(page.getByRole('heading', { name: 'This record is not here' })).toBeVisible()
  }
})

test('an App starts from the default, may fall back to it, and returns to it', async ({ page, signet }) => {
  const organization = await signet.newOrganization()
  const accountId = await addAliyunAccount(signet, organization, 'sms')
  const app = await addApp(signet, organization)
  await storeSms(signet, organization, { accountId })
  await signet.signIn(page, organization.owner)
  const template = new SmsTemplatePage(page)
  await template.open()
  await expect(page.getByRole('checkbox', { name: 'Use the default while this one cannot be used' })).toHaveCount(0)
  await page.getByRole('button', { name: 'App: Default' }).click()
  await page.getByRole('link', { name: 'Shop' }).click()
  await expect(page).toHaveURL(/\?app=shop$/)
  await expect(page.getByText('Until it is saved, sends use Default.')).toBeVisible()
  await expect(template.box('Template')).toHaveValue(/^SMS_280010001/)
  await template.choose('Template', 'SMS_280010004')
  await page.getByRole('checkbox', { name: 'Use the default while this one cannot be used' }).check()
  await template.save()
  await template.expectSaved(1)
  const place = { channel: 'sms', scenario: 'login', appId: app.id, accountId } as const
  const api = await signet.api(organization.owner)
  expect((await api.templates.get.query(place)).template?.fallBack).toBe(true)

  await template.chooseMore('Compare with default')
  await expect(template.dialog.getByRole('deletion').filter({ hasText: 'SMS_280010001' })).toBeVisible()
  await expect(template.dialog.getByRole('insertion').filter({ hasText: 'SMS_280010004' })).toBeVisible()
  await template.dialog.getByRole('button', { name: 'Close' }).last().click()
  await template.chooseMore('Return to default')
  await expect(template.dialog).toContainText('Shop sends the default template of this scenario from now on.')
  await template.dialog.getByRole('button', { name: 'Return to default' }).click()
  await expect(page.getByText('Until it is saved, sends use Default.')).toBeVisible()
  await expect(template.box('Template')).toHaveValue(/^SMS_280010001/)
  expect((await api.templates.get.query(place)).template).toBeNull()
})
