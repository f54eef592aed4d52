/** The whole way of SMS by Twilio in a browser: an account is added and validated, its text is written, tried, and arrives. */
import { twilioAccount } from '#simulator/twilio/account.ts'
import { expect, test } from '../support/console.ts'
import { addApp, addKey, callApi, send, validateAccount } from '../support/sending.ts'
import { ChannelPage } from './channel.page.ts'
import { SmsTemplatePage } from './sms-template.page.ts'

test.afterEach(({ signet }) => signet.simulator.clear())

const number = () => `+1415555${String(Math.floor(Math.random() * 9000) + 1000)}`

test('from Add to what arrives: a text that is written here', async ({ page, signet }) => {
  const organization = await signet.newOrganization()
  const app = await addApp(signet, organization)
  const key = await addKey(signet, organization, app.id, 'live')
  const to = number()
  const message = { channel: 'sms', scenario: 'login', to, variables: { code: '482913' } } as const
  const { accountSid, authToken, number: from } = twilioAccount(signet.simulator.smtp.password)
  await signet.signIn(page, organization.owner)
  const there = new ChannelPage(page, 'sms')
  await there.open()
  await there.startAdding()
  await there.labelled('Provider').selectOption({ label: 'Twilio' })
  for (const [label, value] of [
    ['Account name', 'Main'],
    ['Account SID', accountSid],
    ['Auth Token', authToken],
    ['From', from],
  ] as const) {
    await there.labelled(label).fill(value)
  }
  await there.save()
  await expect(there.account('Main')).toContainText('Not validated')
  await there.validate('Main')
  await expect(there.account('Main').getByText('Validated', { exact: true })).toBeVisible()

  await there.scenario('Login').getByRole('link', { name: 'Configure' }).click()
  const template = new SmsTemplatePage(page)
  const text = page.getByRole('textbox', { name: 'Text', exact: true })
  await expect(template.preview).toContainText('Write the text to see it as it will be read.')
  await text.fill('Your code is hidden.')
  await template.save()
  await expect(page.getByText('A verification needs its code: write ${code} where it belongs.')).toBeVisible()
  await text.fill('Your code is ')
  await text.press('End')
  await text.pressSequentially('$')
  await template.option('${code}').click()
  await expect(text).toHaveValue('Your code is ${code}')
  await text.pressSequentially('.\nKeep it to yourself.')
  const bubble = template.preview.getByRole('figure', { name: 'All numbers' })
  const written = 'Your code is 482913.\nKeep it to yourself.'
  await expect(bubble).toContainText('Your code is 482913.')
  await expect(bubble).toContainText(`${written.length} characters · 1 segment`)
  await text.pressSequentially(' 好'.repeat(20))
  await expect(bubble).toContainText('2 segments')
  await text.fill('Your code is ${code}.\nKeep it to yourself.')
  const tried = number()
  await template.testSend(tried)
  await expect(template.dialog.getByRole('status')).toContainText('Accepted by Main')
  const [first] = await signet.simulator.sms(tried)
  expect(first?.content).toMatchObject({ text: written, from })
  await expect(template.dialog.getByRole('status')).toContainText(/Message SID SM[0-9a-f]{32}/)
  await template.dialog.getByRole('button', { name: 'Close' }).last().click()
  await template.save()
  await template.expectSaved(1)

  const id = await send(signet, key, message)
  const status = async () => {
    const answer = await fetch(`${signet.url}/api/v1/messages/${id}`, { headers: { authorization: `Bearer ${key}` } })
    return ((await answer.json()) as { status: string }).status
  }
  await expect.poll(status).toBe('delivered')
  expect((await signet.simulator.sms(to)).map(({ content }) => content.text)).toEqual([written])
  await page.goto(`/messages/${id}`)
  await expect(page.getByRole('region', { name: 'Content' })).toContainText('Your code is ••••••.')
  await there.open()
  await expect(there.scenario('Login')).toContainText('Your code is ${code}.')
  await expect(there.templates.getByRole('button', { name: 'Check approvals' })).toHaveCount(0)
})

test('an App has a text of its own, and a refusal of Twilio’s is said in its words', async ({ page, signet }) => {
  const organization = await signet.newOrganization()
  const app = await addApp(signet, organization)
  const key = await addKey(signet, organization, app.id, 'live')
  const api = await signet.api(organization.owner)
  const { accountSid, authToken, number: from } = twilioAccount(signet.simulator.smtp.password)
  const input = {
    channel: 'sms',
    provider: 'twilio-sms',
    name: 'Main',
    config: { accountSid, authToken, from },
  } as const
  for await (const part of await api.accounts.save.mutate(input)) {
    if ('end' in part && part.end.saved) await validateAccount(signet, organization, part.end.id)
  }
  const place = { channel: 'sms', scenario: 'login', baseVersion: 0 } as const
  await api.templates.save.mutate({ ...place, appId: null, content: { text: 'Default ${code}' } })
  await api.templates.save.mutate({ ...place, appId: app.id, content: { text: '${app_name}: ${code}' } })
  const [to, refused] = [number(), number()]
  const message = { channel: 'sms', scenario: 'login', to, variables: { code: '482913' } } as const
  await signet.simulator.control({ channel: 'sms', vendor: 'twilio', kind: 'reject', code: 21610, to: refused })
  await send(signet, key, message)
  await expect
    .poll(async () => (await signet.simulator.sms(to)).map(({ content }) => content.text))
    .toEqual(['Shop: 482913'])
  const answer = await callApi(signet, key, { ...message, to: refused })
  const { id } = (await answer.json()) as { id: string }
  await signet.signIn(page, organization.owner)
  await page.goto(`/messages/${id}`)
  await expect(page.getByText('The recipient has unsubscribed').first()).toBeVisible()
})
