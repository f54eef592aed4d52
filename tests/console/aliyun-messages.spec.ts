/** What went out by SMS and by phone, in the log and on the overview. */
import {
  addAliyunAccount,
  addCarriedTemplate,
  freshNumber,
  proveByCall,
  smsContents,
  voiceContents,
} from '../support/carried.ts'
import { expect, type Organization, type Signet, test } from '../support/console.ts'
import { expectSoundPage, inEveryLook } from '../support/page-checks.ts'
import { addApp, addKey, send, untilEnded } from '../support/sending.ts'
import { MessagePage, MessagesPage } from './messages.page.ts'

test.afterEach(({ signet }) => signet.simulator.clear())

const alarm = { device_name: 'Pump 3', device_key: 'p3', alarm_content: 'Too hot', alarm_level: 'high' }
const login = { mainland: smsContents.login, international: null }

/** An App with both channels ready: a login everywhere, and an alarm by SMS for all numbers. Its key. */
async function ready(signet: Signet, organization: Organization): Promise<string> {
  await addAliyunAccount(signet, organization, 'sms')
  await addCarriedTemplate(signet, organization, { channel: 'sms', scenario: 'login' }, login)
  const both = { mainland: smsContents.device_alarm, international: smsContents.abroad }
  await addCarriedTemplate(signet, organization, { channel: 'sms', scenario: 'device_alarm' }, both)
  await addAliyunAccount(signet, organization, 'voice', { name: 'Calls' })
  await addCarriedTemplate(signet, organization, { channel: 'voice', scenario: 'login' }, voiceContents.login)
  await proveByCall(signet, organization, 'login')
  const app = await addApp(signet, organization)
  return addKey(signet, organization, app.id, 'live')
}

const codeBy = (channel: 'sms' | 'voice', to: string) => ({
  ...{ channel, scenario: 'login', to },
  variables: { code: '482913' },
})

test('an SMS is drawn as it is read and a call as it is spoken, without the code and the number', async ({
  page,
  signet,
}) => {
  const organization = await signet.newOrganization()
  const key = await ready(signet, organization)
  const number = freshNumber()
  const text = await send(signet, key, codeBy('sms', number))
  const call = await send(signet, key, codeBy('voice', number))
  const abroad = { channel: 'sms', scenario: 'device_alarm', to: '+85291234567' }
  const foreign = await send(signet, key, { ...abroad, variables: { ...alarm, alarm_content: 'Call 9123 4567' } })
  for (const id of [text, call, foreign]) await untilEnded(signet, key, id)
  await signet.signIn(page, organization.owner)
  const message = new MessagePage(page)
  await message.open(text)
  const { content } = message
  await expect(content).toContainText('【星桥智家】您的登录验证码为••••••，请勿告诉他人。')
  await expect(content).toContainText('Template codeSMS_280010001')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/Login by SMS to \+86138••••\d{4}/)
  await expect(page.getByRole('main')).not.toContainText(number.slice(3, 9))

  await message.open(call)
  await expect(content).toContainText('Spoken: 您的验证码是••••••，请勿告诉他人。')
  await expect(content).toContainText('Calling numberFrom the shared numbers')
  await expect(content).toContainText('Played3 times')

  await message.open(foreign)
  await expect(content).toContainText('Alarm from your device Pump 3: Call +852••••4567. Check it soon.')
  await expect(page.getByRole('main')).not.toContainText('9123')
})

test('the log is narrowed to a channel and to a number in any spelling', async ({ page, signet }) => {
  const organization = await signet.newOrganization()
  const key = await ready(signet, organization)
  const number = freshNumber()
  for (const channel of ['sms', 'voice'] as const) {
    await untilEnded(signet, key, await send(signet, key, codeBy(channel, number)))
  }
  await signet.signIn(page, organization.owner)
  const log = new MessagesPage(page)
  await log.open('?channel=sms')
  await expect(log.rows).toHaveCount(1)
  await expect(log.rows).toContainText(['SMS'])
  await expect(log.rows).toContainText([/\+86138••••\d{4}/])
  await log.open(`?channel=voice&recipient=${encodeURIComponent(`+86 ${number.slice(0, 3)}-${number.slice(3)}`)}`)
  await expect(log.rows).toHaveCount(1)
  await expect(log.rows).toContainText(['Voice Call'])
})

test('a refusal of Alibaba Cloud stands in words in the log, with its own code beside it', async ({ page, signet }) => {
  const organization = await signet.newOrganization()
  const key = await ready(signet, organization)
  await signet.simulator.control({ channel: 'sms', kind: 'reject', code: 'isv.BLACK_KEY_CONTROL_LIMIT', times: 1 })
  const id = await send(signet, key, codeBy('sms', freshNumber()))
  await untilEnded(signet, key, id)
  await signet.signIn(page, organization.owner)
  await new MessagesPage(page).open('?status=failed')
  await expect(new MessagesPage(page).rows).toContainText(['A value does not fit the template'])
  await new MessagePage(page).open(id)
  await expect(page.getByRole('main').getByRole('alert')).toContainText('Too long, empty, or with a link in it.')
  await expect(page.getByRole('region', { name: 'What happened' })).toContainText('isv.BLACK_KEY_CONTROL_LIMIT')
})

test('a message that waits for its template says why and leads there; the overview names the template', async ({
  page,
  signet,
}) => {
  const organization = await signet.newOrganization()
  const key = await ready(signet, organization)
  // Lost after it was last asked for: the send learns of it, and the provider's list agrees.
  const { templateCode: code } = smsContents.device_alarm
  await signet.simulator.control({ channel: 'sms', kind: 'template_state', code, state: 'rejected' })
  const id = await send(signet, key, {
    ...{ channel: 'sms', scenario: 'device_alarm', to: freshNumber() },
    variables: alarm,
  })
  await signet.signIn(page, organization.owner)
  await expect
    .poll(() => page.goto(`/messages/${id}`).then(() => page.getByRole('status').first().textContent()))
    .toContain('This message waits until its template is put right.')
  const why = page.getByRole('status').first()
  // What the send learned first; the page follows, and soon says what the provider's list says.
  await expect(why).toContainText(/The template (is not approved|was rejected)\./)
  await expect(why.getByRole('link', { name: 'Open the template' })).toHaveAttribute(
    'href',
    /\/sms\/templates\/device_alarm\?account=/,
  )

  await page.goto('/')
  const attention = page.getByRole('region', { name: 'Needs attention' })
  const matter = attention.getByRole('link', { name: 'Device alarm: The template was rejected' })
  await expect(matter).toHaveAttribute('href', /\/sms\/templates\/device_alarm$/)
  await expect(attention).toContainText('1 message waits until the account or template is put right.')
})

test('messages of both channels and the overview are accessible and fit every screen', async ({ browser, signet }) => {
  const organization = await signet.newOrganization()
  const key = await ready(signet, organization)
  const device = { ...alarm, device_name: 'P'.repeat(35) }
  const text = await send(signet, key, {
    ...{ channel: 'sms', scenario: 'device_alarm', to: freshNumber() },
    variables: device,
  })
  const call = await send(signet, key, codeBy('voice', freshNumber()))
  for (const id of [text, call]) await untilEnded(signet, key, id)
  await inEveryLook(browser, signet, organization.owner, async (page) => {
    for (const path of [`/messages/${text}`, `/messages/${call}`, '/']) {
      await page.goto(path)
      await expectSoundPage(page)
    }
  })
})
