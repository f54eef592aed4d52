/** The whole way of SMS and of calls in a browser: an account is added and validated, a template written, and an App sends by it. */
import { freshNumber, keyOf } from '../support/carried.ts'
import { expect, test } from '../support/console.ts'
import { addApp, addKey, callApi, send, untilEnded } from '../support/sending.ts'
import { AliyunPage } from './aliyun.page.ts'
import { SmsTemplatePage } from './sms-template.page.ts'
import { VoiceTemplatePage } from './voice-template.page.ts'

test.afterEach(({ signet }) => signet.simulator.clear())

for (const channel of ['sms', 'voice'] as const) {
  test(`from Add to what arrives: ${channel}`, async ({ page, signet }) => {
    const organization = await signet.newOrganization()
    const app = await addApp(signet, organization)
    const key = await addKey(signet, organization, app.id, 'live')
    const to = freshNumber()
    const message = { channel, scenario: 'login', to, variables: { code: '482913' } }
    const refusal = async () => ((await (await callApi(signet, key, message)).json()) as { code: string }).code
    await signet.signIn(page, organization.owner)
    const there = new AliyunPage(page, channel)
    await there.open()
    await there.startAdding()
    await there.fill({ name: 'Main', ...keyOf(signet) })
    await there.save()
    await expect(there.account('Main')).toContainText('Not validated')
    expect(await refusal()).toBe('channel_not_configured')
    await there.validate('Main')
    await expect(there.account('Main').getByText('Validated', { exact: true })).toBeVisible()
    expect(await refusal()).toBe('template_not_configured')

    await there.scenario('Login').getByRole('link', { name: 'Configure' }).click()
    if (channel === 'sms') {
      const template = new SmsTemplatePage(page)
      await template.choose('Signature', '星桥智家')
      await template.choose('Template', 'SMS_280010001')
      await template.save()
      await template.expectSaved(1)
    } else {
      const template = new VoiceTemplatePage(page)
      await template.code.fill('TTS_280010001')
      await template.text.fill('您的验证码是${code}，请勿告诉他人。')
      await template.save()
      await template.expectSaved(1)
      expect(await refusal()).toBe('template_not_usable')
      await template.testCall(freshNumber())
      await expect(template.dialog.getByRole('status')).toContainText('Accepted by Main')
    }

    await untilEnded(signet, key, await send(signet, key, message))
    const arrived = channel === 'sms' ? await signet.simulator.sms(to) : await signet.simulator.calls(to)
    const text = {
      sms: '【星桥智家】您的登录验证码为482913，请勿告诉他人。',
      voice: '您的验证码是482913，请勿告诉他人。',
    }
    expect(arrived.map(({ content }) => content.text)).toEqual([text[channel]])
  })
}
