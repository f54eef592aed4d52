/** An SMS template whose provider is slow, does not answer, or has names and texts that mean harm. */

import { type AliyunService, key, startAliyun } from '../support/aliyun-service.ts'
import { freshNumber } from '../support/carried.ts'
import { test as base, expect, type Organization, Signet, test } from '../support/console.ts'
import { abroadChoice } from '../support/phone-templates.ts'
import { type RunningSignet, startSignet } from '../support/running-signet.ts'
import { validateAccount } from '../support/sending.ts'
import { SmsTemplatePage, startSms } from './sms-template.page.ts'

test.afterEach(({ signet }) => signet.simulator.clear())

test('while the provider is slow, what is stored is there and can be changed', async ({ page, signet }) => {
  const { template } = await startSms(page, signet, { stored: {} })
  await signet.simulator.control({ channel: 'sms', kind: 'delay', action: 'QuerySmsTemplateList', ms: 4000, times: 1 })
  await template.open()
  await expect(template.part('Mainland China').getByText('Asking the provider…').first()).toBeAttached()
  await template.box('Template').click()
  await expect(page.getByRole('status').filter({ hasText: 'Looking them up…' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(template.box('Template')).toHaveValue('SMS_280010001')
  await template.source('code').selectOption('account')
  await expect(template.part('Mainland China').getByText('Asking the provider…')).toHaveCount(0)
  await expect(template.box('Template')).toHaveValue('SMS_280010001 · 登录验证码')
  await expect(template.source('code')).toHaveValue('account')
})

test('a provider that refuses says why and what to do, and another try goes on from what was chosen', async ({
  page,
  signet,
}) => {
  const { template } = await startSms(page, signet, { stored: { content: { international: abroadChoice } } })
  await signet.simulator.control({ channel: 'sms', kind: 'key_forbidden', action: 'QuerySmsTemplateList' })
  await template.open()
  const told = template
    .part('Mainland China')
    .getByRole('alert')
    .filter({ hasText: 'The RAM user may not list templates' })
  await expect(told).toContainText('dysms:QuerySmsTemplateList')
  await told.locator('summary').click()
  await expect(told.getByText('NoPermission')).toBeVisible()
  await expect(template.box('Template')).toHaveValue(/^SMS_280010001/)
  await template.source('ttl', 'International').selectOption({ label: 'Constant text' })
  await template.constant('ttl', 'International').fill('5')
  await template.save()
  await expect(page.getByRole('alert').filter({ hasText: 'Not saved: the provider could not be asked' })).toBeVisible()
  await signet.simulator.clear()
  await told.getByRole('button', { name: 'Try again' }).click()
  await expect(told).toHaveCount(0)
  await expect(template.constant('ttl', 'International')).toHaveValue('5')
  await template.save()
  await template.expectSaved(2)
})

test('a refused test send says so with the provider’s words, and a number without a template is no address', async ({
  page,
  signet,
}) => {
  const { template } = await startSms(page, signet, { stored: {} })
  await template.open()
  const to = freshNumber()
  const reject = { channel: 'sms', kind: 'reject', to, code: 'isv.AMOUNT_NOT_ENOUGH', message: '账户余额不足' } as const
  await signet.simulator.control(reject)
  await template.testSend(to)
  const told = template.dialog.getByRole('alert')
  await expect(told).toContainText('Main refused it')
  await expect(told.locator('q')).toHaveText('账户余额不足')
  await expect(told).toContainText('Top the Alibaba Cloud account up')
  await expect(template.dialog.getByLabel('Phone number')).toHaveValue(to)
  for (const [number, problem] of [
    ['12', /Write one from abroad with \+/],
    ['+852 9123 4567', /nothing for numbers outside of mainland China/],
  ] as const) {
    await template.dialog.getByLabel('Phone number').fill(number)
    await template.dialog.getByRole('button', { name: 'Send', exact: true }).click()
    await expect(template.dialog.getByLabel('Phone number')).toHaveAccessibleDescription(problem)
  }
})

const harm = `<img src=x onerror="document.title='taken'"><script>document.title='taken'</script>`
const rtl = '\u202e מרחבא \u2066'
const signs = [harm, '星'.repeat(100), `${rtl}签名`, '正常']
const longText = `${harm}${rtl}${'很长的文字'.repeat(80)}\${code}`

/** An account with five thousand templates, the last of which is the one that is looked for. */
const hostile = Array.from({ length: 5000 }, (_, index) => ({
  TemplateCode: `SMS_${100_000 + index}`,
  TemplateName: index % 2 ? `${harm} ${index}` : `模板 ${index} ${rtl}`,
  TemplateContent: index === 4999 ? longText : `您的验证码是\${code}，编号${index}。`,
  AuditStatus: 'AUDIT_STATE_PASS',
  OuterTemplateType: 0,
  Reason: {},
}))

const page50 = <T>(items: T[], { PageIndex = '1', PageSize = '50' }: Record<string, string>): T[] =>
  items.slice((Number(PageIndex) - 1) * Number(PageSize), Number(PageIndex) * Number(PageSize))

/** A Signet whose Alibaba Cloud is a service of the spec's own. */
const own = base.extend<object, { elsewhere: { signet: Signet; service: AliyunService } }>({
  elsewhere: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs off this pattern
    async ({}, use) => {
      const service = await startAliyun()
      service.script.QuerySmsSignList = (params) => ({
        ...{ Code: 'OK', TotalCount: signs.length },
        SmsSignList: page50(
          signs.map((SignName) => ({ SignName, AuditStatus: 'AUDIT_STATE_PASS', Reason: {} })),
          params,
        ),
      })
      service.script.QuerySmsTemplateList = (params) => ({
        ...{ Code: 'OK', TotalCount: hostile.length },
        SmsTemplateList: page50(hostile, params),
      })
      const running: RunningSignet = await startSignet({ SIGNET_ALIYUN_SMS_ENDPOINT: service.url })
      const signet = new Signet(running)
      await use({ signet, service })
      await signet.close()
      await running.stop()
      await service.close()
    },
    { scope: 'worker', timeout: 300_000 },
  ],
})

/** An account of that service, validated. */
async function addOwnAccount(signet: Signet, organization: Organization): Promise<void> {
  const api = await signet.api(organization.owner)
  const input = { channel: 'sms', provider: 'aliyun-sms', name: 'Main', config: key } as const
  for await (const part of await api.accounts.save.mutate(input)) {
    if ('end' in part && part.end.saved) await validateAccount(signet, organization, part.end.id)
  }
}

own(
  'five thousand templates with hostile names are searched at once, and nothing of them touches the page',
  async ({ page, elsewhere: { signet, service } }) => {
    const organization = await signet.newOrganization()
    await addOwnAccount(signet, organization)
    service.calls.length = 0
    await signet.signIn(page, organization.owner)
    const template = new SmsTemplatePage(page)
    await page.goto(`${signet.url}/personal-center/third-party-configuration/sms/templates/login`)
    const title = await page.title()
    await expect(template.part('Mainland China').getByText('Asking the provider…')).toHaveCount(0)
    await template.box('Template').click()
    await expect(template.options).toHaveCount(50)
    await expect(page.getByText('4,950 more. Type to narrow them down.')).toBeVisible()
    await template.box('Template').pressSequentially('编号4321')
    await expect(template.options).toHaveCount(1)
    await template.box('Template').fill('很长的文字')
    await template.option('SMS_104999').click()
    await expect(template.box('Template')).toHaveValue(`SMS_104999 · ${harm} 4999`)
    await template.box('Signature').click()
    await expect(template.options).toHaveCount(signs.length)
    await template.option('onerror').click()
    await expect(template.bubble('Mainland China')).toContainText('很长的文字482913')
    await expect(template.bubble('Mainland China')).toContainText(`【${harm}】`)
    expect(await page.title()).toBe(title)
    expect(await page.locator('main img, main script').count()).toBe(0)
    const askedOf = (action: string) => service.calls.filter(({ params }) => params.Action === action)
    await expect.poll(() => askedOf('GetSmsTemplate').map(({ params }) => params.TemplateCode)).toEqual(['SMS_104999'])
    await expect.poll(() => askedOf('GetSmsSign').map(({ params }) => params.SignName)).toEqual([harm])
    // The lists were read once, a page after the other, and not again with each choice.
    expect(askedOf('QuerySmsTemplateList')).toHaveLength(hostile.length / 50)
    expect(askedOf('QuerySmsSignList')).toHaveLength(1)
    for (const width of [1280, 360]) {
      await page.setViewportSize({ width, height: 800 })
      const isWide = () =>
        page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)
      expect(await isWide()).toBe(false)
      await template.box('Template').click()
      expect(await isWide()).toBe(false)
      await page.keyboard.press('Escape')
    }
  },
)
