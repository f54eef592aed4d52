/** An organization in which everything is as long as it may be, and much is wrong: for looking at how pages hold it. */
import { addAliyunAccount, addCarriedTemplate, proveByCall, smsContents, voiceContents } from './carried.ts'
import type { Organization, Signet } from './console.ts'
import { addOfficial, addRule } from './push-console.ts'
import { addKey, addTemplate, addValidatedAccount, callApi, untilEnded, validateAccount } from './sending.ts'

/** A name of sixty characters, with a word in it that does not break. */
const long = (start: string) =>
  `${start} ${'Wasserversorgungsunternehmen-Fernwirktechnik-Nordwest-Zentrale'}`.slice(0, 60)

export type Awkward = {
  organization: Organization
  messages: string[]
  rule: string
  scenario: string
  app: string
  webhook: string
}

export async function awkwardOrganization(signet: Signet): Promise<Awkward> {
  const organization = await signet.newOrganization()
  const { owner } = organization
  const api = await signet.api(owner)
  const app = await api.apps.add.mutate({
    ...{
      key: `a${'-very-long-key'.repeat(2)}`,
      name: long('App'),
      language: 'en',
      codeLifetimeMinutes: 10,
      logo: null,
    },
  })
  const liveKey = await addKey(signet, organization, app.id, 'live')
  const scenario = `order_${'very_long_'.repeat(3)}x`
  await api.templates.addScenario.mutate({
    ...{
      key: scenario,
      kind: 'notification',
      nameEn: long('Scenario'),
      nameZh: '一个名称很长的使用场景'.repeat(5).slice(0, 60),
    },
    variables: ['order_number'],
  })
  await addAliyunAccount(signet, organization, 'sms', { name: long('Old') })
  const mainland = { mainland: smsContents.login, international: null }
  await addCarriedTemplate(signet, organization, { channel: 'sms', scenario: 'login' }, mainland)
  await addCarriedTemplate(signet, organization, { channel: 'sms', scenario: 'login', appId: app.id }, mainland)
  const alarm = { mainland: smsContents.device_alarm, international: smsContents.abroad }
  await addCarriedTemplate(signet, organization, { channel: 'sms', scenario: 'device_alarm' }, alarm)
  const second = await addAliyunAccount(signet, organization, 'sms', {
    name: long('New'),
    key: 'second',
    isValidated: false,
  })
  await validateAccount(signet, organization, second)
  await addCarriedTemplate(
    signet,
    organization,
    { channel: 'sms', scenario: 'registration' },
    { mainland: smsContents.of_second, international: null },
  )
  await addAliyunAccount(signet, organization, 'voice', { name: long('Calls') })
  await proveByCall(signet, organization, 'device_alarm')
  await addCarriedTemplate(
    signet,
    organization,
    { channel: 'voice', scenario: 'device_alarm' },
    voiceContents.device_alarm,
  )
  await addCarriedTemplate(
    signet,
    organization,
    { channel: 'voice', scenario: 'login' },
    { ...voiceContents.login, ttsCode: 'TTS_280019999' },
  )
  await addValidatedAccount(signet, organization, long('Mail'))
  await addTemplate(signet, organization, 'login')
  await addTemplate(signet, organization, 'device_alarm', app.id)
  const accountId = await addOfficial(signet, owner, { name: long('Official') })
  const rule = await addRule(signet, owner, { appId: app.id, accountId }, { name: long('Rule'), enabled: false })
  const webhook = await api.webhooks.add.mutate({
    ...{ appId: app.id, url: `https://${'hooks'.repeat(11)}.example.com/${'x'.repeat(1900)}`, enabled: false },
    ...{ description: long('Webhook'), events: ['verification.exhausted'], wholeRecipient: true },
  })
  const messages: string[] = []
  for (const to of [`${'somebody.with.a.long.name'.repeat(2)}@example.com`, 'gone@example.com']) {
    const answer = await callApi(signet, liveKey, {
      channel: 'email',
      scenario: 'login',
      to,
      variables: { code: '482913' },
    })
    const { id } = (await answer.json()) as { id: string }
    await untilEnded(signet, liveKey, id)
    messages.push(id)
  }
  await api.people.invite.mutate({ email: `${'invited.with.a.long.name'.repeat(2)}@example.com`, role: 'author' })
  await organization.add('viewer')
  return { organization, messages, rule, scenario, app: app.key, webhook: webhook.id }
}
