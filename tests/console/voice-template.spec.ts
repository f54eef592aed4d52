/** Voice templates: written down, checked while typing, and proven by a call. */
import { addAliyunAccount, freshNumber } from '../support/carried.ts'
import { expect, test } from '../support/console.ts'
import { expectSoundPage, inEveryLook } from '../support/page-checks.ts'
import { loginCall, storeVoice } from '../support/phone-templates.ts'
import { startVoice, VoiceTemplatePage, voiceTemplates } from './voice-template.page.ts'

test.afterEach(({ signet }) => signet.simulator.clear())

test('a template is saved unproven, says that it is not used, and is used once a test call is accepted', async ({
  page,
  signet,
}) => {
  const { organization, template } = await startVoice(page, signet, { role: 'author' })
  const api = await signet.api(organization.owner)
  const state = async () => {
    const { cells } = await api.templates.cells.query({ channel: 'voice', appId: null })
    return cells.find(({ scenario }) => scenario === 'login')?.state
  }
  await template.open()
  await template.code.fill('TTS_280010001')
  await template.text.fill('您的验证码是${code}，请勿告诉他人。')
  await expect(template.source('code')).toHaveValue('code')
  await expect(template.preview.getByRole('blockquote')).toHaveText('您的验证码是482913，请勿告诉他人。')
  await page.getByLabel('Play times').selectOption({ label: '2 times' })
  await page.getByLabel('Volume').fill('60')
  await page.getByLabel('Speed').fill('-120')
  await template.save()
  await template.expectSaved(1)
  await expect(page.getByRole('status').filter({ hasText: 'Saved, but not used yet' })).toBeVisible()
  await expect(template.proof).toContainText('Declared')
  expect(await state()).toBe('template_not_usable')

  const to = freshNumber()
  await template.testCall(to)
  await expect(template.dialog.getByRole('status')).toContainText('Accepted by Main')
  const [call] = await signet.simulator.calls(to)
  expect(call?.content).toMatchObject({ ttsCode: 'TTS_280010001', playTimes: 2, volume: 60, speed: -120 })
  await expect(template.dialog.getByRole('status')).toContainText(`CallId ${call?.content.callId}`)
  await template.closeDialog()
  await expect(template.proof).toContainText('Proven')
  await expect(page.getByText('Saved, but not used yet')).toHaveCount(0)
  expect(await state()).toBe('usable')
})

test('a call that is refused makes it refused, with the provider’s own words, and stays so', async ({
  page,
  signet,
}) => {
  const { template } = await startVoice(page, signet)
  await template.open()
  await template.code.fill('TTS_280010002')
  await template.text.fill('您正在登录，验证码是${code}。')
  await template.testCall(freshNumber())
  await expect(template.dialog.getByRole('alert')).toContainText('Main refused it')
  await expect(template.dialog.getByRole('alert')).toContainText('The template is not approved')
  await template.closeDialog()
  await expect(template.proof).toContainText('Refused')
  await expect(template.proof.locator('q')).toContainText('未找到审核通过的文本转语音模板')
  await expect(template.proof).toContainText('isv.TTS_TEMPLATE_ILLEGAL')
  await template.save()
  await template.expectSaved(1)
  await page.reload()
  await expect(page.getByRole('status').filter({ hasText: 'Refused by Alibaba Cloud, and not used' })).toBeVisible()
  await expect(template.proof).toContainText('isv.TTS_TEMPLATE_ILLEGAL')
})

test('a proof holds for a code, a calling number and variables, and not for another of them', async ({
  page,
  signet,
}) => {
  const organization = await signet.newOrganization()
  const accountId = await addAliyunAccount(signet, organization, 'voice')
  await storeVoice(signet, organization, { accountId })
  const api = await signet.api(organization.owner)
  const place = { channel: 'voice', scenario: 'login', appId: null, accountId } as const
  await api.templates.testSend.mutate({ ...place, content: loginCall, to: freshNumber() })
  await signet.signIn(page, organization.owner)
  const template = new VoiceTemplatePage(page)
  await template.open()
  await expect(template.proof).toContainText('Proven')
  await template.text.fill('验证码${code}。')
  await expect(template.proof).toContainText('Proven')
  await template.number.fill('057100000000')
  await expect(template.proof).toContainText('Declared')
  await template.number.fill('')
  await expect(template.proof).toContainText('Proven')
  await template.code.fill('TTS_280010009')
  await expect(template.proof).toContainText('Declared')
})

test('the state of the stored template is in the first HTML', async ({ browser, signet }) => {
  const organization = await signet.newOrganization()
  await storeVoice(signet, organization, { accountId: await addAliyunAccount(signet, organization, 'voice') })
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: signet.url })
  const page = await context.newPage()
  await signet.signIn(page, organization.owner)
  const template = new VoiceTemplatePage(page)
  await template.open()
  await expect(template.code).toHaveValue('TTS_280010001')
  await expect(template.preview.getByRole('blockquote')).toHaveText('您的验证码是482913，请勿告诉他人。')
  await expect(template.proof).toContainText('Declared')
  await expect(page.getByText('Saved, but not used yet')).toBeVisible()
  await context.close()
})

test('the rules of the text are said while it is typed, and keep it from being saved and called', async ({
  page,
  signet,
}) => {
  const { template } = await startVoice(page, signet)
  await template.open('device_alarm')
  await template.text.fill('请'.repeat(1001))
  await expect(template.text).toHaveAccessibleDescription(/At most 1,000 characters/)
  await expect(template.text).toHaveValue('请'.repeat(1001))
  await template.text.fill('设备${device_name}在12:30告警，${alarm_content}，级别${alarm_level}。')
  await expect(template.text).toHaveAccessibleDescription(/“:”/)
  await expect(template.text).toHaveAccessibleDescription(/two variables at most/)
  await template.number.fill('057100000000')
  await expect(template.text).not.toHaveAccessibleDescription(/two variables at most/)
  await template.save()
  await expect(page.getByRole('alert').filter({ hasText: '2 errors are in the way' })).toBeVisible()
  await expect(template.code).toBeFocused()
  await template.code.fill('280020003')
  await expect(template.code).toHaveAccessibleDescription(/TTS_ and digits/)
  await template.code.fill('TTS_280020003')
  await template.testCall(freshNumber())
  await expect(template.dialog.getByRole('alert')).toContainText('One error is marked in the form.')
  await template.closeDialog()
  await template.text.fill('您好，设备${device_name}发生${alarm_level}级告警，内容是${alarm_content}。')
  await template.source('alarm_level').selectOption({ label: 'Constant text' })
  await page.getByRole('textbox', { name: 'Constant for alarm_level' }).fill('一')
  await expect(template.preview.getByRole('blockquote')).toContainText('发生一级告警')
  await template.save()
  await template.expectSaved(1)
})

test('an address may ask for the test call at once', async ({ page, signet }) => {
  const { template } = await startVoice(page, signet, { stored: {} })
  await template.open('login', '#test-send')
  await expect(template.dialog.getByLabel('Phone number')).toBeVisible()
  await expect(page).toHaveURL(/login$/)
})

test('a number that cannot be called is refused on its field, before anything is called', async ({ page, signet }) => {
  const { template } = await startVoice(page, signet, { stored: {} })
  await template.open()
  await template.testCall('+1 202 555 0123')
  await expect(template.dialog.getByLabel('Phone number')).toHaveAccessibleDescription(/not a number of mainland China/)
  await expect(template.dialog.getByLabel('Phone number')).toBeFocused()
  await template.closeDialog()
  await expect(template.proof).toContainText('Declared')
})

test('the text is played with the browser’s own voice, as loud and fast as it is set', async ({ page, signet }) => {
  await page.addInitScript(() => {
    const spoken: object[] = []
    const voices = [{ lang: 'en-US' }, { lang: 'zh-CN', name: 'Xiaoxiao' }]
    const synthesis = { getVoices: () => voices, cancel: () => undefined, speak: (one: object) => spoken.push(one) }
    Object.defineProperty(window, 'speechSynthesis', { value: synthesis })
    Object.assign(window, {
      spoken,
      SpeechSynthesisUtterance: class {
        readonly text: string
        constructor(text: string) {
          this.text = text
        }
      },
    })
  })
  const { template } = await startVoice(page, signet, { stored: {} })
  await template.open()
  await page.getByLabel('Speed').fill('500')
  await template.preview.getByRole('button', { name: 'Play' }).click()
  const [utterance] = await page.evaluate(() =>
    (window as unknown as { spoken: Record<string, unknown>[] }).spoken.map(({ text, lang, voice, volume, rate }) => ({
      ...{ text, lang, volume, rate },
      voice: (voice as { name?: string } | undefined)?.name,
    })),
  )
  expect(utterance).toEqual({
    ...{ text: '您的验证码是482913，请勿告诉他人。', lang: 'zh-CN', voice: 'Xiaoxiao' },
    ...{ volume: 0.8, rate: 2 },
  })
  await expect(template.preview.getByRole('button', { name: 'Stop' })).toBeVisible()
})

test('there is no button to play where the browser has no voice', async ({ page, signet }) => {
  await page.addInitScript(() => {
    Reflect.deleteProperty(window, 'speechSynthesis')
    Reflect.deleteProperty(Window.prototype, 'speechSynthesis')
  })
  const { template } = await startVoice(page, signet, { stored: {} })
  await template.open()
  await page.getByLabel('Speed').fill('10')
  await expect(page.getByText('Unsaved', { exact: true })).toBeVisible()
  await expect(template.preview.getByRole('button', { name: 'Play' })).toHaveCount(0)
})

test('the second of two authors sees what differs in how the call is made', async ({ page, signet }) => {
  const { organization, accountId, template } = await startVoice(page, signet, { role: 'author', stored: {} })
  await template.open()
  await page.getByLabel('Volume').fill('30')
  await storeVoice(signet, organization, { accountId, baseVersion: 1, content: { volume: 95 } })
  await template.save()
  await expect(template.dialog.getByRole('deletion').filter({ hasText: '95' })).toBeVisible()
  await expect(template.dialog.getByRole('insertion').filter({ hasText: '30' })).toBeVisible()
  await template.dialog.getByRole('button', { name: 'Take theirs' }).click()
  await expect(page.getByLabel('Volume')).toHaveValue('95')
})

test('hostile texts stay texts', async ({ page, signet }) => {
  const { template } = await startVoice(page, signet)
  await template.open()
  const title = await page.title()
  const harm = `<img src=x onerror="document.title='taken'"> \u202e מרחבא ${'长'.repeat(600)}`
  await template.text.fill(`${harm}\${code}`)
  await expect(template.preview.getByRole('blockquote')).toContainText('<img src=x')
  expect(await page.title()).toBe(title)
  await page.setViewportSize({ width: 360, height: 740 })
  await expectSoundPage(page)
})

test('without an account there is nothing to write', async ({ page, signet }) => {
  await signet.signIn(page, (await signet.newOrganization()).owner)
  await page.goto(`${voiceTemplates}/login`)
  await expect(page.getByRole('link', { name: 'Add an account' })).toBeVisible()
})

test('a viewer reads, and changes nothing', async ({ page, signet }) => {
  const { template } = await startVoice(page, signet, { role: 'viewer', stored: {} })
  await template.open()
  await expect(template.text).toHaveValue('您的验证码是${code}，请勿告诉他人。')
  await expect(template.text).not.toBeEditable()
  await expect(page.getByLabel('Volume')).toBeDisabled()
  for (const name of ['Save', 'Test call']) {
    await expect(page.getByRole('button', { name, exact: true })).toHaveCount(0)
  }
})

test('accessible and without sideways scroll in every look', async ({ browser, signet }) => {
  const organization = await signet.newOrganization()
  await storeVoice(signet, organization, { accountId: await addAliyunAccount(signet, organization, 'voice') })
  await inEveryLook(browser, signet, organization.owner, async (page) => {
    const template = new VoiceTemplatePage(page)
    await template.open()
    await template.text.fill('12:30 ${code}${code}')
    await template.save()
    await expect(page.getByRole('alert').first()).toBeVisible()
    await expectSoundPage(page)
    await page.getByRole('button', { name: 'Test call' }).first().click()
    await expect(template.dialog.getByLabel('Phone number')).toBeVisible()
    await expectSoundPage(page)
  })
})

test.describe('in Chinese', () => {
  test.use({ locale: 'zh-CN' })
  test('a template is written, called and proven', async ({ page, signet }) => {
    const organization = await signet.newOrganization()
    await addAliyunAccount(signet, organization, 'voice')
    await signet.signIn(page, organization.owner)
    await page.goto(`${voiceTemplates}/device_alarm`)
    await page.getByRole('textbox', { name: 'TTS 模板编号' }).fill('TTS_280020001')
    await page.getByRole('textbox', { name: '审核通过的文本' }).fill('您的设备${device}发生告警，内容是${content}。')
    await page.getByRole('button', { name: '测试呼叫' }).first().click()
    await page.getByLabel('电话号码').fill(freshNumber())
    await page.getByRole('dialog').getByRole('button', { name: '呼叫', exact: true }).click()
    await expect(page.getByRole('dialog').getByRole('status')).toContainText('Main 已接收')
    await expect(page.getByRole('region', { name: '呼叫验证' })).toContainText('已验证')
  })
})
