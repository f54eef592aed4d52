/** SMS and Voice Template Configuration: what each scenario says, whether Alibaba Cloud lets it through, and for whom. */
import type { Page } from '@playwright/test'
import { addAliyunAccount, addCarriedTemplate, proveByCall, smsContents, voiceContents } from '../support/carried.ts'
import { expect, type Organization, type Signet, test } from '../support/console.ts'
import { expectSoundPage, inEveryLook } from '../support/page-checks.ts'
import { addApp } from '../support/sending.ts'
import { AliyunPage } from './aliyun.page.ts'
import { AppPage } from './apps.page.ts'

test.afterEach(({ signet }) => signet.simulator.clear())

const login = { mainland: smsContents.login, international: null }
const alarm = { mainland: smsContents.device_alarm, international: smsContents.abroad }

/** A validated SMS account with templates for a login and, for all numbers, for an alarm. */
async function withTemplates(signet: Signet, organization: Organization): Promise<string> {
  const accountId = await addAliyunAccount(signet, organization, 'sms')
  await addCarriedTemplate(signet, organization, { channel: 'sms', scenario: 'login' }, login)
  await addCarriedTemplate(signet, organization, { channel: 'sms', scenario: 'device_alarm' }, alarm)
  return accountId
}

const rejectLogin = (signet: Signet) =>
  signet.simulator.control({
    ...{ channel: 'sms', kind: 'template_state', code: 'SMS_280010001' },
    ...{ state: 'rejected', reason: '模板内容不合规' },
  })

test('each scenario shows its signature, template and text in a line, and unfolds all of it, whom it is for, and what a carrier holds against it', async ({
  page,
  signet,
}) => {
  const organization = await signet.newOrganization()
  await withTemplates(signet, organization)
  await signet.signIn(page, organization.owner)
  const sms = new AliyunPage(page, 'sms')
  await sms.open()
  await expect(sms.scenario('Login')).toContainText('【星桥智家】SMS_280010001 您的登录验证码为${code}，请勿告诉他人。')
  await expect(sms.scenario('Login')).toContainText('UsableMainland China only')
  const row = sms.scenario('Device alarm')
  await expect(row).toContainText('【星桥物联】SMS_280020001 +1')
  await expect(row.getByText('Usable', { exact: true })).toHaveCount(1)
  await expect(row).toContainText('2 notes')
  const details = await sms.unfoldScenario('Device alarm')
  await expect(details).toContainText(/Mainland China【星桥物联】 SMS_280020001 v1/)
  await expect(details).toContainText(smsContents.device_alarm.templateText)
  await expect(details).toContainText(/International【Starbridge】 SMS_280040002 v1/)
  await expect(details).toContainText(smsContents.abroad.templateText)
  await expect(details).toContainText('China Unicom: registration failed (资料不一致)')
  await expect(details).toContainText('China Telecom: registration under way')
  await expect(sms.scenario('Device offline')).toContainText('Not configuredsends are refused')
  const configure = sms.scenario('Device offline').getByRole('link', { name: 'Configure' })
  await expect(configure).toHaveAttribute('href', /\/sms\/templates\/device_offline$/)
  await expect(row.getByRole('link', { name: 'Edit' })).toHaveAttribute('href', /\/sms\/templates\/device_alarm$/)
  await expect(row.getByRole('link', { name: 'Test send' })).toHaveAttribute('href', /device_alarm#test-send$/)
})

test('approvals are looked at when asked: one that was lost is told for its numbers with the reason, and so is one that came back', async ({
  page,
  signet,
}) => {
  const organization = await signet.newOrganization()
  await withTemplates(signet, organization)
  await signet.signIn(page, organization.owner)
  const sms = new AliyunPage(page, 'sms')
  await sms.open()
  const check = sms.templates.getByRole('button', { name: 'Check approvals' })
  await expect(sms.templates.getByRole('status')).toHaveText('Approvals as of just now')
  await rejectLogin(signet)
  await signet.simulator.control({ channel: 'sms', kind: 'sign_state', name: 'Starbridge', state: 'in_review' })
  await check.click()
  const [lost, part] = [sms.scenario('Login'), sms.scenario('Device alarm')]
  await expect(lost).toContainText('Not usableThe template was rejected · 模板内容不合规 · Mainland China only')
  await expect(part).toContainText('UsableMainland China')
  await expect(part).toContainText('Under reviewInternational · The signature is under review')

  await signet.simulator.clear()
  await check.click()
  await expect(lost.getByText('Usable', { exact: true })).toBeVisible()
  await expect(part.getByText('Under review')).toBeHidden()
})

test('a look that Alibaba Cloud does not answer says why, and leaves what is known', async ({ page, signet }) => {
  const organization = await signet.newOrganization()
  await withTemplates(signet, organization)
  await signet.signIn(page, organization.owner)
  const sms = new AliyunPage(page, 'sms')
  await sms.open()
  await signet.simulator.control({ channel: 'sms', kind: 'key_forbidden', action: 'QuerySmsSignList', times: 9 })
  await sms.templates.getByRole('button', { name: 'Check approvals' }).click()
  const problem = sms.templates.getByRole('alert')
  await expect(problem).toContainText('The RAM user may not list signatures.')
  await expect(problem).toContainText('dysms:QuerySmsSignList')
  await problem.locator('summary').click()
  await expect(problem).toContainText('NoPermission')
  await expect(sms.scenario('Login').getByText('Usable', { exact: true })).toBeVisible()
})

test('templates of an account that is not in force are kept, with its name, and come back with it', async ({
  page,
  signet,
}) => {
  const organization = await signet.newOrganization()
  const second = await addAliyunAccount(signet, organization, 'sms', { name: 'Old contract', key: 'second' })
  const ofSecond = { mainland: smsContents.of_second, international: null }
  await addCarriedTemplate(signet, organization, { channel: 'sms', scenario: 'login' }, ofSecond)
  await addAliyunAccount(signet, organization, 'sms', { name: 'Production' })
  await signet.signIn(page, organization.owner)
  const sms = new AliyunPage(page, 'sms')
  await sms.open()
  const row = sms.scenario('Login')
  await expect(row).toContainText('Kept for Old contract SMS_290010001')
  const details = await sms.unfoldScenario('Login')
  const kept = details.getByRole('link', { name: /Kept for Old contract.*SMS_290010001/ })
  await expect(kept).toHaveAttribute('href', new RegExp(`/sms/templates/login\\?account=${second}$`))
  await expect(row).toContainText('Not usableIt belongs to another account than the validated one')
  // Nothing is broken: it waits for its account, or for something of the one in force.
  await expect(row.locator('.badge')).toHaveClass(/grey/)
  await expect(row.getByRole('link', { name: 'Configure' })).toBeVisible()

  await addCarriedTemplate(signet, organization, { channel: 'sms', scenario: 'login' }, login)
  await page.reload()
  await expect(row).toContainText('SMS_280010001')
  await expect(row).not.toContainText('Kept for')
  await sms.unfoldScenario('Login')
  await expect(kept).toBeVisible()
  await expect(row.getByText('Usable', { exact: true })).toBeVisible()

  await sms.validate('Old contract')
  await expect(details.getByRole('link', { name: /Kept for Production.*SMS_280010001/ })).toBeVisible()
  await expect(row.getByText('Usable', { exact: true })).toBeVisible()
})

test('an App has a template of its own, and returns to the default', async ({ page, signet }) => {
  const organization = await signet.newOrganization()
  await withTemplates(signet, organization)
  const { id: appId } = await addApp(signet, organization)
  const own = { mainland: { ...smsContents.login, signature: '星桥商城' }, international: null }
  await addCarriedTemplate(signet, organization, { channel: 'sms', scenario: 'login', appId }, own)
  await signet.signIn(page, organization.owner)
  const sms = new AliyunPage(page, 'sms')
  await sms.open()
  await sms.chooseApp('Shop')
  const row = sms.scenario('Login')
  await expect(row).toContainText('【星桥商城】')
  await expect(row).toContainText('Override · Mainland China only')
  await expect(await sms.unfoldScenario('Login')).toContainText(/Default.*【星桥智家】/)
  const override = sms.scenario('Device alarm').getByRole('link', { name: 'Override' })
  await expect(override).toHaveAttribute('href', /\/sms\/templates\/device_alarm\?app=shop$/)
  await row.getByRole('button', { name: 'Return to default' }).click()
  await sms.dialog.getByRole('button', { name: 'Return to default' }).click()
  await expect(row).not.toContainText('【星桥商城】')
  await expect(row).toContainText('Same as the default')
  const done = sms.templates.getByRole('status').filter({ hasText: 'Login uses the default again' })
  await done.getByRole('button', { name: 'Undo' }).dblclick()
  await expect(done).toHaveCount(0)
  await expect(row).toContainText('【星桥商城】')
  await expect(row).toContainText('Override')
  await row.getByRole('button', { name: 'Return to default' }).click()
  await sms.dialog.getByRole('button', { name: 'Return to default' }).click()
  await expect(row).toContainText('Same as the default')
  await addCarriedTemplate(signet, organization, { channel: 'sms', scenario: 'login', appId }, own)
  await done.getByRole('button', { name: 'Undo' }).click()
  await expect(sms.templates.getByRole('alert')).toContainText('Somebody else saved this template meanwhile')
  await done.getByRole('button', { name: 'Close' }).click()
  await page.reload()
  await row.getByRole('button', { name: 'Return to default' }).click()
  await sms.dialog.getByRole('button', { name: 'Return to default' }).click()

  await sms.chooseApp('Default')
  await sms.choose(row, 'Delete template')
  await sms.dialog.getByRole('button', { name: 'Delete template' }).click()
  await expect(row).toContainText('Not configured')
  await page.goto('/personal-center/audit-log?subject=template')
  const deleted = page.getByRole('row').filter({ hasText: 'Template deleted' }).first()
  await deleted.getByText('Show').click()
  await expect(deleted).toContainText(/AccountMain/)
})

test('columns stay where they are, whatever App is chosen and whatever is unfolded', async ({ page, signet }) => {
  const organization = await signet.newOrganization()
  await withTemplates(signet, organization)
  const { id: appId } = await addApp(
    signet,
    organization,
    'shop',
    `A shop with a name of sixty letters ${'x'.repeat(24)}`,
  )
  const own = { mainland: { ...smsContents.login, signature: '星桥商城' }, international: null }
  await addCarriedTemplate(signet, organization, { channel: 'sms', scenario: 'login', appId }, own)
  await signet.signIn(page, organization.owner)
  const sms = new AliyunPage(page, 'sms')
  const places = async () => {
    const boxes = await Promise.all(
      (await sms.templates.getByRole('columnheader').all()).map((head) => head.boundingBox()),
    )
    return boxes.map((box) => box && [box.x, box.width])
  }
  await sms.open()
  const before = await places()
  expect(before).toHaveLength(5)
  await sms.unfoldScenario('Device alarm')
  expect(await places()).toEqual(before)
  await sms.open('?app=shop')
  expect(await places()).toEqual(before)
})

test('a voice template is told apart until a call has proven it', async ({ page, signet }) => {
  const organization = await signet.newOrganization()
  await addAliyunAccount(signet, organization, 'voice')
  await addCarriedTemplate(signet, organization, { channel: 'voice', scenario: 'login' }, voiceContents.login)
  await signet.signIn(page, organization.owner)
  const voice = new AliyunPage(page, 'voice')
  await voice.open()
  const row = voice.scenario('Login')
  await expect(row).toContainText('TTS_280010001 您的验证码是${code}，请勿告诉他人。')
  await expect(row).toContainText('Not provenNo test call has proven it yet')
  await expect(voice.templates.getByRole('button', { name: 'Check approvals' })).toHaveCount(0)
  await proveByCall(signet, organization, 'login')
  await page.reload()
  await expect(row.getByText('Usable', { exact: true })).toBeVisible()
})

test('without any account there is nothing to configure yet, and the table says what is missing', async ({
  page,
  signet,
}) => {
  const organization = await signet.enterNew(page)
  const sms = new AliyunPage(page, 'sms')
  await sms.open()
  await expect(sms.scenario('Login')).toContainText('Not configured')
  await expect(sms.templates.getByRole('link', { name: 'Configure' })).toHaveCount(0)
  const out = sms.scenario('Login').getByRole('link', { name: 'See accounts' })
  await expect(out).toHaveAttribute('href', '#sms-accounts')
  await addAliyunAccount(signet, organization, 'sms', { isValidated: false })
  await page.reload()
  await expect(sms.scenario('Login').getByRole('link', { name: 'Configure' })).toBeVisible()
})

test('an author may look at the approvals, a viewer only at the templates', async ({ page, signet }) => {
  const organization = await signet.newOrganization()
  await withTemplates(signet, organization)
  const sms = new AliyunPage(page, 'sms')
  await signet.signIn(page, await organization.add('author'))
  await sms.open()
  await rejectLogin(signet)
  await sms.templates.getByRole('button', { name: 'Check approvals' }).click()
  await expect(sms.scenario('Login')).toContainText('The template was rejected')
  await expect(sms.scenario('Login').getByRole('link', { name: 'Edit' })).toBeVisible()

  await signet.signIn(page, await organization.add('viewer'))
  await sms.open()
  await expect(sms.scenario('Login')).toContainText('The template was rejected')
  await expect(sms.scenario('Login').getByRole('link', { name: 'View' })).toBeVisible()
  await expect(sms.templates.locator('button:not(.unfold)')).toHaveCount(0)
  for (const name of ['Edit', 'Configure', 'Test send']) {
    await expect(sms.templates.getByRole('link', { name })).toHaveCount(0)
  }
})

test('an App’s page tells over all channels what it sends, the worst first and every audience behind it', async ({
  page,
  signet,
}) => {
  const organization = await signet.newOrganization()
  await withTemplates(signet, organization)
  await addApp(signet, organization)
  await signet.signIn(page, organization.owner)
  const app = new AppPage(page)
  await app.openApp('shop')
  await expect(app.coverage.getByRole('columnheader')).toHaveText([
    'Scenario',
    'SMS',
    'Voice Call',
    'Email',
    'Official Account',
  ])
  const cell = (scenario: string, n: number) => app.scenario(scenario).getByRole('cell').nth(n)
  await expect(cell('Login', 0)).toContainText('Usable')
  await expect(cell('Login', 0)).toContainText('default · Mainland China only')
  await expect(cell('Login', 1)).toContainText('No account')
  await expect(cell('Device alarm', 0)).toContainText('Usable')

  await signet.simulator.control({ channel: 'sms', kind: 'sign_state', name: 'Starbridge', state: 'cancelled' })
  const api = await signet.api(organization.owner)
  await api.templates.refreshApprovals.mutate({ channel: 'sms', accountId: null })
  await page.reload()
  await expect(cell('Device alarm', 0)).toContainText(
    'default · International · The application for the signature was withdrawn',
  )
  await cell('Device alarm', 0).getByRole('button', { name: 'Device alarm, SMS: Not usable. Details' }).click()
  const details = page.locator('.cell-details:visible')
  await expect(details).toContainText('Mainland China Messages of this scenario are sent.')
  await expect(details).toContainText(
    'International Sends are refused: The application for the signature was withdrawn.',
  )
  await expect(details).toContainText('AccountMain')
})

test.describe('in Chinese', () => {
  test.use({ locale: 'zh-CN' })
  test('the table of SMS templates speaks as the console of Alibaba Cloud does', async ({ page, signet }) => {
    const organization = await signet.newOrganization()
    await withTemplates(signet, organization)
    await rejectLogin(signet)
    await signet.signIn(page, organization.owner)
    await new AliyunPage(page, 'sms').open()
    const templates = page.getByRole('region', { name: '短信模板配置' })
    await templates.getByRole('button', { name: '刷新审核状态' }).click()
    const row = (name: string) => templates.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) })
    await expect(row('登录')).toContainText('不可用模板未通过审核 · 模板内容不合规 · 仅中国内地')
    await row('设备告警').getByRole('button', { expanded: false }).first().click()
    const details = row('设备告警').locator('xpath=following-sibling::tr[1]')
    await expect(details).toContainText('中国联通：签名报备失败 (资料不一致)')
    await expect(details).toContainText('国际/港澳台')
    await expect(row('注册').getByRole('link', { name: '配置' })).toBeVisible()
  })
})

test('the table of templates is accessible and fits every screen', async ({ browser, signet }) => {
  const organization = await signet.newOrganization()
  await addAliyunAccount(signet, organization, 'sms', { name: 'Old contract', key: 'second' })
  const ofSecond = { mainland: smsContents.of_second, international: null }
  await addCarriedTemplate(signet, organization, { channel: 'sms', scenario: 'login' }, ofSecond)
  await withTemplates(signet, organization)
  await addApp(signet, organization, 'shop', 'A shop with a name that is rather long')
  const sms = (page: Page) => new AliyunPage(page, 'sms')
  await inEveryLook(browser, signet, organization.owner, async (page) => {
    for (const query of ['', '?app=shop']) {
      await sms(page).open(query)
      await expect(sms(page).scenario('Login')).toContainText('SMS_280010001')
      await sms(page).unfoldScenario('Login')
      await expectSoundPage(page)
    }
  })
})

test('the coverage of an App is accessible and fits every screen', async ({ browser, signet }) => {
  const organization = await signet.newOrganization()
  await withTemplates(signet, organization)
  await addApp(signet, organization)
  await inEveryLook(browser, signet, organization.owner, async (page) => {
    const app = new AppPage(page)
    await app.openApp('shop')
    await app.scenario('Login').getByRole('button', { name: 'Login, SMS: Usable. Details' }).click()
    await expectSoundPage(page)
  })
})
